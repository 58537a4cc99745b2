/** From what the runtime's TLS throws to what happened: its error codes are too coarse, its texts say it. */

import type { TlsProblem } from "../tls/types.ts";

/** Alerts (RFC 8446 6, RFC 5246 7.2) by the names the runtime gives them. */
const ALERTS: Readonly<Record<string, number>> = {
  CloseNotify: 0,
  UnexpectedMessage: 10,
  BadRecordMac: 20,
  DecryptionFailed: 21,
  RecordOverflow: 22,
  DecompressionFailure: 30,
  HandshakeFailure: 40,
  NoCertificate: 41,
  BadCertificate: 42,
  UnsupportedCertificate: 43,
  CertificateRevoked: 44,
  CertificateExpired: 45,
  CertificateUnknown: 46,
  IllegalParameter: 47,
  UnknownCA: 48,
  AccessDenied: 49,
  DecodeError: 50,
  DecryptError: 51,
  ExportRestriction: 60,
  ProtocolVersion: 70,
  InsufficientSecurity: 71,
  InternalError: 80,
  InappropriateFallback: 86,
  UserCanceled: 90,
  NoRenegotiation: 100,
  MissingExtension: 109,
  UnsupportedExtension: 110,
  CertificateUnobtainable: 111,
  UnrecognisedName: 112,
  BadCertificateStatusResponse: 113,
  BadCertificateHashValue: 114,
  UnknownPSKIdentity: 115,
  CertificateRequired: 116,
  NoApplicationProtocol: 120,
};

/** What an error of the runtime's TLS means. */
export function problemOf(
  error: unknown,
  at: Pick<Extract<TlsProblem, { kind: "alert" }>, "isLate" | "ownCertificate" | "missingIssuer">,
): TlsProblem {
  const text = error instanceof Error ? error.message : String(error);
  const alert = alertIn(text);
  if (alert === 0) return { kind: "ended", how: "close-notify" };
  if (alert !== undefined) return { kind: "alert", alert, ...at };
  if (text.includes("MessageTooLarge")) return { kind: "too-long" };
  if (UNUSABLE.some((words) => text.includes(words))) return { kind: "unusable-certificate" };
  if (text.includes("before secure TLS connection")) return { kind: "ended", how: "closed" };
  if (/UnsupportedVersion|incompatible/i.test(text)) return { kind: "unsupported-version" };
  return { kind: "malformed", text };
}

/** What the runtime says of certificates that it cannot use: the first as a client, the second as a server. */
const UNUSABLE = ["verify the first certificate", "unable to get issuer certificate"];

function alertIn(text: string): number | undefined {
  const name = /^received fatal alert: (.+)$/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const number = /^(?:AlertDescription|Unknown)\((\w+)\)$/.exec(name)?.[1];
  return ALERTS[name] ?? (number === undefined ? 40 : Number(number));
}
