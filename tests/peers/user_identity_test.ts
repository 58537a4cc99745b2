/** User identities over the wire (PS3.7 D.3.3.7), and that nothing of them is shown anywhere else. */

import assert from "node:assert/strict";
import { fromFileUrl } from "../support/paths.ts";
import { patiently } from "../support/patiently.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import {
  acceptedContext,
  ascii,
  associateAc,
  commandPdu,
  echoResponse,
  item,
  number,
  RELEASE_RP,
  userInformation,
} from "../support/wire_bytes.ts";

const PAGE = fromFileUrl(new URL("../../docs/identity.md", import.meta.url));
const SECRET = "s3cr3t-of-alice";
const ANSWER = "t1cket-of-server";
const FILES = { pw: `${SECRET}\r\n`, token: `${SECRET}\n` };

/** A peer that confirms a user identity as a server of tokens does. */
function confirmingPeer() {
  const user = item(0x59, number(ANSWER.length, 2) + ascii(ANSWER));
  return startScriptedPeer([
    { expect: "A-ASSOCIATE-RQ" },
    { send: associateAc([acceptedContext(1), userInformation([user])]) },
    { expect: "P-DATA-TF" },
    { send: commandPdu(echoResponse()) },
    { expect: "A-RELEASE-RQ" },
    { send: RELEASE_RP },
  ]);
}

const OUTPUTS: readonly (readonly string[])[] = [
  ["-ll", "trace", "--explain"],
  ["-ll", "trace", "--log-format", "json"],
  ["--arguments", "-d"],
  ...["text", "json", "jsonl", "junit", "csv", "html", "prometheus"].map((format) => [
    "--report",
    format,
  ]),
];

const IDENTITIES: readonly (readonly string[])[] = [
  ["--user", "alice", "--user-password-file", "pw"],
  ["--user", "alice", "--user-password-env", "PASS"],
  ["--jwt-file", "token"],
  ["--saml-file", "token"],
  ["--kerberos-file", "token"],
];

Deno.test("no output of ours shows a password, a token or an answer, as text or as bytes", async () => {
  const forms = [SECRET, ANSWER].flatMap((text) => [
    text,
    ascii(text),
    ascii(text).replace(/../g, "$&  ").trim(),
    btoa(text).replace(/=+$/, ""),
  ]);
  for (const output of OUTPUTS) {
    for (const identity of output[1] === "trace" ? IDENTITIES : IDENTITIES.slice(0, 1)) {
      await using peer = await confirmingPeer();
      const args = [...output, ...identity, "--user-response", peer.host, `${peer.port}`];
      const run = await runInProcess(args, { files: FILES, env: { PASS: SECRET } });
      assert.equal(run.code, 0, run.stderr);
      for (const form of forms) {
        assert.ok(!(run.stdout + run.stderr).includes(form), `${args.join(" ")}: ${form}`);
      }
      const [sent] = (await peer.first()).received;
      assert.match(new TextDecoder().decode(sent?.bytes), /s3cr3t-of-alice/);
    }
  }
});

Deno.test("-v says what came of a user identity, -d what was sent, reports both", async () => {
  const args = ["--user", "alice", "--user-password-file", "pw", "--user-response"];
  await using confirming = await confirmingPeer();
  const { stderr } = await runInProcess(
    [...args, "-d", confirming.host, `${confirming.port}`],
    { files: FILES },
  );
  assert.match(
    stderr,
    /I: User identity of type 2 \(user name and passcode\) sent, the peer confirmed it \(16 bytes of answer\)\n/,
  );
  assert.match(
    stderr,
    /Requested User Identity Negotiation:\nD: {3}Authentication mode 2: Username\/Password\nD: {3}Username: \[alice\]\nD: {3}Password: \(not dumped\)\nD: {3}Positive Response requested: Yes\n/,
  );
  assert.match(stderr, /^W: The user identity is sent without TLS: anybody on the way/m);
  await using listening = await listenInProcess([], {});
  const run = await runInProcess(
    [...args, "--json", "127.0.0.1", `${listening.port}`],
    { files: FILES },
  );
  const { check, association } = JSON.parse(run.stdout).entries[0];
  assert.deepEqual(check.userIdentity, {
    type: 2,
    typeName: "user name and passcode",
    responseRequested: true,
  });
  assert.equal(association.userIdentityAnswer, undefined);
});

