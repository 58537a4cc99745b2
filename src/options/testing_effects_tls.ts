// data table
/** What the options of TLS do, for their tests. */

import type { Options } from "./options.ts";
import type { Effect } from "./testing_effect.ts";

const KEYS = ["+tls", "k", "c"];

/** Reads a member of the TLS settings, whatever the mode. */
function tls(member: string): (options: Options) => unknown {
  return ({ tls }) => member in tls ? Reflect.get(tls, member) : "off";
}

function profile(name: string): Effect {
  const isDefault = name === "bcp195-nd";
  const others = isDefault ? ["+tla", "+px"] : ["+tla"];
  const absent = isDefault ? "bcp195" : "bcp195-nd";
  return { words: [], others, read: tls("profile"), given: name, absent };
}

/** A case for each row; `elsewhere`: its own tests show what it does. */
export const TLS_EFFECTS = {
  "--list-ciphers": "prints",
  "--list-profiles": "prints",
  "--disable-tls": {
    words: [],
    others: ["+tla"],
    read: (o) => o.tls.mode,
    given: "off",
    absent: "anonymous",
  },
  "--enable-tls": { words: ["k", "c"], read: tls("keyFile"), given: "k", absent: "off" },
  "--anonymous-tls": { words: [], read: (o) => o.tls.mode, given: "anonymous", absent: "off" },
  "--std-passwd": {
    words: [],
    others: [...KEYS, "-pw"],
    read: tls("password"),
    given: { kind: "prompt" },
    absent: { kind: "given", password: "" },
  },
  "--use-passwd": {
    words: ["p"],
    others: KEYS,
    read: tls("password"),
    given: { kind: "given", password: "p" },
    absent: { kind: "unset" },
  },
  "--null-passwd": {
    words: [],
    others: KEYS,
    read: tls("password"),
    given: { kind: "given", password: "" },
    absent: { kind: "unset" },
  },
  "--password-file": {
    words: ["f"],
    others: KEYS,
    read: tls("password"),
    given: { kind: "file", path: "f" },
    absent: { kind: "unset" },
  },
  "--verify-hostname": {
    words: [],
    others: ["+tla"],
    read: tls("wantedName"),
    given: { kind: "peer" },
    absent: "off",
  },
  "--verify-hostname-as": {
    words: ["pacs"],
    others: ["+tla"],
    read: tls("wantedName"),
    given: { kind: "name", name: "pacs" },
    absent: "off",
  },
  "--trust-public-roots": {
    words: [],
    others: ["+tla"],
    read: tls("trustPublicRoots"),
    given: true,
    absent: "off",
  },
  "--tls-engine": {
    words: ["own"],
    others: ["+tla"],
    read: tls("engine"),
    given: "own",
    absent: "off",
  },
  "--tls-report": {
    words: [],
    others: ["+tla"],
    read: (options) => options.tlsReport,
    given: true,
    absent: false,
  },
  "--expiry-warn": {
    words: ["30"],
    others: ["+tla"],
    read: (options) => options.expiryWarnDays,
    given: 30,
    absent: undefined,
  },
  "--pem-keys": {
    words: [],
    others: ["+tla", "-der"],
    read: tls("fileFormat"),
    given: "pem",
    absent: "der",
  },
  "--der-keys": {
    words: [],
    others: ["+tla"],
    read: tls("fileFormat"),
    given: "der",
    absent: "pem",
  },
  "--add-cert-file": {
    words: ["f"],
    others: ["+tla"],
    read: tls("certificateFiles"),
    given: ["f"],
    absent: [],
  },
  "--add-cert-dir": {
    words: ["d"],
    others: ["+tla"],
    read: tls("certificateDirectories"),
    given: ["d"],
    absent: [],
  },
  "--add-crl-file": {
    words: ["f"],
    others: ["+tla"],
    read: tls("crlFiles"),
    given: ["f"],
    absent: [],
  },
  "--enable-crl-vfy": {
    words: [],
    others: ["+tla"],
    read: tls("crlCheck"),
    given: "leaf",
    absent: "none",
  },
  "--enable-crl-all": {
    words: [],
    others: ["+tla"],
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
    others: ["+tla"],
    read: tls("cipherSuites"),
    given: ["c"],
    absent: [],
  },
  "--no-sni": "elsewhere",
  "--request-sni": {
    words: ["s"],
    others: ["+tla"],
    read: tls("serverName"),
    given: "s",
    absent: undefined,
  },
  "--seed": {
    words: ["f"],
    others: ["+tla"],
    read: tls("seedFile"),
    given: "f",
    absent: undefined,
  },
  "--write-seed": {
    words: [],
    others: ["+tla", "+rs", "f"],
    read: tls("writeSeedFile"),
    given: "f",
    absent: undefined,
  },
  "--write-seed-file": {
    words: ["g"],
    others: ["+tla", "+rs", "f"],
    read: tls("writeSeedFile"),
    given: "g",
    absent: undefined,
  },
  "--require-peer-cert": {
    words: [],
    others: ["+tla", "-ic"],
    read: tls("peerCertificate"),
    given: "require",
    absent: "ignore",
  },
  "--ignore-peer-cert": {
    words: [],
    others: ["+tla"],
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
  "--tls-scan": {
    words: [],
    read: ({ mode }) => mode,
    given: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0.1 },
    absent: { kind: "check", peer: "a", port: 1 },
  },
  "--scan-pause": {
    words: ["0"],
    others: ["--tls-scan"],
    read: ({ mode }) => mode,
    given: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0 },
    absent: { kind: "tls-scan", peer: "a", port: 1, pauseSeconds: 0.1 },
  },
} as const satisfies Readonly<Record<string, Effect | "prints" | "elsewhere">>;
