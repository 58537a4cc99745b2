import assert from "node:assert/strict";
import { OPTION_ROWS, parseCommandLine, type TlsOptions } from "../options/mod.ts";
import { peerOf, peersOf, problemsOf, read } from "./testing.ts";
import { TLS_SETTINGS } from "./tls_settings.ts";

/** The TLS part of a command line. */
async function commandLine(words: string): Promise<TlsOptions> {
  const args = [...words.split(" ").filter((word) => word !== ""), "a", "1"];
  const line = await parseCommandLine(args, {
    programName: "echoscu",
    readFile: () => ({ error: "missing" }),
    stderrIsTerminal: false,
    target: "",
    versions: [],
  });
  assert.ok(line.kind === "run", JSON.stringify(line));
  return line.options.tls;
}

/** Options about TLS that say nothing about the connection to one peer of a plan, and why not. */
const NO_SETTINGS: Readonly<Record<string, string>> = {
  "--list-profiles": "prints a list",
  "--list-ciphers": "prints a list",
  "--verify-cert": "makes no connection",
  "--is-root-cert": "makes no connection",
  "--seed": "is read and changes nothing",
  "--write-seed": "is about a file",
  "--write-seed-file": "is about a file",
  "--tls-report": "is about what is printed",
  "--expiry-warn": "is about what is printed",
};

Deno.test("every TLS option of the command line is a setting of plans too, or is about something else", () => {
  const named = Object.values(TLS_SETTINGS).flatMap(({ options }) => options);
  const tls = OPTION_ROWS.filter((row) =>
    row.group.includes("(TLS)") || ("subgroup" in row && /security/.test(row.subgroup))
  );
  assert.ok(tls.length >= 38);
  for (const { long } of tls) assert.ok(named.includes(long) || long in NO_SETTINGS, long);
});

const FILES = Object.fromEntries(
  ["ca", "cb", "ka", "kb", "pa", "pb", "ra", "rb", "da", "db"].map((name) =>
    [`site/${name}`, name.startsWith("d") ? null : ""] as const
  ),
);

interface Values {
  /** Two values as in a plan. */
  readonly plan: readonly [string, string];
  /** The first of them on the command line. */
  readonly options: string;
  /** What becomes of each. */
  readonly means: readonly [unknown, unknown];
  readonly read: (tls: TlsOptions & { mode: "anonymous" | "authenticated" }) => unknown;
}

/** Two values of each setting that means itself. */
const VALUES: Readonly<Record<string, Values>> = {
  ca: {
    plan: ["ca: [ca]", "ca: [cb]"],
    options: "+cf site/ca",
    means: [["site/ca"], ["site/cb"]],
    read: (tls) => tls.certificateFiles,
  },
  caDirectories: {
    plan: ["caDirectories: [da]", "caDirectories: [db]"],
    options: "+cd site/da",
    means: [["site/da"], ["site/db"]],
    read: (tls) => tls.certificateDirectories,
  },
  "key, certificate": {
    plan: ["key: ka, certificate: pa", "key: kb, certificate: pb"],
    options: "+tls site/ka site/pa",
    means: [["site/ka", "site/pa"], ["site/kb", "site/pb"]],
    read: (tls) => tls.mode === "authenticated" && [tls.keyFile, tls.certificateFile],
  },
  format: {
    plan: ["format: der", "format: pem"],
    options: "-der",
    means: ["der", "pem"],
    read: (tls) => tls.fileFormat,
  },
  profile: {
    plan: ["profile: bcp195-ex", "profile: bcp195"],
    options: "+pz",
    means: ["bcp195-ex", "bcp195"],
    read: (tls) => tls.profile,
  },
  ciphers: {
    plan: ["ciphers: [A]", "ciphers: [B]"],
    options: "+cs A",
    means: [["A"], ["B"]],
    read: (tls) => tls.cipherSuites,
  },
  serverName: {
    plan: ["serverName: a", "serverName: b"],
    options: "--request-sni a",
    means: ["a", "b"],
    read: (tls) => tls.serverName,
  },
  crlCheck: {
    plan: ["crlCheck: chain", "crlCheck: leaf"],
    options: "+cra",
    means: ["chain", "leaf"],
    read: (tls) => tls.crlCheck,
  },
  verifyHostname: {
    plan: ["verifyHostname: true", "verifyHostname: false"],
    options: "--verify-hostname",
    means: [{ kind: "peer" }, undefined],
    read: (tls) => tls.wantedName,
  },
  verifyHostnameAs: {
    plan: ["verifyHostnameAs: a", "verifyHostnameAs: b"],
    options: "--verify-hostname-as a",
    means: [{ kind: "name", name: "a" }, { kind: "name", name: "b" }],
    read: (tls) => tls.wantedName,
  },
  trustPublicRoots: {
    plan: ["trustPublicRoots: true", "trustPublicRoots: false"],
    options: "--trust-public-roots",
    means: [true, undefined],
    read: (tls) => tls.trustPublicRoots,
  },
  peerCertificate: {
    plan: ["peerCertificate: ignore", "peerCertificate: require"],
    options: "-ic",
    means: ["ignore", "require"],
    read: (tls) => tls.peerCertificate,
  },
};

