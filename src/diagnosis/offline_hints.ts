/** The hints for `+vc` and `+rc`, which decide on a file without any peer. */

import type { FileTrouble, UnloadedFile } from "../tls/types.ts";
import { troubleText } from "./file_trouble.ts";
import { safeClause } from "./sentence.ts";
import { ABOUT_CRLS, isLackOf, UNKNOWN_CA } from "./verify_codes.ts";

/** Why a certificate did not pass. */
export type OfflineFinding =
  /** Nothing says what is trusted. */
  | { readonly kind: "no-trust" }
  /** The file holds no certificate. */
  | { readonly kind: "file"; readonly trouble: FileTrouble }
  /** It was decided on. */
  | {
    readonly kind: "refused";
    /** The reference's number. */
    readonly code: number;
    /** One clause with everything in it. */
    readonly sentence: string;
    /** Files that were to be trusted and could not be loaded. */
    readonly unloaded: readonly UnloadedFile[];
  };

/** What is wrong with a certificate file and what to do; `mode` says whether it was to be a root. */
export function offlineHint(finding: OfflineFinding, mode: "verify-cert" | "is-root-cert"): string {
  switch (finding.kind) {
    case "no-trust":
      return "nothing says what is trusted: add +tla, and the CA by +cf or a folder by +cd";
    case "file":
      return `the file ${troubleText(finding.trouble, ["certificate"])}`;
    case "refused": {
      const advice = mode === "is-root-cert" ? rootAdvice(finding.code) : advice509(finding);
      return `${safeClause(finding.sentence)}; ${advice}`;
    }
  }
}

type Refused = Extract<OfflineFinding, { kind: "refused" }>;

function advice509({ code, unloaded }: Refused): string {
  const lost = isLackOf(code) ? lostFor(code, unloaded) : undefined;
  if (lost === undefined) return adviceOf(code);
  return `${safeClause(lost.path)} (${lost.option}) ${
    troubleText(lost.trouble, ["certificate", "CRL"])
  }`;
}

/** A list that is missing is looked for among the lists first. */
function lostFor(code: number, unloaded: readonly UnloadedFile[]): UnloadedFile | undefined {
  const isList = ABOUT_CRLS.includes(code);
  return unloaded.find(({ option }) => isList && option === "+crl") ?? unloaded[0];
}

function adviceOf(code: number): string {
  if (UNKNOWN_CA.includes(code)) {
    return "give the CA by +cf, intermediate ones too or after it in its file; folders of +cd need hash links (openssl rehash)";
  }
  if (ABOUT_CRLS.includes(code)) return "give the issuer's current list by +crl";
  return ADVICE[code] ?? "it has to be replaced";
}

function rootAdvice(code: number): string {
  return UNKNOWN_CA.includes(code) ? "a root is issued by itself" : adviceOf(code);
}

const ADVICE: Readonly<Record<number, string>> = {
  9: "check this machine's clock",
  10: "it has to be renewed",
  18: "if it is the right one, trust it by +cf",
};
