/** Every suite that a scan asks for: what its registered name says of it, and in which hello it is offered. */

import { suiteByCode } from "../tls/mod.ts";
import { REGISTRY } from "./registry.ts";

/** A suite by its registered name. */
export interface ScanSuite {
  /** Code point. */
  readonly code: number;
  /** Registered name. */
  readonly name: string;
  /** Name that logs show, of those that options and profiles know. */
  readonly logName: string | undefined;
  /** How keys are agreed on; `any`: in TLS 1.3 the suite does not say. */
  readonly exchange: "rsa" | "dhe" | "ecdhe" | "dh" | "ecdh" | "any";
  /** Whether nobody proves who the server is. */
  readonly isAnonymous: boolean;
  /** The kind of its cipher. */
  readonly cipher: "none" | "export" | "broken" | "64-bit" | "cbc" | "aead";
  /** Lowest version it is for, as on the wire. */
  readonly minVersion: number;
}

const TLS10 = 0x0301;
const TLS12 = 0x0303;
const TLS13 = 0x0304;

/** All suites, by their numbers. */
export const CATALOGUE: ReadonlyMap<number, ScanSuite> = new Map(
  REGISTRY.trim().split("\n").map((line) => {
    const suite = suiteOf(Number.parseInt(line.slice(0, 4), 16), line.slice(5));
    return [suite.code, suite];
  }),
);

function suiteOf(code: number, name: string): ScanSuite {
  const [before, after] = name.includes("_WITH_") ? name.split("_WITH_") : ["", name];
  const is13 = before === "";
  const isAead = is13 || /GCM|CCM|POLY1305/.test(after ?? "");
  const isNew = isAead || /SHA256$|SHA384$/.test(name);
  return {
    code,
    name: `TLS_${name}`,
    logName: suiteByCode(code)?.logName,
    exchange: is13 ? "any" : exchangeOf(before ?? ""),
    isAnonymous: name.includes("_anon_"),
    cipher: cipherOf(name, isAead),
    minVersion: is13 ? TLS13 : isNew ? TLS12 : TLS10,
  };
}

function exchangeOf(before: string): ScanSuite["exchange"] {
  // Without certificates keys are always fresh.
  if (before.startsWith("ECDHE") || before === "ECDH_anon") return "ecdhe";
  if (before.startsWith("DHE") || before.startsWith("DH_anon")) return "dhe";
  if (before.startsWith("ECDH")) return "ecdh";
  return before.startsWith("DH") ? "dh" : "rsa";
}

function cipherOf(name: string, isAead: boolean): ScanSuite["cipher"] {
  if (name.includes("_NULL_") || /^SHA(?:256|384)_/.test(name)) return "none";
  if (name.includes("_EXPORT_")) return "export";
  if (/_RC4_|_DES_|_DES40_|_RC2_/.test(name)) return "broken";
  if (/_3DES_|_IDEA_/.test(name)) return "64-bit";
  return isAead ? "aead" : "cbc";
}

/** More suites in one hello than this and some servers give up. */
const MOST_IN_HELLO = 60;

/**
 * The suites of `version`, in the groups in which they are offered: good ones first, so that a server that leaves the
 * choice to us is shown at its best, and those that are usual before those that hardly anybody has.
 */
export function suiteGroups(version: number): readonly (readonly number[])[] {
  const fitting = [...CATALOGUE.values()].filter(({ minVersion }) =>
    version === TLS13
      ? minVersion === TLS13
      : minVersion < TLS13 && minVersion <= Math.max(version, TLS10)
  );
  const ranked = fitting.toSorted((left, right) => rankOf(left) - rankOf(right));
  const codes = ranked.map(({ code }) => code);
  const count = Math.ceil(codes.length / MOST_IN_HELLO);
  return Array.from(
    { length: count },
    (_, at) => codes.slice(at * MOST_IN_HELLO, (at + 1) * MOST_IN_HELLO),
  );
}

const CIPHERS: readonly ScanSuite["cipher"][] = [
  "aead",
  "cbc",
  "64-bit",
  "broken",
  "none",
  "export",
];

/** What is rare comes last, then what is weak. */
function rankOf({ name, exchange, isAnonymous, cipher }: ScanSuite): number {
  const isRare = isAnonymous || exchange === "dh" || exchange === "ecdh" ||
    /ARIA|SEED|CAMELLIA_\d+_(?:GCM|CBC_SHA[23])|SM4|_RC2_|_IDEA_|ECDSA_WITH_NULL/.test(name);
  const isFresh = exchange === "ecdhe" || exchange === "dhe" || exchange === "any";
  const isUnloved = /CAMELLIA|_DSS_/.test(name);
  return Number(isRare) * 1000 + CIPHERS.indexOf(cipher) * 100 + Number(isUnloved) * 20 +
    Number(!isFresh) * 10 + Number(exchange !== "ecdhe");
}