for (const [keys, { plan: [outer, inner], options, means, read }] of Object.entries(VALUES)) {
  Deno.test(`the ${keys} of the innermost place counts, and comes from the outermost where no other says it`, async () => {
    const tls = await commandLine(options.startsWith("+tls") ? options : `+tla ${options}`);
    const places = [
      { defaults: "", group: "", peer: "", line: true, wins: 0 },
      { defaults: outer, group: "", peer: "", line: false, wins: 0 },
      { defaults: "", group: outer, peer: "", line: false, wins: 0 },
      { defaults: inner, group: "", peer: "", line: true, wins: 1 },
      { defaults: "", group: inner, peer: "", line: true, wins: 1 },
      { defaults: "", group: "", peer: inner, line: true, wins: 1 },
      { defaults: outer, group: inner, peer: "", line: true, wins: 1 },
      { defaults: outer, group: "", peer: inner, line: true, wins: 1 },
      { defaults: outer, group: outer, peer: inner, line: false, wins: 1 },
      { defaults: inner, group: outer, peer: "", line: false, wins: 0 },
    ];
    for (const { defaults, group, peer, line, wins } of places) {
      const { tls: merged } = await peerOf(
        `defaults: { tls: { ${defaults} } }
groups: { g: { tls: { ${group} } } }
peers: [{ host: a, port: 1, group: g, tls: { ${peer} } }]`,
        { files: FILES, ...(line ? { options: { tls } } : {}) },
      );
      assert.ok(merged.mode !== "off");
      assert.deepEqual(read(merged), means[wins], `${defaults}/${group}/${peer}/${line}`);
    }
  });
}

Deno.test("revocation lists of all places are added up, and one further inside is looked at", async () => {
  const tls = await commandLine("+tla +crl line");
  const peers = await peersOf(
    `defaults: { tls: { crl: [ra] } }
groups: { none: { tls: { crlCheck: none } } }
peers:
  - { name: a, host: a, port: 1, tls: { crl: [rb, ra] } }
  - { name: b, host: a, port: 1, group: none }
  - { name: c, host: a, port: 1, group: none, tls: { crl: [] } }
  - { name: d, host: a, port: 1, group: none, tls: { crl: [rb] } }
  - { name: e, host: a, port: 1, group: none, tls: { crl: [rb], crlCheck: none } }
`,
    { files: FILES, options: { tls } },
  );
  assert.deepEqual(peers.map(({ tls }) => tls.mode !== "off" && [tls.crlFiles, tls.crlCheck]), [
    [["line", "site/ra", "site/rb"], "leaf"],
    [["line", "site/ra"], "none"],
    [["line", "site/ra"], "none"],
    [["line", "site/ra", "site/rb"], "leaf"],
    [["line", "site/ra", "site/rb"], "none"],
  ]);
});

