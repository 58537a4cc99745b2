import assert from "node:assert/strict";
import { SUITES, SUITES_OF_TLS13 } from "../tls/mod.ts";
import { CATALOGUE, suiteGroups } from "./catalogue.ts";
import { MOST_CONNECTIONS } from "./scanner.ts";
import { type FakeServer, scanOf } from "./testing.ts";
import type { ScanResult } from "./types.ts";

const TLS10 = 0x0301;
const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** Suites of three groups of hellos, in an order that none of the hellos has. */
const ODD_ORDER = [0x0035, 0x00a7, 0xc02f, 0x0001, 0xc09c, 0x002f];

function codes({ versions }: ScanResult, wanted: string): readonly number[] {
  return versions.find(({ version }) => version === wanted)?.suites.map(({ code }) => code) ?? [];
}

Deno.test("a scan finds the order of a server across the hellos that it takes", () => {
  const groups = suiteGroups(TLS12);
  const used = new Set(ODD_ORDER.map((code) => groups.findIndex((one) => one.includes(code))));
  assert.ok(used.size > 1, "the suites are offered in several hellos");
  const { result } = scanOf({ suites: { [TLS12]: ODD_ORDER } });
  assert.deepEqual(codes(result, "TLSv1.2"), ODD_ORDER);
  assert.equal(result.versions[1]?.order, "server");
});

Deno.test("a scan says when the client's order counts", () => {
  const { result } = scanOf({ suites: { [TLS12]: ODD_ORDER }, followsClient: true });
  assert.deepEqual(codes(result, "TLSv1.2").toSorted(), ODD_ORDER.toSorted());
  assert.equal(result.versions[1]?.order, "client");
});

Deno.test("a scan finds groups in the server's order, in TLS 1.3 without a share", () => {
  const groups = [0x19, 0x1d, 0x17];
  const { result, probes } = scanOf({ suites: { [TLS13]: [0x1301] }, groups });
  assert.deepEqual(result.versions[0]?.groups, ["P-521", "X25519", "P-256"]);
  assert.ok(probes.some((probe) => probe.kind === "hello" && probe.shares.length === 0));
});

Deno.test("a scan asks by name where nothing answers without, and not for an address", () => {
  const server: FakeServer = { suites: { [TLS12]: [0xc02f] }, wantsName: "pacs.example" };
  const { serverName } = scanOf(server).result;
  assert.deepEqual(serverName, { asked: "pacs.example", effect: "needed" });
  for (const host of ["192.0.2.1", "::1"]) {
    const { result, probes } = scanOf(server, { host });
    assert.deepEqual([result.spoken.kind, result.choices.echoscu], ["unknown", undefined], host);
    assert.ok(probes.every((probe) => probe.kind === "plain" || probe.serverName === undefined));
  }
});

Deno.test("a scan says whether the name that was given is needed, or refused", () => {
  const suites = { [TLS12]: [0xc02f] };
  const effect = (server: FakeServer, serverName: string) =>
    scanOf(server, { serverName }).result.serverName.effect;
  assert.equal(effect({ suites, wantsName: "a.example" }, "a.example"), "needed");
  assert.equal(effect({ suites }, "a.example"), "none");
  const refusing = scanOf({ suites }, {
    serverName: "a.example",
    change: (probe) =>
      probe.kind !== "plain" && probe.serverName !== undefined
        ? { kind: "alert", alert: 112 }
        : undefined,
  });
  assert.equal(refusing.result.serverName.effect, "refused");
  assert.equal(refusing.result.spoken.kind, "tls");
});

Deno.test("a scan ends when a peer that spoke TLS is gone, and keeps what it knows", () => {
  const { result, probes } = scanOf({ suites: { [TLS12]: ODD_ORDER } }, {
    change: (_, at) => at > 4 ? { kind: "silent" } : undefined,
  });
  assert.deepEqual([result.endedBy, probes.length], ["peer", 6]);
  assert.equal(codes(result, "TLSv1.2").length, 3);
});

Deno.test("a scan asks again where one answer is missing", () => {
  const { result } = scanOf({ suites: { [TLS12]: ODD_ORDER } }, {
    change: (_, at) => at === 5 ? { kind: "silent" } : undefined,
  });
  assert.equal(result.endedBy, undefined);
  assert.deepEqual(codes(result, "TLSv1.2"), ODD_ORDER);
});

Deno.test("a scan has an end with a server that takes everything", () => {
  const all = [...CATALOGUE.values()];
  const suites = Object.fromEntries(
    [0x0300, TLS10, 0x0302, TLS12, TLS13].map((version) => [version, all.map(({ code }) => code)]),
  );
  const { result, probes } = scanOf({ suites });
  assert.deepEqual([result.endedBy, probes.length], ["connections", MOST_CONNECTIONS]);
});

Deno.test("a scan of a peer without TLS stops as soon as it is known", () => {
  const head = new TextEncoder().encode("SSH-2.0-x");
  const foreign = scanOf({ suites: {} }, { change: () => ({ kind: "foreign", head }) });
  assert.deepEqual([foreign.probes.length, foreign.result.spoken], [1, { kind: "other", head }]);
  const abort = Uint8Array.of(7, 0, 0, 0, 0, 4, 0, 0, 0, 0);
  const dicom = scanOf({ suites: {} }, { change: () => ({ kind: "foreign", head: abort }) });
  assert.equal(dicom.result.spoken.kind, "dicom");
  const gone = { kind: "unreachable", reason: "refused", text: "Connection refused" } as const;
  const dead = scanOf({ suites: {} }, { change: () => gone });
  assert.deepEqual([dead.probes.length, dead.result.spoken], [1, gone]);
  const mute = scanOf({ suites: {} }, {
    change: ({ kind }) => kind === "plain" ? { kind, isDicom: true } : { kind: "silent" },
  });
  assert.deepEqual([mute.probes.length, mute.result.spoken.kind], [4, "dicom"]);
});

