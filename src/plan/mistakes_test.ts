import assert from "node:assert/strict";
import { OPTIONS, problemsOf, readerOf } from "./testing.ts";
import { loadPlan } from "./load.ts";

const PEER = "peers: [{ host: pacs, port: 104 }]";

const KEYS = {
  "site/k.pem": "k",
  "site/c.pem": "c",
  "site/ca.pem": "ca",
  "site/cas": null,
  "/etc/crl.pem": "x",
};

/** Every mistake with the line that is to be printed for it. */
const TWENTY = `titel: Site
include: [nowhere.yaml]
defaults:
  timeouts: { conect: 5, acse: 0 }
  repeat: many
  maxPdu: 100
groups:
  ct:
    tags: [ct, "two words"]
    tls: { ca: [nowhere.pem] }
  ct: {}
peers:
  - name: A
    host: pacs:104
    port: 70000
    called: A TITLE THAT IS TOO LONG
  - name: A
    port: "104"
    group: cz
  - host: \${HOST}
    port: 104
    expect: { reachable: perhaps, maxLatency: 5 parsecs }
  - just a word
  - { host: b, port: 1, family: ipv5, note:, expect: { rejected: 1/2 } }
`;

Deno.test("loadPlan() knows what can be weak in TLS by a closed list of names", async () => {
  const names =
    "not-encrypted, old-version, old-cipher, no-forward-secrecy, short-key, old-signature, short-dh";
  const lines = await problemsOf(`defaults: { tls: {}, expect: { tls: { allow: [old-versions] } } }
peers:
  - { host: a, port: 1, expect: { tls: { allow: [short-key, everything] } } }
  - { host: b, port: 1, expect: { tls: { allow: short-key } } }
  - { host: c, port: 1, tls: { enabled: false }, expect: { tls: { allow: [] } } }
`);
  assert.deepEqual(lines, [
    `site/plan.yaml:1:47: defaults.expect.tls.allow[0]: old-versions is not allowed (did you mean old-version? allowed: ${names})`,
    `site/plan.yaml:3:61: peers[0].expect.tls.allow[1]: everything is not allowed (allowed: ${names})`,
    "site/plan.yaml:4:49: peers[1].expect.tls.allow: a single value is not allowed here (allowed: a list, such as [...])",
    "site/plan.yaml:5:65: peers[2].expect.tls: this peer does not use TLS (give it tls settings)",
  ]);
});

Deno.test("loadPlan() finds more than 20 mistakes of a plan in one run, each with place, path and what is allowed", async () => {
  const lines = await problemsOf(TWENTY);
  const short = lines.map((line) => line.replace("site/plan.yaml:", ""));
  assert.deepEqual(short, [
    "1:1: titel: unknown key (did you mean title? allowed: title, site, include, defaults, groups, peers)",
    "2:11: include[0]: site/nowhere.yaml does not exist",
    "4:15: defaults.timeouts.conect: unknown key (did you mean connect? allowed: connect, acse, dimse, socket)",
    "4:32: defaults.timeouts.acse: 0 is too short (allowed: seconds from 0.001 to 86400, or with a unit as in 500ms, 5s, 2min)",
    "5:11: defaults.repeat: many is not a whole number (allowed: 1..1000000)",
    "6:11: defaults.maxPdu: 100 is too small (allowed: 4096..131072)",
    '9:16: groups.ct.tags[1]: "two words" is not allowed (allowed: a word without blanks, commas and semicolons)',
    "10:17: groups.ct.tls.ca[0]: site/nowhere.pem does not exist",
    "11:3: groups.ct: the key is there twice: also in line 8",
    "14:11: peers[0].host: pacs:104 is not allowed (allowed: a host name, an IPv4 or an IPv6 address; the port is a key of its own)",
    "15:11: peers[0].port: 70000 is too large (allowed: 1..65535)",
    "16:13: peers[0].called: A TITLE THAT IS TOO LONG is not allowed (allowed: 1 to 16 printable ASCII characters without backslash)",
    "17:5: peers[1]: host is missing (allowed: a host name, an IPv4 or an IPv6 address; the port is a key of its own)",
    "17:11: peers[1].name: the peer at site/plan.yaml:13 is called A too",
    '18:11: peers[1].port: "104" in quotes is text, not a number (allowed: 1..65535)',
    "19:12: peers[1].group: there is no group cz (allowed: ct)",
    "20:11: peers[2].host: environment variables are for secrets only (allowed: in keyPassword)",
    "22:26: peers[2].expect.reachable: perhaps is neither true nor false (allowed: true, false)",
    "22:47: peers[2].expect.maxLatency: 5 parsecs is not a time (allowed: seconds from 0.0001 to 86400, or with a unit as in 500ms, 5s, 2min)",
    "23:5: peers[3]: a single value is not allowed here (allowed: keys name, host, port, group, calling, called, family, sourceAddress, timeouts, deadline, repeat, interval, maxPdu, proposals, abort, tls, user, tags, note, contact, notify, expect)",
    "24:33: peers[4].family: ipv5 is not allowed (did you mean ipv4? allowed: any, ipv4, ipv6)",
    "24:44: peers[4].note: there is no value (allowed: text)",
    "24:66: peers[4].expect.rejected: 1/2 is not allowed (allowed: any, or RESULT/SOURCE/REASON such as 1/1/3)",
  ]);
  assert.ok(lines.length >= 20);
});

