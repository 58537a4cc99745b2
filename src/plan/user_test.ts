/** User identities in plans. */

import assert from "node:assert/strict";
import { peersOf, problemsOf } from "./testing.ts";

const HOST = "host: a, port: 1";

/** The user of each peer of a plan, by its name. */
async function usersOf(text: string, env: Readonly<Record<string, string>> = {}) {
  const files = { "site/secret": "x", "site/token": "x" };
  const peers = await peersOf(text, { env, files });
  return Object.fromEntries(peers.map(({ name, user }) => [name, user]));
}

Deno.test("a plan says which user identity is sent, the innermost as a whole", async () => {
  const users = await usersOf(
    `
defaults:
  user: { name: alice, password: "\${PASS}" }
groups:
  token:
    user: { jwtFile: token, response: true }
peers:
  - { name: default, ${HOST} }
  - { name: token, ${HOST}, group: token }
  - { name: own, ${HOST}, group: token, user: { name: bob, passwordFile: secret } }
  - { name: none, ${HOST}, user: { enabled: false } }
`,
    { PASS: "secret" },
  );
  assert.deepEqual(users, {
    default: {
      identity: { kind: "name", name: "alice", password: { kind: "given", text: "secret" } },
      wantsResponse: false,
    },
    token: { identity: { kind: "jwt", path: "site/token" }, wantsResponse: true },
    own: {
      identity: { kind: "name", name: "bob", password: { kind: "file", path: "site/secret" } },
      wantsResponse: false,
    },
    none: undefined,
  });
});

Deno.test("a plan that says nothing of it keeps the user identity of the command line; one that does, not", async () => {
  const userIdentity = {
    userIdentityType: 1,
    positiveResponseRequested: false,
    primaryField: Uint8Array.of(0x61),
    secondaryField: new Uint8Array(),
  };
  const text = `peers: [{ ${HOST}, name: x }, { ${HOST}, name: y, user: { enabled: false } }]`;
  const [kept, dropped] = await peersOf(text, { options: { userIdentity } });
  assert.equal(kept?.check.userIdentity, userIdentity);
  assert.equal(dropped?.check.userIdentity, undefined);
});

Deno.test("a user identity that cannot be is a mistake, and no mistake shows a secret", async () => {
  const problems = await problemsOf(
    `
peers:
  - { name: a, ${HOST}, user: {} }
  - { name: b, ${HOST}, user: { name: u, jwtFile: f } }
  - { name: c, ${HOST}, user: { jwtFile: f, passwordFile: f } }
  - { name: d, ${HOST}, user: { name: u, password: "\${P}", passwordFile: f } }
  - { name: e, ${HOST}, user: { name: u, password: hunter2 } }
  - { name: f, ${HOST}, user: { name: u, passwordFile: nowhere } }
  - { name: g, ${HOST}, user: { name: "" } }
  - { name: h, ${HOST}, user: { response: true } }
`,
    { files: { "site/f": "x" }, env: { P: "x" } },
  );
  assert.deepEqual(problems.map((line) => line.replace(/^site\/plan.yaml:\d+:\d+: /, "")), [
    "peers[0].user: it says nobody (add one of name, jwtFile, samlFile, kerberosFile)",
    "peers[1].user.jwtFile: only one of name, jwtFile, samlFile, kerberosFile can be given (remove one of them)",
    "peers[2].user.passwordFile: jwtFile has no password (remove it)",
    "peers[3].user.passwordFile: password and passwordFile say the same (remove one of them)",
    "peers[4].user.password: the secret itself is not allowed here (allowed: an environment variable, as in ${NAME_1})",
    "peers[5].user.passwordFile: site/nowhere does not exist",
    'peers[6].user.name: "" is not allowed (allowed: text of one line)',
    "peers[7].user: it says nobody (add one of name, jwtFile, samlFile, kerberosFile)",
  ]);
});
