/**
 * What each option does, one by one: absent, each spelling, range ends, repeated.
 *
 * The type of `EFFECTS` makes a row without a case a compile error.
 */

import assert from "node:assert/strict";
import type { Options } from "./options.ts";
import type { OptionRow } from "./row.ts";
import { type LongName, OPTION_ROWS } from "./rows.ts";
import { errorOf, hostWith, optionsOf, parse } from "./testing.ts";

/** An option that begins a run: what to read from the options, and what is there. */
interface Effect {
  /** The words after the option. */
  readonly words: readonly string[];
  /** Other words that the option needs. */
  readonly beside?: readonly string[];
  /** Reads the place that the option changes. */
  readonly read: (options: Options) => unknown;
  /** What is there with the option. */
  readonly given: unknown;
  /** What is there without. */
  readonly absent: unknown;
}

const CONFIG = "log4cplus.rootLogger=INFO";
const KEYS = ["+tls", "k", "c"];
const NAGIOS = ["--report", "nagios"];

/** Reads a member of the TLS settings, whatever the mode. */
function tls(member: string): (options: Options) => unknown {
  return ({ tls }) => member in tls ? Reflect.get(tls, member) : "off";
}

function profile(name: string): Effect {
  const isDefault = name === "bcp195-nd";
  const beside = isDefault ? ["+tla", "+px"] : ["+tla"];
  const absent = isDefault ? "bcp195" : "bcp195-nd";
  return { words: [], beside, read: tls("profile"), given: name, absent };
}

function token(kind: "jwt" | "saml" | "kerberos"): Effect {
  const given = { kind, path: "f" };
  return { words: ["f"], read: ({ user }) => user?.identity, given, absent: undefined };
}

function behaves(words: readonly string[], given: unknown): Effect {
  return {
    words,
    beside: ["--listen", "1"],
    read: ({ mode }) => mode.kind === "listen" ? mode.behavior : mode,
    given,
    absent: undefined,
  };
}

/** Reads a member of the mode of a run of many checks. */
function plan(member: string): Pick<Effect, "beside" | "read"> {
  return { beside: ["--peers", "f"], read: ({ mode }) => Reflect.get(mode, member) };
}