Deno.test("loadPlan() finds expectations that cannot be met together", async () => {
  const lines = await problemsOf(`groups:
  g: { expect: { maxLatency: 1, reachable: false } }
peers:
  - { host: a, port: 1, expect: { reachable: false, rejected: any } }
  - { host: b, port: 1, expect: { rejected: 1/1/3, reachable: true, implementationVersion: X } }
  - { host: c, port: 1, expect: { reachable: true, maxLatency: 1 } }
  - { host: d, port: 1, expect: { refused: any, maxLatency: 1, rejected: any } }
`);
  const message = "this cannot be expected together with";
  assert.deepEqual(
    lines.map((line) => line.replace("site/plan.yaml:", "").replace(message, "..")),
    [
      "2:18: groups.g.expect.maxLatency: .. reachable: false (remove one of them)",
      "4:53: peers[0].expect.rejected: .. reachable: false (remove one of them)",
      "5:69: peers[1].expect.implementationVersion: .. rejected (remove one of them)",
      "7:35: peers[3].expect.refused: .. rejected (remove one of them)",
      "7:49: peers[3].expect.maxLatency: .. rejected (remove one of them)",
    ],
  );
});

Deno.test("loadPlan() finds a peer that expects answers where its group wants it to refuse", async () => {
  const lines = await problemsOf(`defaults: { expect: { maxLatency: 1 } }
groups:
  closed: { expect: { reachable: false } }
  strict: { expect: { rejected: any } }
peers:
  - { host: a, port: 1, group: closed }
  - { host: b, port: 1, group: closed, expect: { maxLatency: 2 } }
  - { host: c, port: 1, group: strict, expect: { implementationVersion: X } }
  - { host: d, port: 1, group: closed, expect: { maxLatency: 2, reachable: true } }
`);
  const message = "this cannot be expected together with the inherited";
  assert.deepEqual(
    lines.map((line) => line.replace("site/plan.yaml:", "").replace(message, "..")),
    [
      "7:50: peers[1].expect.maxLatency: .. reachable: false (add reachable: true)",
      "8:50: peers[2].expect.implementationVersion: .. rejected (add reachable: true)",
    ],
  );
});

