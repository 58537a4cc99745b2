/** Situations of a TLS handshake. */

import type { TlsRefusal } from "../tls/types.ts";
import type { Applies, Situation } from "./types.ts";
import { ALERTED } from "./situations_tls_alerts.ts";
import { CUT_SHORT } from "./situations_tls_ended.ts";
import { ABOUT_CRLS, isLackOf, UNKNOWN_CA } from "./verify_codes.ts";
import { when, whenProblem } from "./when.ts";
import type { Words } from "./types.ts";

function whenRefused(test: (refusal: TlsRefusal) => boolean): Applies {
  return whenProblem((problem) => problem.kind === "refused" && test(problem.refusal));
}

function whenReason(test: (code: number) => boolean): Applies {
  return whenRefused((refusal) =>
    refusal.kind === "certificate" && !isForLackOfFile(refusal) && test(refusal.code)
  );
}

/** Whether a file that could not be loaded may have held what is missing. */
function isForLackOfFile(refusal: TlsRefusal): boolean {
  return refusal.kind === "certificate" && refusal.unloaded !== undefined &&
    isLackOf(refusal.code);
}

const NAMED_REASONS = [9, 10, 18, 23, 26, ...UNKNOWN_CA, ...ABOUT_CRLS];

function rowsOf(
  fault: Situation["fault"],
  rows: readonly Omit<Situation, "stage" | "fault">[],
): readonly Situation[] {
  return rows.map((row) => ({ stage: "tls", fault, ...row }));
}

function stating(advice: string): (words: Words) => string {
  return ({ finding }) => `${finding}; ${advice}`;
}

const REFUSED: readonly Situation[] = rowsOf("peer", [
  {
    id: "tls-certificate-expired",
    title: "a certificate of the peer has expired",
    applies: whenReason((code) => code === 10),
    hint: stating("it has to be renewed there"),
  },
  {
    id: "tls-certificate-not-yet-valid",
    title: "a certificate of the peer is not yet valid",
    applies: whenReason((code) => code === 9),
    hint: stating("check this machine's clock"),
  },
  {
    id: "tls-certificate-self-signed",
    title: "the peer's certificate is signed by itself and not trusted",
    applies: whenReason((code) => code === 18),
    hint: stating("if it is the right one, trust it by +cf"),
  },
  {
    id: "tls-ca-unknown",
    title: "no path leads from the peer's certificate to a trusted root",
    applies: whenReason((code) => UNKNOWN_CA.includes(code)),
    hint: stating(
      "give the CA by +cf, intermediate ones too when the peer does not send them; folders of +cd need hash links (openssl rehash)",
    ),
  },
  {
    id: "tls-trust-not-loaded",
    title: "what would vouch for the peer is missing, and a file that was named was not loaded",
    applies: whenRefused(isForLackOfFile),
    hint: ({ finding, file, fileTrouble }) => `${finding}; ${file} ${fileTrouble}`,
  },
  {
    id: "tls-certificate-revoked",
    title: "a certificate of the peer was revoked",
    applies: whenReason((code) => code === 23),
    hint: stating("it must be replaced there"),
  },
  {
    id: "tls-purpose-wrong",
    title: "the peer's certificate is not made for a TLS server",
    applies: whenReason((code) => code === 26),
    hint: stating("the peer needs another one"),
  },
  {
    id: "tls-crl-unusable",
    title: "a revocation list that is needed is missing or cannot be used",
    applies: whenReason((code) => ABOUT_CRLS.includes(code)),
    hint: stating("give the issuer's current list by +crl"),
  },
  {
    id: "tls-certificate-refused",
    title: "a certificate of the peer breaks a rule",
    applies: whenReason((code) => !NAMED_REASONS.includes(code)),
    hint: stating("the peer needs another one"),
  },
  {
    id: "tls-trust-file-unusable",
    title: "a file in a trust directory cannot be read",
    applies: whenRefused(({ kind }) => kind === "trust-file"),
    hint: stating("replace or remove it"),
  },
  {
    id: "tls-host-name-wrong",
    title: "the peer's certificate is for another host",
    applies: whenRefused(({ kind }) => kind === "host-name"),
    hint: stating("use a name it is for, or --verify-hostname-as"),
  },
  {
    id: "tls-outside-profile",
    title: "the peer chose a version or cipher suite that the profile does not have",
    applies: whenRefused(({ kind }) => kind === "outside-profile"),
    hint: ({ finding, allowing }) => `${finding}; ${allowing}`,
  },
  {
    id: "tls-certificate-missing",
    title: "the peer showed no certificate",
    applies: whenRefused(({ kind }) => kind === "no-certificate"),
    hint: () => "the peer showed no certificate: it has to be given one",
  },
  {
    id: "tls-certificate-unreadable",
    title: "the peer's certificate is damaged",
    applies: whenRefused(({ kind }) => kind === "unreadable"),
    hint: () => "the peer's certificate cannot be read; it needs another one",
  },
]);

