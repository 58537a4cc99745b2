import assert from "node:assert/strict";
import fc from "fast-check";
import type { Options } from "../options/mod.ts";
import { OPTIONS, peerOf, peersOf, problemsOf, read, readerOf } from "./testing.ts";
import { loadPlan } from "./load.ts";

const PEER = "peers: [{ host: pacs, port: 104 }]";

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

Deno.test("loadPlan() finds more than 20 mistakes of a plan in one run, each with place, path and what is allowed", async () => {
  const lines = await problemsOf(TWENTY);
  const short = lines.map((line) => line.replace("site/plan.yaml:", ""));
  assert.deepEqual(short, [
    "1:1: titel: unknown key (did you mean title? allowed: title, include, defaults, groups, peers)",
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
    "23:5: peers[3]: a single value is not allowed here (allowed: keys name, host, port, group, calling, called, family, timeouts, deadline, repeat, interval, maxPdu, proposals, abort, tls, tags, note, contact, expect)",
    "24:33: peers[4].family: ipv5 is not allowed (did you mean ipv4? allowed: any, ipv4, ipv6)",
    "24:44: peers[4].note: there is no value (allowed: text)",
    "24:66: peers[4].expect.rejected: 1/2 is not allowed (allowed: any, or RESULT/SOURCE/REASON such as 1/1/3)",
  ]);
  assert.ok(lines.length >= 20);
});

Deno.test("loadPlan() needs host and port only, and takes the rest from the command line", async () => {
  const options: Partial<Options> = { callingAeTitle: "ME", repeat: 3, acseTimeoutSeconds: 7 };
  const peer = await peerOf(PEER, { options });
  assert.equal(peer.name, "pacs:104");
  const { target, callingAeTitle, calledAeTitle, repeat, acseTimeoutSeconds } = peer.check;
  assert.deepEqual(
    { callingAeTitle, calledAeTitle, repeat, acseTimeoutSeconds },
    { callingAeTitle: "ME", calledAeTitle: "ANY-SCP", repeat: 3, acseTimeoutSeconds: 7 },
  );
  assert.deepEqual({ host: target.host, port: target.port }, { host: "pacs", port: 104 });
  assert.deepEqual(peer.expect, { reachable: true });
  assert.deepEqual(peer.tags, []);
});

Deno.test("loadPlan() bounds the waits that a single check leaves open, unless something else is said", async () => {
  const { check } = await peerOf(PEER);
  assert.deepEqual([check.target.connectTimeoutSeconds, check.dimseTimeoutSeconds], [10, 30]);
  const given = await peerOf(PEER, {
    options: { connectTimeoutSeconds: 99, dimseTimeoutSeconds: 98 },
  });
  const { target, dimseTimeoutSeconds } = given.check;
  assert.deepEqual([target.connectTimeoutSeconds, dimseTimeoutSeconds], [99, 98]);
});

Deno.test("loadPlan() reads every setting of a peer", async () => {
  const peer = await peerOf(`peers:
  - name: The archive
    host: "[2001:db8::1]"
    port: 11112
    calling: ME
    called: 0815
    family: ipv6
    timeouts: { connect: 500ms, acse: 2min, dimse: 1.5, socket: 0 }
    deadline: 90s
    repeat: 5
    interval: 0.2
    maxPdu: 32769
    proposals: { transferSyntaxes: 2, contexts: 3 }
    abort: true
    tags: [pacs, night]
    note: Old one
    contact: 4711
    expect:
      maxLatency: 200ms
      implementationVersion: OFFIS*
`);
  const { check, ...rest } = peer;
  assert.deepEqual(check, {
    target: { host: "[2001:db8::1]", port: 11112, family: "ipv6", connectTimeoutSeconds: 0.5 },
    callingAeTitle: "ME",
    calledAeTitle: "0815",
    contexts: 3,
    transferSyntaxes: check.transferSyntaxes,
    maximumLength: 32_768,
    maximumLengthAsked: 32_769,
    acseTimeoutSeconds: 120,
    dimseTimeoutSeconds: 1.5,
    socketTimeoutSeconds: 0,
    repeat: 5,
    intervalSeconds: 0.2,
    ending: "abort",
  });
  assert.equal(check.transferSyntaxes.length, 2);
  assert.deepEqual(rest, {
    name: "The archive",
    tags: ["pacs", "night"],
    note: "Old one",
    contact: "4711",
    tls: { mode: "off" },
    deadlineSeconds: 90,
    expect: { reachable: true, maxLatencyMs: 200, implementationVersion: "OFFIS*" },
  });
});