Deno.test("loadPlan() says where a key belongs that is one level too high", async () => {
  const lines = await problemsOf(
    "peers: [{ host: a, port: 1, maxLatency: 1, connect: 5, toString: 1 }]",
  );
  assert.deepEqual(lines.map((line) => line.split(": ").slice(1, 3).join(": ")), [
    "peers[0].maxLatency: unknown key (it belongs into expect)",
    "peers[0].connect: unknown key (it belongs into timeouts)",
    "peers[0].toString: unknown key (allowed",
  ]);
});

Deno.test("loadPlan() reports each mistake once, not its consequences as well", async () => {
  const lines = await problemsOf(
    `groups:
  ct: hello
  " x": {}
peers:
  - { name: " a", host: a, port: 1, group: ct }
  - { name: " b", host: a, port: 1 }
  - { hots: a, port: 2 }
  - { <<: { host: b }, name: c }
  - { host: d, port: 1, tls: { key: nowhere, certificate: c.pem } }
  - { host: e, port: "\${PORT}", deadline: "5", abort: "\${X}" }
`,
    { files: KEYS },
  );
  const keys =
    "keys calling, called, family, sourceAddress, timeouts, deadline, repeat, interval, maxPdu, proposals, abort, tls, user, tags, note, contact, notify, expect";
  assert.deepEqual(lines.map((line) => line.replace("site/plan.yaml:", "").replace(keys, "KEYS")), [
    "2:7: groups.ct: a single value is not allowed here (allowed: KEYS)",
    '3:3: groups." x": " x" is not a name (allowed: text without blanks around it)',
    '5:13: peers[0].name: " a" is not allowed (allowed: text without blanks around it)',
    '6:13: peers[1].name: " b" is not allowed (allowed: text without blanks around it)',
    "7:7: peers[2].hots: unknown key (did you mean host?)",
    '8:7: peers[3]."<<": YAML 1.2 has no merge keys (allowed: groups and defaults, for what peers share)',
    "9:37: peers[4].tls.key: site/nowhere does not exist",
    "10:22: peers[5].port: environment variables are for secrets only (allowed: in keyPassword)",
    '10:43: peers[5].deadline: "5" in quotes is text, not a number (allowed: seconds from 0.001 to 86400, or with a unit as in 500ms, 5s, 2min)',
    "10:55: peers[5].abort: environment variables are for secrets only (allowed: in keyPassword)",
  ]);
});

Deno.test("loadPlan() reports a file that cannot be read from a plan with mistakes", async () => {
  const deps = { readFile: readerOf({ d: null }), env: () => undefined, options: OPTIONS };
  assert.deepEqual(await loadPlan("x", deps), { kind: "unreadable", file: "x", fault: "missing" });
  assert.deepEqual(await loadPlan("d", deps), {
    kind: "unreadable",
    file: "d",
    fault: "directory",
  });
});

Deno.test("loadPlan() names the circle of files that include one another", async () => {
  const lines = await problemsOf("include: [b.yaml]\n" + PEER, {
    files: {
      "site/b.yaml": "include: [./c.yaml]\n",
      "site/c.yaml": "include:\n  - ../site/plan.yaml\n",
    },
  });
  assert.deepEqual(lines, [
    "site/c.yaml:2:5: include[0]: this includes itself: site/plan.yaml -> site/b.yaml -> site/c.yaml -> site/plan.yaml",
  ]);
});

Deno.test("loadPlan() finds names twice across files, and in all files at once what is wrong", async () => {
  const lines = await problemsOf(
    `include: [b.yaml]
groups: { g: {} }
peers: [{ name: same, host: a, port: 0 }]
`,
    {
      files: {
        "site/b.yaml":
          "groups: { g: {} }\npeers:\n  - { name: same, host: b, port: 1, colled: X }\n",
      },
    },
  );
  assert.deepEqual(lines, [
    "site/b.yaml:3:37: peers[0].colled: unknown key (did you mean called?)",
    "site/plan.yaml:2:14: groups.g: the group is there twice: also at site/b.yaml:1",
    "site/plan.yaml:3:17: peers[0].name: the peer at site/b.yaml:3 is called same too",
    "site/plan.yaml:3:38: peers[0].port: 0 is too small (allowed: 1..65535)",
  ]);
});