Deno.test("with public roots the name counts, unless the plan itself says that it does not", async () => {
  const names = async (words: string, own: string) => {
    const { tls } = await peerOf(`peers: [{ host: a, port: 1, tls: { ${own} } }]`, {
      options: { tls: await commandLine(words) },
    });
    return tls.mode !== "off" && [tls.trustPublicRoots, tls.wantedName?.kind];
  };
  assert.deepEqual(await names("", "trustPublicRoots: true"), [true, "peer"]);
  assert.deepEqual(await names("+tla --trust-public-roots", ""), [true, "peer"]);
  assert.deepEqual(await names("+tla --verify-hostname", "trustPublicRoots: true"), [true, "peer"]);
  assert.deepEqual(await names("", "trustPublicRoots: true, verifyHostname: false"), [
    true,
    undefined,
  ]);
});

Deno.test("the password of a key comes from the plan, else from where the command line names one", async () => {
  const passwordFor = async (words: string, own: string) => {
    const { tls } = await peerOf(`peers: [{ host: a, port: 1, tls: { ${own} } }]`, {
      files: FILES,
      env: { Y: "y" },
      options: { tls: await commandLine(words) },
    });
    return tls.mode === "authenticated" && tls.password;
  };
  const none = { kind: "none" };
  const pair = "key: ka, certificate: pa";
  assert.deepEqual(await passwordFor("+tls k c", ""), { kind: "unset" });
  assert.deepEqual(await passwordFor("+tls k c +pw x", ""), { kind: "given", password: "x" });
  assert.deepEqual(await passwordFor("+tls k c --password-file f", ""), {
    kind: "file",
    path: "f",
  });
  assert.deepEqual(await passwordFor("+tls k c +pw x", 'keyPassword: "${Y}"'), {
    kind: "given",
    password: "y",
  });
  assert.deepEqual(await passwordFor("", pair), none);
  // A prompt in the middle of many checks would be for a key that nobody thinks of.
  assert.deepEqual(await passwordFor("+tls k c", pair), none);
  assert.deepEqual(await passwordFor("+tls k c +pw x", pair), { kind: "given", password: "x" });
});

Deno.test("what the command line says of TLS is known where the plan is looked through", async () => {
  const peers = `peers:
  - { host: a, port: 1, expect: { tls: { minDaysValid: 1 } } }
  - { host: b, port: 1, tls: { keyPassword: "\${Y}" } }
`;
  const tls = await commandLine("+tls k c");
  const env = { Y: "y" };
  assert.equal((await peersOf(peers, { env, options: { tls } })).length, 2);
  assert.deepEqual(
    (await problemsOf(peers, { env })).map((line) => line.split(": ").slice(1).join(": ")),
    [
      "peers[0].expect.tls: this peer does not use TLS (give it tls settings)",
      "peers[1].tls.keyPassword: a password needs a key (add key and certificate)",
    ],
  );
});

Deno.test("settings of TLS under an inherited enabled: false are a mistake, not plain TCP", async () => {
  const plan = (peer: string) =>
    `defaults: { tls: { enabled: false } }
groups: { g: { tls: { ca: [ca] } }, on: { tls: { enabled: true } } }
peers: [{ host: a, port: 1, ${peer} }]`;
  const message = "TLS is switched off by an inherited enabled: false (add enabled: true)";
  const problems = async (peer: string) => await problemsOf(plan(peer), { files: FILES });
  assert.deepEqual(await problems("tls: { ca: [ca] }"), [
    `site/plan.yaml:3:34: peers[0].tls: ${message}`,
  ]);
  assert.deepEqual(await problems("group: g"), [`site/plan.yaml:2:21: groups.g.tls: ${message}`]);
  for (const peer of ["tls: {}", "tls: { enabled: false, ca: [ca] }", "group: on"]) {
    assert.deepEqual(await problems(peer), ["plan"], peer);
  }
});

Deno.test("peers that the exporter is asked for get the TLS of the command line too", async () => {
  const outcome = await read("groups: { g: { tls: {} } }\npeers: [{ host: a, port: 1 }]", {
    options: { tls: await commandLine("+tla +crl list --verify-hostname") },
  });
  assert.ok(outcome.kind === "plan");
  const seen = outcome.plan.modules.map(({ name, tls }) =>
    tls.mode !== "off" && [name, tls.crlFiles, tls.crlCheck, tls.wantedName]
  );
  assert.deepEqual(seen, [
    ["default", ["list"], "leaf", { kind: "peer" }],
    ["g", ["list"], "leaf", { kind: "peer" }],
  ]);
});