const BROKEN: readonly Situation[] = rowsOf("peer", [
  {
    id: "tls-plain-dicom",
    title: "the port answers in plain DICOM, not TLS",
    applies: whenProblem((problem) => problem.kind === "not-tls" && isPdu(problem.head)),
    hint: ({ host, port }) =>
      `port ${port} of ${host} speaks plain DICOM: leave TLS out, or use the peer's TLS port (2762 is usual)`,
  },
  {
    id: "tls-plain",
    title: "the port answers in another protocol, not TLS",
    applies: whenProblem((problem) => problem.kind === "not-tls" && !isPdu(problem.head)),
    hint: ({ host, port, firstBytes }) =>
      `port ${port} of ${host} does not speak TLS, its answer begins with ${firstBytes}: check the port`,
  },
  {
    id: "tls-record-too-long",
    title: "the peer sends more than a handshake can be",
    applies: whenProblem(({ kind }) => kind === "too-long"),
    hint: () => "what the peer sends is not sound TLS: check the port, and what is in between",
  },
  {
    id: "tls-version-unsupported",
    title: "the peer chose a TLS version that was not offered",
    // Nothing in common is for a server to find: no check ends with it.
    applies: whenProblem(({ kind }) =>
      kind === "unsupported-version" || kind === "nothing-in-common"
    ),
    hint: () => "the peer chose a TLS version that was not offered: it needs an update",
  },
  {
    id: "tls-key-not-proved",
    title: "the peer does not prove that it has the key of its certificate",
    applies: whenProblem(({ kind }) => kind === "key-proof"),
    hint: () =>
      "the signature with the key of the peer's certificate is wrong: the peer has another key, or something in between shows its certificate",
  },
  {
    id: "tls-certificate-unusable",
    title: "the runtime's TLS cannot use the peer's certificate, or the proof of its key",
    applies: whenProblem(({ kind }) => kind === "unusable-certificate"),
    hint: () =>
      "the runtime's TLS cannot use the peer's certificate (RSA key below 2048 bits, a critical extension that it does not know, an unusual encoding) or its proof of the key: --tls-engine own says which",
  },
  {
    id: "tls-malformed",
    title: "the peer's handshake makes no sense",
    applies: whenProblem(({ kind }) => kind === "malformed" || kind === "violation"),
    hint: ({ finding }) => `the peer's TLS is broken: ${finding}`,
  },
]);

/** In the order in which a handshake meets them. */
export const SECURING: readonly Situation[] = [
  ...BROKEN,
  ...CUT_SHORT,
  ...ALERTED,
  ...REFUSED,
  {
    id: "tls-overdue",
    stage: "tls",
    fault: "peer",
    title: "the TLS handshake was not done in time",
    applies: when("TimedOut", ({ stage }) => stage === "tls"),
    hint: ({ host, port, limit, limitOption }) =>
      `${host} accepted the connection on port ${port}, but there was no TLS after ${limit} (${limitOption}): it may be slow, hang, or wait for something other than TLS`,
  },
  {
    id: "interrupted-securing",
    stage: "tls",
    fault: "user",
    title: "ended by a signal during the TLS handshake",
    applies: when("Interrupted", ({ stage }) => stage === "tls"),
    hint: ({ host, port, limit, limitOption }) =>
      `${host} had not finished the handshake on port ${port}; ${limitOption} sets the limit for that wait (${limit} now)`,
  },
];

/** An upper layer PDU begins with its type and a zero byte. */
function isPdu([type = 0, reserved = 0xff]: Uint8Array): boolean {
  return type >= 1 && type <= 7 && reserved === 0;
}