Deno.test("loadPlan() asks for a name where two peers would be called alike", async () => {
  const lines = await problemsOf(
    "peers:\n  - { host: a, port: 1 }\n  - { host: A, port: 1 }\n  - { host: a, port: 1 }\n",
  );
  assert.deepEqual(lines, [
    "site/plan.yaml:4:5: peers[2].name: the peer at site/plan.yaml:2 is called a:1 too; leave it out, or give it a name of its own",
  ]);
});

Deno.test("loadPlan() wants key and certificate together, and says so once where many peers inherit it", async () => {
  const lines = await problemsOf(
    `defaults: { tls: { key: k.pem } }
groups: { g: { tls: { keyPassword: "\${PW}" } } }
peers:
  - { host: a, port: 1 }
  - { host: b, port: 1 }
  - { host: c, port: 1, tls: { enabled: false, certificate: c.pem } }
  - { host: d, port: 1, tls: { enabled: false }, expect: { tls: { minDaysValid: 1 } } }
`,
    { files: KEYS, env: { PW: "x" } },
  );
  assert.deepEqual(lines, [
    "site/plan.yaml:1:25: defaults.tls.key: a key needs a certificate (add certificate)",
    "site/plan.yaml:7:65: peers[3].expect.tls: this peer does not use TLS (give it tls settings)",
  ]);
});

Deno.test("loadPlan() never shows a secret, and names the variable that is not set", async () => {
  const plan = (password: string) =>
    `peers: [{ host: a, port: 1, tls: { key: k.pem, certificate: c.pem, keyPassword: ${password} } }]`;
  const lines = await problemsOf(plan('"${NOT_SET}"'), { files: KEYS });
  assert.deepEqual(lines, [
    "site/plan.yaml:1:81: peers[0].tls.keyPassword: the environment variable NOT_SET is not set, or the program may not read it",
  ]);
  const names = await problemsOf(plan('"${NOT-A-NAME:-hunter2}"'), { files: KEYS });
  assert.deepEqual(names, [
    "site/plan.yaml:1:81: peers[0].tls.keyPassword: the secret itself is not allowed here (allowed: an environment variable, as in ${NAME_1})",
  ]);
  for (const plain of ["hunter2", '"hunter2${NOT_SET}"', '""', "12"]) {
    const refused = await problemsOf(plan(plain), { files: KEYS });
    assert.deepEqual(refused, names, plain);
  }
  const list = await problemsOf(plan("[hunter2]"), { files: KEYS });
  assert.ok(!list.join().includes("hunter2"));
});

Deno.test("loadPlan() refuses addresses with leading zeros in one sentence", async () => {
  const lines = await problemsOf(`peers:
  - { host: 010.000.000.001, port: 104 }
  - { host: a, port: 1, tls: { verifyHostnameAs: 10.0.0.01 } }
`);
  const why = "is not allowed: an IPv4 address has no leading zeros, which make its numbers octal";
  assert.deepEqual(lines.map((line) => line.replace("site/plan.yaml:", "")), [
    `2:13: peers[0].host: 010.000.000.001 ${why}`,
    `3:50: peers[1].tls.verifyHostnameAs: 10.0.0.01 ${why}`,
  ]);
});

Deno.test("loadPlan() wants a warning about certificates to come before the failure", async () => {
  const lines = await problemsOf(`defaults: { tls: {}, expect: { tls: { minDaysValid: 30 } } }
peers:
  - { host: a, port: 1, expect: { tls: { warnDaysValid: 30 } } }
  - { host: b, port: 1, expect: { tls: { warnDaysValid: 31 } } }
`);
  assert.deepEqual(lines, [
    "site/plan.yaml:3:57: peers[0].expect.tls.warnDaysValid: this is not above minDaysValid, so there would be no warning before the failure",
  ]);
});