Deno.test("every suite of options and profiles is asked for, by the same name", () => {
  for (const { code, name, logName } of [...SUITES, ...SUITES_OF_TLS13]) {
    const known = CATALOGUE.get(code);
    assert.deepEqual([known?.name, known?.logName], [name, logName]);
  }
  for (const version of [0x0300, TLS10, TLS12, TLS13]) {
    const groups = suiteGroups(version);
    assert.ok(groups.every(({ length }) => length > 0 && length <= 60));
    assert.equal(new Set(groups.flat()).size, groups.flat().length);
  }
  assert.deepEqual(new Set([TLS12, TLS13].flatMap(suiteGroups).flat()), new Set(CATALOGUE.keys()));
});

Deno.test("CATALOGUE knows what is weak by the names of suites", () => {
  const kinds: Readonly<Record<string, string>> = {
    TLS_RSA_WITH_NULL_SHA256: "none rsa",
    TLS_SHA256_SHA256: "none any",
    TLS_RSA_EXPORT_WITH_RC4_40_MD5: "export rsa",
    TLS_RSA_WITH_RC4_128_SHA: "broken rsa",
    TLS_DHE_RSA_WITH_DES_CBC_SHA: "broken dhe",
    TLS_RSA_WITH_3DES_EDE_CBC_SHA: "64-bit rsa",
    TLS_DH_anon_WITH_AES_128_CBC_SHA: "cbc dhe anonymous",
    TLS_ECDH_anon_WITH_AES_128_CBC_SHA: "cbc ecdhe anonymous",
    TLS_ECDH_RSA_WITH_AES_128_CBC_SHA: "cbc ecdh",
    TLS_DH_DSS_WITH_AES_128_CBC_SHA: "cbc dh",
    TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256: "aead ecdhe",
    TLS_AES_128_CCM_8_SHA256: "aead any",
  };
  const found = Object.fromEntries(
    [...CATALOGUE.values()].filter(({ name }) => kinds[name] !== undefined)
      .map(({ name, cipher, exchange, isAnonymous }) => [
        name,
        `${cipher} ${exchange}${isAnonymous ? " anonymous" : ""}`,
      ]),
  );
  assert.deepEqual(found, kinds);
});

/** Servers with the client that connects, ours and the reference's, and complaints about them. */
const VERDICTS: readonly {
  readonly what: string;
  readonly server: FakeServer;
  readonly choices: readonly [ours: string | undefined, dcmtk: string | undefined];
  readonly ids: readonly string[];
}[] = [
  {
    what: "a good one",
    server: { suites: { [TLS13]: [0x1301], [TLS12]: [0xc02f] }, groups: [0x17] },
    choices: ["bcp195-nd", "bcp195-nd"],
    ids: ["no-client-certificate"],
  },
  {
    what: "one with X25519 alone, which the reference does not have",
    server: { suites: { [TLS13]: [0x1301] }, groups: [0x1d] },
    choices: ["bcp195-nd", "8996"],
    ids: ["no-client-certificate"],
  },
  {
    what: "one with ECDSA",
    server: { suites: { [TLS12]: [0xc02c] }, groups: [0x17] },
    choices: ["8996", "bcp195-ex"],
    ids: ["no-tls13", "no-client-certificate"],
  },
  {
    what: "one with a suite of no profile",
    server: { suites: { [TLS12]: [0x003d] } },
    choices: ["bcp195 TLS_RSA_WITH_AES_256_CBC_SHA256", "bcp195 TLS_RSA_WITH_AES_256_CBC_SHA256"],
    ids: ["no-tls13", "no-forward-secrecy", "no-client-certificate"],
  },
  {
    what: "one with RC4 alone",
    server: { suites: { [TLS10]: [0x0005] } },
    choices: [undefined, undefined],
    ids: ["old-versions", "no-new-version", "rc4", "no-forward-secrecy", "no-client-certificate"],
  },
  {
    what: "one with 3DES alone",
    server: { suites: { [TLS12]: [0x000a] } },
    choices: ["basic", "basic"],
    ids: ["no-tls13", "64-bit", "no-forward-secrecy", "no-client-certificate"],
  },
  {
    what: "an ancient one",
    server: {
      suites: { 0x0300: [0x000a], [TLS10]: [0x000a, 0x0033, 0x0019] },
      dhBits: 1024,
      extensions: [],
    },
    choices: ["bcp195 TLS_DHE_RSA_WITH_AES_128_CBC_SHA", "bcp195 TLS_DHE_RSA_WITH_AES_128_CBC_SHA"],
    ids: [
      ...["sslv3", "old-versions", "no-new-version", "anonymous", "export", "short-dh"],
      ...["renegotiation", "master-secret", "64-bit", "no-forward-secrecy", "dhe", "cbc"],
      "no-client-certificate",
    ],
  },
];

for (const { what, server, choices, ids } of VERDICTS) {
  Deno.test(`a scan says who connects, and what is wrong: ${what}`, () => {
    const { result } = scanOf(server);
    const names = [result.choices.echoscu, result.choices.dcmtk].map((choice) =>
      choice && [choice.profile, ...choice.cipherSuites].join(" ")
    );
    assert.deepEqual(names, choices);
    assert.deepEqual(result.audit.map(({ id }) => id), ids);
  });
}