Deno.test("loadPlan() reads expectations of refusals", async () => {
  const peers = await peersOf(`peers:
  - { host: a, port: 1, expect: { reachable: false } }
  - { host: b, port: 1, expect: { rejected: any } }
  - { host: c, port: 1, expect: { rejected: 1/1/3 } }
`);
  assert.deepEqual(peers.map(({ expect }) => expect), [
    { reachable: false },
    { reachable: true, rejected: "any" },
    { reachable: true, rejected: { result: 1, source: 1, reason: 3 } },
  ]);
});

Deno.test("loadPlan() finds expectations that cannot be met together", async () => {
  const lines = await problemsOf(`groups:
  g: { expect: { maxLatency: 1, reachable: false } }
peers:
  - { host: a, port: 1, expect: { reachable: false, rejected: any } }
  - { host: b, port: 1, expect: { rejected: 1/1/3, reachable: true, implementationVersion: X } }
  - { host: c, port: 1, expect: { reachable: true, maxLatency: 1 } }
`);
  const message = "this cannot be expected together with";
  assert.deepEqual(
    lines.map((line) => line.replace("site/plan.yaml:", "").replace(message, "..")),
    [
      "2:18: groups.g.expect.maxLatency: .. reachable: false (remove one of them)",
      "4:53: peers[0].expect.rejected: .. reachable: false (remove one of them)",
      "5:69: peers[1].expect.implementationVersion: .. rejected (remove one of them)",
    ],
  );
});

Deno.test("loadPlan() lets a peer replace how its group expects it to refuse", async () => {
  const peers = await peersOf(`groups:
  closed: { expect: { reachable: false } }
  strange: { expect: { rejected: any } }
  fast: { expect: { maxLatency: 1 } }
peers:
  - { name: a, host: a, port: 1, group: closed }
  - { name: b, host: a, port: 1, group: closed, expect: { rejected: 1/1/3 } }
  - { name: c, host: a, port: 1, group: strange, expect: { reachable: true } }
  - { name: d, host: a, port: 1, group: fast, expect: { reachable: false } }
`);
  assert.deepEqual(peers.map(({ expect }) => expect), [
    { reachable: false },
    { reachable: true, rejected: { result: 1, source: 1, reason: 3 } },
    { reachable: true },
    { reachable: false, maxLatencyMs: 1000 },
  ]);
});

Deno.test("loadPlan() lets peers win over groups and groups over defaults, key by key, and adds tags", async () => {
  const peers = await peersOf(`
defaults: { called: D, calling: D, timeouts: { acse: 1, dimse: 1 }, tags: [all], contact: D }
groups:
  ct: { called: G, timeouts: { dimse: 2 }, tags: [ct, all], contact: G }
peers:
  - { name: x, host: a, port: 1, group: ct, called: P, timeouts: { connect: 3 }, tags: [x] }
  - { name: y, host: a, port: 1, group: ct }
  - { name: z, host: a, port: 1 }
`);
  const facts = peers.map(({ check, tags, contact, group }) => [
    check.calledAeTitle,
    check.callingAeTitle,
    check.target.connectTimeoutSeconds,
    check.acseTimeoutSeconds,
    check.dimseTimeoutSeconds,
    tags.join(),
    contact,
    group,
  ]);
  assert.deepEqual(facts, [
    ["P", "D", 3, 1, 2, "all,ct,x", "G", "ct"],
    ["G", "D", 10, 1, 2, "all,ct", "G", "ct"],
    ["D", "D", 10, 1, 1, "all", "D", undefined],
  ]);
});

Deno.test("loadPlan() reads JSON, also with tabs", async () => {
  const text = JSON.stringify(
    { title: "J", peers: [{ host: "a", port: 104, tags: ["x"] }] },
    null,
    "\t",
  );
  const outcome = await read(text);
  assert.ok(outcome.kind === "plan");
  assert.equal(outcome.plan.title, "J");
  assert.deepEqual(outcome.plan.peers[0]?.tags, ["x"]);
});

