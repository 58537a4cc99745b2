import assert from "node:assert/strict";
import type { Options } from "../options/mod.ts";
import { peerOf, peersOf, read } from "./testing.ts";

const PEER = "peers: [{ host: pacs, port: 104 }]";

const KEYS = {
  "site/k.pem": "k",
  "site/c.pem": "c",
  "site/ca.pem": "ca",
  "site/cas": null,
  "/etc/crl.pem": "x",
};

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
  - { host: d, port: 1, expect: { refused: any } }
`);
  assert.deepEqual(peers.map(({ expect }) => expect), [
    { reachable: false },
    { reachable: true, rejected: "any" },
    { reachable: true, rejected: { result: 1, source: 1, reason: 3 } },
    { reachable: true, refused: "any" },
  ]);
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
  - { name: e, host: a, port: 1, group: strange, expect: { refused: any } }
`);
  assert.deepEqual(peers.map(({ expect }) => expect), [
    { reachable: false },
    { reachable: true, rejected: { result: 1, source: 1, reason: 3 } },
    { reachable: true },
    { reachable: false, maxLatencyMs: 1000 },
    { reachable: true, refused: "any" },
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

Deno.test("loadPlan() takes an anchor that is there again for the one before the alias", async () => {
  const peers = await peersOf(`peers:
  - { host: &h a, port: 1 }
  - { host: *h, port: 2 }
  - { host: &h b, port: 3 }
  - { host: *h, port: 4 }
`);
  assert.deepEqual(peers.map(({ name }) => name), ["a:1", "a:2", "b:3", "b:4"]);
});

Deno.test("loadPlan() reads includes before the file that includes them, each once, paths next to it", async () => {
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
  const { title, sources, peers } = outcome.plan;
  assert.deepEqual([title, sources.length], ["Site", 3]);
  assert.deepEqual(peers.map(({ name, tags }) => [name, ...tags]), [["ct", "s"], ["main", "s"]]);
  assert.deepEqual(peers.map(({ check }) => [check.calledAeTitle, check.callingAeTitle]), [
    ["OUTER", "C"],
    ["OUTER", "C"],
  ]);
});

Deno.test("loadPlan() makes modules of the defaults and the groups that need nothing of their peers", async () => {
  const peers = "peers: [{ host: a, port: 1, group: half, tls: { certificate: c.pem } }]";
  const groups = `groups:
  whole: { tls: { key: k.pem, certificate: c.pem } }
  half: { tls: { key: k.pem } }
  plain: { calling: P }
`;
  const outcome = await read(groups + peers, { files: { "site/k.pem": "", "site/c.pem": "" } });
  assert.ok(outcome.kind === "plan");
  assert.deepEqual(outcome.plan.modules.map(({ name }) => name), ["default", "whole", "plain"]);
});

Deno.test("loadPlan() reads the settings of TLS, files next to the plan", async () => {
  const peer = await peerOf(
    `peers:
  - host: a
    port: 2762
    tls:
      ca: [ca.pem]
      caDirectories: [cas]
      key: k.pem
      certificate: ./c.pem
      keyPassword: \${PW}
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
    password: { kind: "given", password: "1" },
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
    `defaults: { tls: { ca: [ca.pem] }, expect: { tls: { minDaysValid: 30, allow: [short-key] } } }
peers:
  - { host: a, port: 1 }
  - { host: b, port: 1, tls: { enabled: false } }
  - { host: c, port: 1, expect: { tls: { allow: [] } } }
`,
    { files: KEYS },
  );
  assert.deepEqual(peers.map(({ tls }) => tls.mode), ["anonymous", "off", "anonymous"]);
  assert.deepEqual(peers[0]?.expect, {
    reachable: true,
    minDaysValid: 30,
    allowedWeaknesses: ["short-key"],
  });
  assert.deepEqual(peers[2]?.expect.allowedWeaknesses, []);
});

Deno.test("loadPlan() uses the TLS of the command line where the plan says nothing of it", async () => {
  const { tls } = await peerOf("peers: [{ host: a, port: 1, tls: {} }]");
  assert.equal(tls.mode, "anonymous");
  const options = { tls: { ...tls, mode: "anonymous", profile: "8996" } } as Partial<Options>;
  const other = await peerOf(PEER, { options });
  assert.ok(other.tls.mode !== "off" && other.tls.profile === "8996");
});