Deno.test("a user identity that cannot be read is said in one sentence, and nobody is contacted", async () => {
  const long = "x".repeat(70_000);
  const files = { empty: "\n", lines: "a\nb\n", long };
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["--user", "", "--user-password-file", "lines"], "the user name is empty"],
    [["--user", "a", "--user-password-file", "none"], "none does not exist"],
    [["--user", "a", "--user-password-file", "empty"], "the password in empty is empty"],
    [
      ["--user", "a", "--user-password-file", "lines"],
      "the password in lines has more than one line",
    ],
    [
      ["--user", "a", "--user-password-env", "NONE"],
      "the environment variable NONE for the password is not set, or may not be read",
    ],
    [["--jwt-file", "lines"], "the JSON Web Token in lines has more than one line"],
    [
      ["--saml-file", "long"],
      "the SAML assertion in long has more than the 65429 bytes for which there is room",
    ],
  ];
  for (const [args, text] of cases) {
    // Nobody listens there: a connection would be another error.
    const run = await runInProcess([...args, "127.0.0.1", "9"], { files });
    assert.equal(run.stderr.split("error: ")[1], `${text}\n`);
    assert.equal(run.code, 20);
    const json = await runInProcess([...args, "--log-format", "json", "127.0.0.1", "9"], { files });
    assert.equal(JSON.parse(json.stderr).message, text);
  }
});

Deno.test("a plan sends the user identity of each peer, and names the peer whose secret is wrong", async () => {
  await using listening = await listenInProcess(["-v"], {});
  const peer = (name: string, user: string) =>
    `  - { name: ${name}, host: 127.0.0.1, port: ${listening.port}${user} }\n`;
  const plan = "peers:\n" + peer("one", ", user: { name: alice, passwordFile: pw }") +
    peer("two", "");
  const run = await runInProcess(["--plan", "plan", "--json"], { files: { ...FILES, plan } });
  const entries: { check: { userIdentity?: unknown } }[] = JSON.parse(run.stdout).entries;
  assert.deepEqual(entries.map(({ check }) => check.userIdentity !== undefined), [true, false]);
  assert.match(
    (await listening.stop()).stderr,
    /User identity of type 2 \(user name and passcode\)/,
  );
  const empty = await runInProcess(["--plan", "plan"], { files: { plan, pw: "" } });
  assert.match(empty.stderr, /error: the password in pw is empty \(peer one\)\n/);
  assert.equal(empty.code, 20);
});

Deno.test("--diagnose sends a user identity only to the port and with the protection that were asked for", async () => {
  const first: string[] = [];
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    for await (const connection of listener) {
      const bytes = new Uint8Array(65_536);
      const count = await connection.read(bytes).catch(() => 0);
      first.push(new TextDecoder().decode(bytes.subarray(0, count ?? 0)));
      connection.close();
    }
  })();
  const args = ["--diagnose", "--user", "alice", "--user-password-file", "pw"];
  const run = await runInProcess([...args, "+tla", "-ic", "127.0.0.1", `${listener.addr.port}`], {
    files: FILES,
  });
  listener.close();
  await serving;
  assert.match(run.stdout, /, plain, /);
  assert.ok(first.some((text) => text.startsWith("\x01")), "an association was asked for in plain");
  for (const text of first) assert.doesNotMatch(text, /s3cr3t|alice/);
});

testWith({
  name: "DCMTK's storescp reads each user identity as it was meant",
  missing: available("storescp"),
  async fn() {
    await using peer = await startRealPeer("storescp");
    const check = (...args: string[]) =>
      runInProcess([...args, peer.host, `${peer.port}`], { files: FILES });
    await check("--user", "alice", "--user-password-file", "pw");
    const page = await Deno.readTextFile(PAGE);
    const shown = /```console\n\$ echoscu -v --user .*\n([^`]*)```/.exec(page)?.[1];
    const args = ["-v", "--user", "alice", "--user-password-file", "pw", "--user-response"];
    assert.equal((await check(...args)).stderr, shown);
    await check("--user", "bob", "--user-response");
    await check("--saml-file", "token");
    await check("--kerberos-file", "token");
    await patiently(() => {
      const log = peer.log();
      assert.match(
        log,
        /Username: \[alice\]\nD: {3}Password: \[s3cr3t-of-alice\]\n.*requested: No/,
      );
      assert.match(log, /Username: \[bob\]\nD: {3}Positive Response requested: Yes/);
      assert.match(log, /SAML Assertion \(not dumped\) length: 15/);
      assert.match(log, /Kerberos Service Ticket \(not dumped\) length: 16/);
      return Promise.resolve();
    });
  },
});