/** A case for each row; not for those that print and end, and those whose own tests show their effect. */
const EFFECTS: Readonly<Record<LongName, Effect | "prints" | "elsewhere">> = {
  "--help": "prints",
  "--version": "prints",
  "--list-ciphers": "prints",
  "--list-profiles": "prints",
  "--print-log-config": "prints",
  "--print-plan": "prints",
  "--print-plan-schema": "prints",
  "--completions": "prints",
  "--arguments": "elsewhere",
  "--quiet": { words: [], read: (o) => o.logging.level, given: "fatal", absent: "warn" },
  "--verbose": { words: [], read: (o) => o.logging.level, given: "info", absent: "warn" },
  "--debug": { words: [], read: (o) => o.logging.level, given: "debug", absent: "warn" },
  "--log-level": { words: ["TRace"], read: (o) => o.logging.level, given: "trace", absent: "warn" },
  "--log-config": {
    words: ["f"],
    read: (o) => o.logging.config?.path,
    given: "f",
    absent: undefined,
  },
  "--log-format": { words: ["json"], read: (o) => o.logging.format, given: "json", absent: "text" },
  "--ipv4": { words: [], read: (o) => o.family, given: "ipv4", absent: "any" },
  "--ipv6": { words: [], read: (o) => o.family, given: "ipv6", absent: "any" },
  "--ip-auto": { words: [], beside: ["-i4"], read: (o) => o.family, given: "any", absent: "ipv4" },
  "--aetitle": { words: ["-v"], read: (o) => o.callingAeTitle, given: "-v", absent: "ECHOSCU" },
  "--call": { words: [""], read: (o) => o.calledAeTitle, given: "", absent: "ANY-SCP" },
  "--propose-ts": { words: ["53"], read: (o) => o.proposeTransferSyntaxes, given: 53, absent: 1 },
  "--propose-pc": {
    words: ["128"],
    read: (o) => o.proposePresentationContexts,
    given: 128,
    absent: 1,
  },
  "--timeout": { words: ["5"], read: (o) => o.connectTimeoutSeconds, given: 5, absent: undefined },
  "--socket-timeout": { words: ["-1"], read: (o) => o.socketTimeoutSeconds, given: -1, absent: 60 },
  "--acse-timeout": { words: ["7"], read: (o) => o.acseTimeoutSeconds, given: 7, absent: 30 },
  "--dimse-timeout": {
    words: ["8"],
    read: (o) => o.dimseTimeoutSeconds,
    given: 8,
    absent: undefined,
  },
  "--max-pdu": { words: ["4097"], read: (o) => o.maximumLength, given: 4097, absent: 16_384 },
  "--repeat": { words: ["100"], read: (o) => o.repeat, given: 100, absent: 1 },
  "--abort": { words: [], read: (o) => o.abort, given: true, absent: false },
  "--disable-tls": {
    words: [],
    beside: ["+tla"],
    read: (o) => o.tls.mode,
    given: "off",
    absent: "anonymous",
  },
  "--enable-tls": { words: ["k", "c"], read: tls("keyFile"), given: "k", absent: "off" },
  "--anonymous-tls": { words: [], read: (o) => o.tls.mode, given: "anonymous", absent: "off" },
  "--std-passwd": {
    words: [],
    beside: [...KEYS, "-pw"],
    read: tls("password"),
    given: { kind: "prompt" },
    absent: { kind: "given", password: "" },
  },
  "--use-passwd": {
    words: ["p"],
    beside: KEYS,
    read: tls("password"),
    given: { kind: "given", password: "p" },
    absent: { kind: "unset" },
  },
  "--null-passwd": {
    words: [],
    beside: KEYS,
    read: tls("password"),
    given: { kind: "given", password: "" },
    absent: { kind: "unset" },
  },
  "--password-file": {
    words: ["f"],
    beside: KEYS,
    read: tls("password"),
    given: { kind: "file", path: "f" },
    absent: { kind: "unset" },
  },
  "--verify-hostname": {
    words: [],
    beside: ["+tla"],
    read: tls("wantedName"),
    given: { kind: "peer" },
    absent: "off",
  },
  "--verify-hostname-as": {
    words: ["pacs"],
    beside: ["+tla"],
    read: tls("wantedName"),
    given: { kind: "name", name: "pacs" },
    absent: "off",
  },
  "--trust-public-roots": {
    words: [],
    beside: ["+tla"],
    read: tls("trustPublicRoots"),
    given: true,
    absent: "off",
  },
  "--tls-engine": {
    words: ["own"],
    beside: ["+tla"],
    read: tls("engine"),
    given: "own",
    absent: "off",
  },
  "--tls-report": {
    words: [],
    beside: ["+tla"],
    read: (options) => options.tlsReport,
    given: true,
    absent: false,
  },
  "--expiry-warn": {
    words: ["30"],
    beside: ["+tla"],
    read: (options) => options.expiryWarnDays,
    given: 30,
    absent: undefined,
  },
  "--user": {
    words: ["alice"],
    read: ({ user }) => user,
    given: { identity: { kind: "name", name: "alice" }, wantsResponse: false },
    absent: undefined,
  },
  "--user-password-file": {
    words: ["f"],
    beside: ["--user", "a"],
    read: ({ user }) => user?.identity.kind === "name" && user.identity.password,
    given: { kind: "file", path: "f" },
    absent: undefined,
  },
  "--user-password-env": {
    words: ["V"],
    beside: ["--user", "a"],
    read: ({ user }) => user?.identity.kind === "name" && user.identity.password,
    given: { kind: "variable", name: "V" },
    absent: undefined,
  },
  "--jwt-file": token("jwt"),
  "--saml-file": token("saml"),
  "--kerberos-file": token("kerberos"),
  "--user-response": {
    words: [],
    beside: ["--user", "a"],
    read: ({ user }) => user?.wantsResponse,
    given: true,
    absent: false,
  },
  "--pem-keys": {
    words: [],
    beside: ["+tla", "-der"],
    read: tls("fileFormat"),
    given: "pem",
    absent: "der",
  },
  "--der-keys": {
    words: [],
    beside: ["+tla"],
    read: tls("fileFormat"),
    given: "der",
    absent: "pem",
  },
  "--add-cert-file": {
    words: ["f"],
    beside: ["+tla"],
    read: tls("certificateFiles"),
    given: ["f"],
    absent: [],
  },
  "--add-cert-dir": {
    words: ["d"],
    beside: ["+tla"],
    read: tls("certificateDirectories"),
    given: ["d"],
    absent: [],
  },
  "--add-crl-file": {
    words: ["f"],
    beside: ["+tla"],
    read: tls("crlFiles"),
    given: ["f"],
    absent: [],
  },
  "--enable-crl-vfy": {
    words: [],
    beside: ["+tla"],
    read: tls("crlCheck"),
    given: "leaf",
    absent: "none",
  },
  "--enable-crl-all": {
    words: [],
    beside: ["+tla"],
    read: tls("crlCheck"),
    given: "chain",
    absent: "none",
  },
  "--profile-8996": profile("8996"),
  "--profile-8996-mod": profile("8996-mod"),
  "--profile-bcp195-nd": profile("bcp195-nd"),
  "--profile-bcp195": profile("bcp195"),
  "--profile-bcp195-ex": profile("bcp195-ex"),
  "--profile-basic": profile("basic"),
  "--profile-aes": profile("aes"),
  "--profile-null": profile("null"),
  "--cipher": {
    words: ["c"],
    beside: ["+tla"],
    read: tls("cipherSuites"),
    given: ["c"],
    absent: [],
  },
  "--no-sni": "elsewhere",
  "--request-sni": {
    words: ["s"],
    beside: ["+tla"],
    read: tls("serverName"),
    given: "s",
    absent: undefined,
  },
  "--seed": {
    words: ["f"],
    beside: ["+tla"],
    read: tls("seedFile"),
    given: "f",
    absent: undefined,
  },
  "--write-seed": {
    words: [],
    beside: ["+tla", "+rs", "f"],
    read: tls("writeSeedFile"),
    given: "f",
    absent: undefined,
  },
  "--write-seed-file": {
    words: ["g"],
    beside: ["+tla", "+rs", "f"],
    read: tls("writeSeedFile"),
    given: "g",
    absent: undefined,
  },
  "--require-peer-cert": {
    words: [],
    beside: ["+tla", "-ic"],
    read: tls("peerCertificate"),
    given: "require",
    absent: "ignore",
  },
  "--ignore-peer-cert": {
    words: [],
    beside: ["+tla"],
    read: tls("peerCertificate"),
    given: "ignore",
    absent: "require",
  },
  "--verify-cert": {
    words: ["f"],
    read: (o) => o.mode,
    given: { kind: "verify-cert", path: "f" },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--is-root-cert": {
    words: ["f"],
    read: (o) => o.mode,
    given: { kind: "is-root-cert", path: "f" },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--listen": {
    words: ["[::1]:104"],
    read: (o) => o.mode,
    given: { kind: "listen", address: "::1", port: 104, maxAssociations: 50 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--max-associations": {
    words: ["3"],
    beside: ["--listen", "1"],
    read: (o) => o.mode.kind === "listen" && o.mode.maxAssociations,
    given: 3,
    absent: 50,
  },
  "--selftest": {
    words: [],
    read: (o) => o.mode.kind,
    given: "selftest",
    absent: "check",
  },
  "--source-address": {
    words: ["[fd00::3]:11112"],
    read: (o) => o.sourceAddress,
    given: { address: "fd00::3", port: 11_112 },
    absent: undefined,
  },
  "--permissions": { words: [], read: (o) => o.permissions, given: true, absent: false },
  "--explain-code": {
    words: [],
    read: ({ mode }) => mode.kind === "explain-code" ? mode.words : mode.kind,
    given: ["a", "1"],
    absent: "check",
  },
  "--exporter": {
    words: ["127.0.0.1:9"],
    read: (o) => o.mode,
    given: {
      kind: "exporter",
      address: "127.0.0.1",
      port: 9,
      allow: [],
      hosts: [],
      plan: undefined,
      reloads: false,
      jobs: 32,
      jobsPerHost: 2,
    },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--exporter-allow": {
    words: ["*.lan:104"],
    beside: ["--exporter", "9"],
    read: (o) => o.mode.kind === "exporter" && o.mode.allow,
    given: [{ host: { kind: "text", text: "*.lan" }, firstPort: 104, lastPort: 104 }],
    absent: [],
  },
  "--exporter-host": {
    words: ["Exporter.lan,[::1]"],
    beside: ["--exporter", "9"],
    read: (o) => o.mode.kind === "exporter" && o.mode.hosts,
    given: ["exporter.lan", "::1"],
    absent: [],
  },
  "--exporter-reload": {
    words: [],
    beside: ["--exporter", "9", "--peers", "f"],
    read: (o) => o.mode.kind === "exporter" && o.mode.reloads,
    given: true,
    absent: false,
  },
  "--report": "elsewhere",
  "--json": {
    words: [],
    read: (o) => o.reports,
    given: [{ format: "json", file: undefined }],
    absent: [],
  },
  "--operator": {
    words: ["A. Miller"],
    read: (o) => o.operator,
    given: "A. Miller",
    absent: undefined,
  },
  "--pcap": { words: ["f"], read: (o) => o.pcap, given: "f", absent: undefined },
  "--trace": { words: ["-"], read: (o) => o.trace, given: "-", absent: undefined },
  "--bundle": { words: ["f"], read: (o) => o.bundle, given: "f", absent: undefined },
  "--redact": {
    words: [],
    beside: ["--trace", "f"],
    read: (o) => o.redact,
    given: true,
    absent: false,
  },
  "--history": { words: ["f"], read: (o) => o.history, given: "f", absent: undefined },
  "--history-keep": {
    words: ["30"],
    beside: ["--history", "f"],
    read: (o) => o.historyKeepDays,
    given: 30,
    absent: undefined,
  },
  "--warn-latency": {
    words: ["5"],
    beside: NAGIOS,
    read: (o) => o.warnLatencyMs,
    given: 5,
    absent: undefined,
  },
  "--critical-latency": {
    words: ["7"],
    beside: NAGIOS,
    read: (o) => o.criticalLatencyMs,
    given: 7,
    absent: undefined,
  },
  "--explain": { words: [], read: (o) => o.explain, given: true, absent: false },
  "--exit-codes": {
    words: ["detailed"],
    read: (o) => o.exitCodes,
    given: "detailed",
    absent: "default",
  },
  "--plan": {
    words: ["site.yaml"],
    read: ({ mode }) => mode.kind === "plan" ? mode.source : mode.kind,
    given: { form: "plan", path: "site.yaml" },
    absent: "check",
  },
  "--peers": {
    words: ["-"],
    read: ({ mode }) => mode.kind === "plan" ? mode.source : mode.kind,
    given: { form: "peers", path: "-" },
    absent: "check",
  },
  "--plan-check": { ...plan("checkOnly"), words: [], given: true, absent: false },
  "--only": { ...plan("only"), words: ["ct"], given: ["ct"], absent: [] },
  "--except": { ...plan("except"), words: ["ct"], given: ["ct"], absent: [] },
  "--jobs": { ...plan("jobs"), words: ["5"], given: 5, absent: 32 },
  "--jobs-per-host": { ...plan("jobsPerHost"), words: ["5"], given: 5, absent: 2 },
  "--peer-deadline": {
    words: ["0.5"],
    read: (o) => o.peerDeadlineSeconds,
    given: 0.5,
    absent: undefined,
  },
  "--deadline": { ...plan("deadlineSeconds"), words: ["60"], given: 60, absent: undefined },
  "--retries": { ...plan("retries"), words: ["3"], given: 3, absent: 0 },
  "--retry-delay": { ...plan("retryDelaySeconds"), words: ["0"], given: 0, absent: 1 },
  "--interval": {
    words: ["0.2"],
    beside: ["--repeat", "2"],
    read: (o) => o.intervalSeconds,
    given: 0.2,
    absent: undefined,
  },
  "--watch": {
    words: ["30"],
    read: ({ mode }) => mode,
    given: { kind: "watch", peer: "a", port: 1, seconds: 30 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--diagnose": {
    words: [],
    read: ({ mode }) => mode,
    given: { kind: "diagnose", peer: "a", port: 1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--probe-titles": {
    words: [],
    read: (o) => o.mode,
    given: { kind: "probe-titles", peer: "a", port: 1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--accept-titles": behaves(["A, B"], { acceptTitles: ["A", "B"] }),
  "--reject": behaves(["1/1/7"], { reject: { result: 1, source: 1, reason: 7 } }),
  "--status": behaves(["0122"], { status: 0x0122 }),
  "--delay": behaves(["0.5"], { delaySeconds: 0.5 }),
  "--abort-after": behaves(["0"], { abortAfter: 0 }),
  "--drop": behaves([], { drop: true }),
  "--verify-back": {
    words: ["A@b:104"],
    beside: ["--listen", "1"],
    read: ({ mode }) => mode.kind === "listen" ? mode.back : mode,
    given: { called: "A", host: "b", port: 104 },
    absent: undefined,
  },
  "--survey": {
    words: ["query,verification"],
    read: (o) => o.mode,
    given: { kind: "survey", peer: "a", port: 1, groups: ["verification", "query"] },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--tls-scan": {
    words: [],
    read: ({ mode }) => mode,
    given: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0.1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--scan-pause": {
    words: ["0"],
    beside: ["--tls-scan"],
    read: ({ mode }) => mode,
    given: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0 },
    absent: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0.1 },
  },
  "--wait-until-up": {
    words: ["90"],
    read: ({ mode }) => mode,
    given: { kind: "wait", peer: "a", port: 1, seconds: 90 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--color": { words: ["never"], read: (o) => o.color, given: "never", absent: "auto" },
};

/** What an option with a number needs besides it. */
const BESIDE: Readonly<Record<string, readonly string[]>> = {
  "--warn-latency": NAGIOS,
  "--critical-latency": NAGIOS,
  "--expiry-warn": ["+tla"],
};

const ROWS: readonly OptionRow[] = OPTION_ROWS;
const HOST = hostWith({ f: CONFIG });

/** `a 1`, unless one of the words does away with parameters. */
function withParameters(words: readonly string[]): readonly string[] {
  const isAlone = ROWS.some((row) => row.parameters === "none" && words.includes(row.long)) &&
    !words.includes("--explain-code");
  return isAlone ? words : [...words, "a", "1"];
}

for (const row of ROWS) {
  const effect = EFFECTS[row.long as LongName];
  if (typeof effect === "string") continue;
  const { words, beside = [], read, given, absent } = effect;
  const names = row.short === undefined ? [row.long] : [row.long, row.short];

  Deno.test(`${row.long} has its effect in every spelling, and none when absent`, async () => {
    assert.deepEqual(read(await optionsOf(withParameters(beside), HOST)), absent);
    for (const name of names) {
      const options = await optionsOf(withParameters([...beside, name, ...words]), HOST);
      assert.deepEqual(read(options), given);
    }
  });

  Deno.test(`${row.long} may be repeated, and stand after the parameters`, async () => {
    const once = [row.long, ...words];
    const repeated = row.accumulates ? [...given as string[], ...given as string[]] : given;
    const twice = withParameters([...beside, ...once, ...once]);
    assert.deepEqual(read(await optionsOf(twice, HOST)), repeated);
    const behind = [...withParameters([...beside, ...once]).slice(beside.length + once.length)];
    const moved = [...behind, ...beside, ...once];
    assert.deepEqual(read(await optionsOf(moved, HOST)), given);
  });
}

Deno.test("options with numbers accept both ends of their range and nothing beyond", async () => {
  for (const row of ROWS) {
    const [value] = row.values;
    if (value?.kind !== "integer") continue;
    const [partner] = row.needs?.[0] ?? [];
    const beside = BESIDE[row.long] ?? (partner === undefined ? [] : [partner, "1"]);
    const error = (number: number | string) =>
      errorOf(withParameters([...beside, row.long, String(number)]));
    const negative = value.minimum - 1 < 0 && value.reading === "unsigned";
    const below = negative ? "" : "underflow: ";
    assert.equal(await error(value.minimum), "(run)");
    assert.equal(await error(value.maximum), "(run)");
    assert.equal(
      await error(value.minimum - 1),
      `Invalid value for option ${row.long} (${below}${value.minimum - 1})`,
    );
    const above = BigInt(value.maximum) + 1n;
    assert.equal(
      await error(`${above}`),
      `Invalid value for option ${row.long} (overflow: ${above})`,
    );
    assert.equal(await error("x"), `Invalid value for option ${row.long} (x)`);
    assert.equal(await error(""), `Invalid value for option ${row.long}`);
  }
});

Deno.test("options with choices accept each of them and nothing else", async () => {
  for (const row of ROWS) {
    const [value] = row.values;
    if (value?.kind !== "choice" || row.prints) continue;
    const needed = "needs" in row ? row.needs?.flat() ?? [] : [];
    const more = needed.includes("--anonymous-tls") ? ["+tla"] : [];
    for (const word of [...value.choices, ...value.unlisted ?? []]) {
      assert.equal(await errorOf([...more, row.long, word, "a", "1"]), "(run)");
      const inCapitals = await errorOf([...more, row.long, word.toUpperCase(), "a", "1"]);
      assert.equal(inCapitals === "(run)", value.anyCase === true);
    }
    const text = value.complaint ?? `Invalid value for option ${row.long} (bad)`;
    assert.equal(await errorOf([...more, row.long, "bad", "a", "1"]), text);
  }
});

Deno.test("only the rightmost value of an option is looked at", async () => {
  assert.equal((await optionsOf(["-to", "0", "-to", "5", "a", "1"])).connectTimeoutSeconds, 5);
  assert.equal(
    await errorOf(["-to", "5", "--timeout", "0", "a", "1"]),
    "Invalid value for option --timeout (underflow: 0)",
  );
  assert.equal((await optionsOf(["-ll", "bad", "-ll", "info", "a", "1"])).logging.level, "info");
});

Deno.test("options that print and end do so with any parameters and any other values", async () => {
  for (const row of ROWS) {
    if (!row.prints) continue;
    const values = row.long === "--completions" ? ["bash"] : [];
    for (const parameters of [[], ["a"], ["a", "b", "c"], ["a", "0", "-to", "0", "-ll", "bad"]]) {
      const { kind } = await parse([row.long, ...values, ...parameters]);
      assert.ok(!["run", "error"].includes(kind), `${row.long}: ${kind}`);
    }
  }
});