Deno.test("loadPlan() takes anchors and aliases, but none that lead into themselves", async () => {
  const peers = await peersOf(`
groups:
  a: &shared { called: X }
  b: *shared
peers:
  - { host: a, port: 1, group: a }
  - { host: b, port: 1, group: b }
`);
  assert.deepEqual(peers.map(({ check }) => check.calledAeTitle), ["X", "X"]);
  const lines = await problemsOf(`defaults: &d
  expect: *d
peers:
  - { host: *nope, port: 1 }
  - { host: a, port: 1, expect: { implementationVersion: *CHE } }
`);
  assert.deepEqual(lines, [
    "site/plan.yaml:2:11: defaults.expect: the alias *d stands inside what it stands for",
    "site/plan.yaml:4:13: peers[0].host: there is no anchor &nope before this (text that begins with * needs quotes)",
    "site/plan.yaml:5:58: peers[1].expect.implementationVersion: there is no anchor &CHE before this (text that begins with * needs quotes)",
  ]);
});

Deno.test("loadPlan() takes an anchor that is there again for the one before the alias", async () => {
  const peers = await peersOf(`peers:
  - { host: &h a, port: 1 }
  - { host: *h, port: 2 }
  - { host: &h b, port: 3 }
  - { host: *h, port: 4 }
`);
  assert.deepEqual(peers.map(({ name }) => name), ["a:1", "a:2", "b:3", "b:4"]);
});

Deno.test("loadPlan() tells each mistake once, not its consequences as well", async () => {
  const lines = await problemsOf(
    `groups:
  ct: hello
  " x": {}
peers:
  - { name: " a", host: a, port: 1, group: ct }
  - { name: " b", host: a, port: 1 }
  - { hots: a, port: 2 }
  - { <<: { host: b }, name: c }
  - { host: d, port: 1, tls: { key: nowhere, certificate: c.pem, keyPassword: x } }
  - { host: e, port: "\${PORT}", deadline: "5", abort: "\${X}" }
`,
    { files: KEYS },
  );
  const keys =
    "keys calling, called, family, timeouts, deadline, repeat, interval, maxPdu, proposals, abort, tls, tags, note, contact, expect";
  assert.deepEqual(lines.map((line) => line.replace("site/plan.yaml:", "").replace(keys, "KEYS")), [
    "2:7: groups.ct: a single value is not allowed here (allowed: KEYS)",
    '3:3: groups." x": " x" is no name (allowed: text without blanks around it)',
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

Deno.test("loadPlan() says that a file is UTF-16", async () => {
  const outcome = await loadPlan("p", {
    readFile: () => Uint8Array.of(0xff, 0xfe, 0x61, 0),
    env: () => undefined,
    options: OPTIONS,
  });
  assert.ok(outcome.kind === "problems");
  assert.equal(
    outcome.problems[0]?.message,
    "this is not UTF-8 but UTF-16 text (allowed: UTF-8)",
  );
});

Deno.test("loadPlan() bounds what aliases can grow to, and says so once", async () => {
  const levels = Array.from({ length: 9 }, (_, at) => {
    const name = at === 0 ? '"x"' : `*a${at - 1}`;
    return `  a${at}: &a${at} [${Array(10).fill(name).join()}]`;
  });
  const lines = await problemsOf(`groups:\n${levels.join("\n")}\n${PEER}`);
  assert.equal(lines.filter((line) => line.includes("stand for more than 300000")).length, 1);
});

Deno.test("loadPlan() does not bound how many values a plan has without aliases", async () => {
  const peers = Array.from({ length: 40_000 }, (_, at) => `{host: a, port: 1, name: p${at}}`);
  assert.equal((await peersOf(`peers: [${peers.join()}]`)).length, 40_000);
});

Deno.test("loadPlan() points at what is no YAML once, and looks no further in that file", async () => {
  const cases = [
    ["titel: x\npeers:\n  - {host: a, port: 1\n", "4:1: a closing bracket is missing before this"],
    ["peers: [{ host: ${H}, port: 1 }]\n", "1:18: ${NAME} needs quotes between brackets"],
    ['title: "x\npeers: []\n\n', "1:8: the quotes that begin here are not closed"],
    ["peers:\n\t- host: a\n\t  port: 1\n", "2:1: a tab cannot indent a line (allowed: blanks)"],
    ["peers:\n  - host: a\n   port: 1\n", "3:1: not YAML: sequence item without - indicator"],
    [
      'title: "C:\\keys"\n',
      "1:11: in double quotes a backslash begins an escape (allowed: \\\\ for one backslash, or single quotes)",
    ],
    ["title: a: b\n", '1:8: a line holds one key or item (text with ": " in it needs quotes)'],
    ["title: @a\n", "1:8: text that begins with this character needs quotes"],
    ['{"title": "a" "peers": []}', "1:11: a comma or a closing bracket is missing before this"],
    [
      "title: !x a\npeers: [{ host: a, port: 1 }]\n",
      "1:8: a tag says nothing here (allowed: the value alone)",
    ],
  ];
  for (const [text = "", line] of cases) {
    assert.deepEqual(await problemsOf(text), [`site/plan.yaml:${line}`]);
  }
});

Deno.test("loadPlan() shows nothing of what is no YAML: it may be a secret", async () => {
  const secret = "    tls: { keyPassword: 'a' hunter2 }";
  for (const text of [`peers:\n  - host: a\n${secret}`, `${secret.trim()}\n] hunter2 [`]) {
    const lines = await problemsOf(text);
    assert.ok(lines.length > 0 && !lines.join().includes("hunter2"), lines.join());
  }
});

Deno.test("loadPlan() refuses bytes that are no text, several documents, and nothing", async () => {
  const outcome = await loadPlan("p", {
    readFile: () => Uint8Array.of(0x61, 0x0a, 0x62, 0xff),
    env: () => undefined,
    options: OPTIONS,
  });
  assert.ok(outcome.kind === "problems");
  assert.deepEqual(outcome.problems, [
    { file: "p", line: 2, column: 2, path: "", message: "this is not UTF-8 text (allowed: UTF-8)" },
  ]);
  assert.match(
    (await problemsOf(`${PEER}\n---\n${PEER}\n`)).join(),
    /:2:1: a plan is one document/,
  );
  assert.match((await problemsOf("")).join(), /:1:1: there is no value \(allowed: keys title/);
  assert.match((await problemsOf("peers: []")).join(), /:1:1: peers: there is no peer$/);
  assert.match((await problemsOf("title: x")).join(), /:1:1: peers: there is no peer$/);
});

Deno.test("loadPlan() survives what is nested too deeply", async () => {
  const lines = await problemsOf("[".repeat(100_000));
  assert.ok(lines.length > 0 && lines.every((line) => line.startsWith("site/plan.yaml:")));
});

Deno.test("loadPlan() tells a file that cannot be read from a plan with mistakes", async () => {
  const means = { readFile: readerOf({ d: null }), env: () => undefined, options: OPTIONS };
  assert.deepEqual(await loadPlan("x", means), { kind: "unreadable", file: "x", fault: "missing" });
  assert.deepEqual(await loadPlan("d", means), {
    kind: "unreadable",
    file: "d",
    fault: "directory",
  });
});

Deno.test("loadPlan() reads includes before the file that includes them, each once, paths beside it", async () => {
  const outcome = await read(
    `title: Site
include: [sub/ct.yaml, common.yaml]
defaults: { called: OUTER }
peers: [{ name: main, host: m, port: 1, group: shared }]
`,
    {
      files: {
        "site/sub/ct.yaml":
          "include: [../common.yaml]\ntitle: CT\npeers: [{ name: ct, host: c, port: 1, group: shared }]",
        "site/common.yaml":
          "defaults: { called: COMMON, calling: C }\ngroups: { shared: { tags: [s] } }",
      },
    },
  );
  assert.ok(outcome.kind === "plan");
  const { title, files, peers } = outcome.plan;
  assert.deepEqual([title, files], ["Site", 3]);
  assert.deepEqual(peers.map(({ name, tags }) => [name, ...tags]), [["ct", "s"], ["main", "s"]]);
  assert.deepEqual(peers.map(({ check }) => [check.calledAeTitle, check.callingAeTitle]), [
    ["OUTER", "C"],
    ["OUTER", "C"],
  ]);
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
    "site/plan.yaml:4:5: peers[2].name: the peer at site/plan.yaml:2 is called a:1 too; give it a name of its own",
  ]);
});

const KEYS = {
  "site/k.pem": "k",
  "site/c.pem": "c",
  "site/ca.pem": "ca",
  "site/cas": null,
  "/etc/crl.pem": "x",
};

Deno.test("loadPlan() reads the settings of TLS, files beside the plan", async () => {
  const peer = await peerOf(
    `peers:
  - host: a
    port: 2762
    tls:
      ca: [ca.pem]
      caDirectories: [cas]
      key: k.pem
      certificate: ./c.pem
      keyPassword: a\${PW}b\${PW}
      format: pem
      profile: bcp195
      ciphers: [TLS_AES_128_GCM_SHA256]
      serverName: pacs.example
      crl: [/etc/crl.pem]
      peerCertificate: ignore
`,
    { files: KEYS, env: { PW: "1" } },
  );
  assert.deepEqual(peer.tls, {
    mode: "authenticated",
    keyFile: "site/k.pem",
    certificateFile: "site/c.pem",
    password: { kind: "given", password: "a1b1" },
    fileFormat: "pem",
    certificateFiles: ["site/ca.pem"],
    certificateDirectories: ["site/cas"],
    crlFiles: ["/etc/crl.pem"],
    crlCheck: "leaf",
    profile: "bcp195",
    cipherSuites: ["TLS_AES_128_GCM_SHA256"],
    serverName: "pacs.example",
    seedFile: undefined,
    writeSeedFile: undefined,
    peerCertificate: "ignore",
  });
});

Deno.test("loadPlan() reads which name the certificate must be for, and whether public roots count", async () => {
  const peers = await peersOf(`peers:
  - { name: a, host: a, port: 1, tls: { verifyHostname: true } }
  - { name: b, host: b, port: 1, tls: { verifyHostname: true, verifyHostnameAs: c } }
  - { name: c, host: c, port: 1, tls: { trustPublicRoots: true, verifyHostname: false } }
`);
  const facts = peers.map(({ tls }) =>
    tls.mode !== "off" && [tls.wantedName, tls.trustPublicRoots]
  );
  assert.deepEqual(facts, [
    [{ kind: "peer" }, undefined],
    [{ kind: "name", name: "c" }, undefined],
    [undefined, true],
  ]);
});

Deno.test("loadPlan() uses TLS where it is asked for, and lets peers switch inherited TLS off", async () => {
  const peers = await peersOf(
    `defaults: { tls: { ca: [ca.pem] }, expect: { tls: { minDaysValid: 30 } } }
peers:
  - { host: a, port: 1 }
  - { host: b, port: 1, tls: { enabled: false } }
`,
    { files: KEYS },
  );
  assert.deepEqual(peers.map(({ tls }) => tls.mode), ["anonymous", "off"]);
  assert.equal(peers[0]?.expect.minDaysValid, 30);
});

Deno.test("loadPlan() uses the TLS of the command line where the plan says nothing of it", async () => {
  const { tls } = await peerOf("peers: [{ host: a, port: 1, tls: {} }]");
  assert.equal(tls.mode, "anonymous");
  const options = { tls: { ...tls, mode: "anonymous", profile: "8996" } } as Partial<Options>;
  const other = await peerOf(PEER, { options });
  assert.ok(other.tls.mode !== "off" && other.tls.profile === "8996");
});

Deno.test("loadPlan() wants key and certificate together, and says so once where many peers inherit it", async () => {
  const lines = await problemsOf(
    `defaults: { tls: { key: k.pem } }
groups: { g: { tls: { keyPassword: x } } }
peers:
  - { host: a, port: 1 }
  - { host: b, port: 1 }
  - { host: c, port: 1, tls: { enabled: false, certificate: c.pem } }
  - { host: d, port: 1, tls: { enabled: false }, expect: { tls: { minDaysValid: 1 } } }
`,
    { files: KEYS },
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
    "site/plan.yaml:1:81: peers[0].tls.keyPassword: the name of an environment variable is wrong (allowed: as in ${NAME_1})",
  ]);
  const list = await problemsOf(plan("[hunter2]"), { files: KEYS });
  assert.ok(!list.join().includes("hunter2"));
});

Deno.test("loadPlan() answers anything with a plan or with places inside the file, and never throws", async () => {
  const word = fc.constantFrom(
    "peers",
    "host",
    "port",
    "tls",
    "tags",
    "expect",
    "groups",
    "defaults",
    "include",
    "name",
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), word),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(word, fc.string()), tie("value"), { maxKeys: 5 }),
    ),
  })).value;
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    json.map((value) => JSON.stringify(value, null, 1)),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const outcome = await read(content);
      if (outcome.kind !== "problems") return assert.equal(outcome.kind, "plan");
      const lines = content.split("\n");
      for (const { file, line, column } of outcome.problems) {
        assert.equal(file, "site/plan.yaml");
        assert.ok(line >= 1 && line <= lines.length + 1 && column >= 1);
      }
    }),
    { numRuns: 300 },
  );
});
