/**
 * The reference's lines about TLS. Its module is 000b; errors of its library carry 0800H plus the library's reason.
 *
 * The reference says the same few words for many causes; what really happened is reported by the hints.
 */

import { hex4 } from "../common/hex.ts";
import type { CheckEvent } from "../check/mod.ts";
import { unreachable } from "../errors.ts";
import type {
  CertificateFacts,
  LibraryFailure,
  TlsFacts,
  TlsProblem,
  TlsRefusal,
  TlsViolation,
} from "../tls/types.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";

/** The messages for those events that only TLS brings; `undefined` for all others. */
export function tlsMessagesOf(event: CheckEvent): readonly LogMessage[] | undefined {
  switch (event.type) {
    case "securing":
      return [messageTo(LOGGERS.tls, { level: "trace", text: "Starting TLS client handshake" })];
    case "securing-again": {
      const text = `TLS of the runtime: ${tlsCondition(event.problem)}, trying our own`;
      return [messageTo(LOGGERS.tls, { level: "debug", text })];
    }
    case "secured":
      return [
        messageTo(LOGGERS.tls, { level: "debug", text: () => connectionDetails(event.facts) }),
      ];
    case "association-request-failed":
      if (event.error.name !== "TlsFailed") return undefined;
      return [messageTo(LOGGERS.app, {
        level: "fatal",
        text: `Association Request Failed: ${tlsCondition(event.error.problem)}`,
      })];
    default:
      return undefined;
  }
}

/** The block of lines about a TLS connection. */
export function connectionDetails(facts: TlsFacts): string {
  const [peer] = facts.chain;
  return [
    "================== BEGIN TLS CONNECTION DETAILS =================",
    "Transport connection: TLS over TCP/IP",
    `  Protocol    : ${facts.protocol}`,
    `  Ciphersuite : ${facts.cipherSuite}, encryption: ${facts.cipherBits} bits`,
    ...peer === undefined
      ? ["Peer did not provide a certificate or certificate verification is disabled."]
      : certificateDetails(peer),
    "=================== END TLS CONNECTION DETAILS ==================",
  ].join("\n");
}

function certificateDetails(peer: CertificateFacts): readonly string[] {
  return [
    `Peer X.509v${peer.version} Certificate`,
    `  Subject     : ${peer.subjectLine}`,
    `  Issued by   : ${peer.issuerLine}`,
    `  Serial no.  : ${peer.serialLine}`,
    `  Validity    : not before ${peer.notBeforeLine}, not after ${peer.notAfterLine}`,
    `  Public key  : ${peer.publicKeyLine}`,
  ];
}

/** The condition of a problem. */
export function tlsCondition(problem: TlsProblem): string {
  switch (problem.kind) {
    case "refused":
      return refusalCondition(problem.refusal);
    case "alert":
      return problem.isLate ? LOST : alertCondition(problem.alert);
    case "not-tls":
      return sslError(0x10b, "wrong version number");
    case "ended":
      return ENDINGS[problem.how];
    case "timed-out":
      return "000b:000b TLS read operation did not complete (SSL_ERROR_WANT_READ)";
    case "too-long":
      return sslError(0xc6, "packet length too long");
    case "unsupported-version":
    case "nothing-in-common":
      return sslError(0x102, "unsupported protocol");
    case "unusable-certificate":
      return sslError(0x86, "certificate verify failed");
    case "key-proof":
      return "000b:0008 OpenSSL error 02000086: rsa routines: last octet invalid";
    case "malformed":
      return sslError(0x9f, "length mismatch");
    case "violation":
      return sslError(...VIOLATIONS[problem.violation]);
    default:
      return unreachable(problem);
  }
}

/** The reference's library for each broken rule: its reason and its words. */
const VIOLATIONS: Readonly<Record<TlsViolation, readonly [reason: number, text: string]>> = {
  "length": [0x9f, "length mismatch"],
  "record-version": [0x10b, "wrong version number"],
  "record-length": [0xc6, "packet length too long"],
  "record-authentication": [0x119, "decryption failed or bad record mac"],
  "record-type": [0xf5, "unexpected record"],
  "empty-records": [0x12a, "record too small"],
  "alert-length": [0xcd, "invalid alert"],
  "warnings": [0x199, "too many warn alerts"],
  "message": [0xf4, "unexpected message"],
  "message-length": [0x98, "excessive message size"],
  "message-count": [0xf4, "unexpected message"],
  "key-change": [0xb6, "not on record boundary"],
  "change-cipher-spec": [0x104, "invalid ccs message"],
  "version": [0x102, "unsupported protocol"],
  "downgrade": [0x175, "inappropriate fallback"],
  "suite": [0x105, "wrong cipher returned"],
  "compression": [0x101, "unsupported compression algorithm"],
  "session": [0x3e7, "invalid session id"],
  "extension": [0xd9, "unsolicited extension"],
  "extension-twice": [0x6e, "bad extension"],
  "extension-value": [0x6e, "bad extension"],
  "extension-missing": [0x6e, "bad extension"],
  "renegotiation": [0x151, "renegotiation mismatch"],
  "retry": [0xd6, "no change following hrr"],
  "group": [0x17a, "wrong curve"],
  "point": [0x132, "bad ecpoint"],
  "dh-size": [0x18a, "dh key too small"],
  "dh-value": [0x66, "bad dh value"],
  "certificate-key": [0x17f, "wrong certificate type"],
  "certificate-list": [0x9f, "length mismatch"],
  "signature-scheme": [0x172, "wrong signature type"],
  "signature": [0x7b, "bad signature"],
  "finished": [0x95, "digest check failed"],
};

const LOST = "0006:0317 Peer aborted Association (or never connected)";

const ENDINGS = {
  "closed": "000b:0926 TLS error: unexpected eof while reading",
  "reset": "000b:0017 OpenSSL I/O error (SSL_ERROR_SYSCALL)",
  "close-notify": "000b:000e TLS connection closed by peer (SSL_ERROR_ZERO_RETURN)",
} as const;

function refusalCondition(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
    case "host-name":
    case "unreadable":
    case "no-certificate":
      return sslError(0x86, "certificate verify failed");
    case "trust-file":
      return `000b:0008 ${libraryError(refusal.error, LIBRARIES)}`;
    case "outside-profile":
      return alertCondition(40);
    default:
      return unreachable(refusal);
  }
}

/** By the number in bits 23 to 30 of a code. */
const LIBRARIES: Readonly<Record<number, string>> = {
  9: "PEM routines",
  13: "asn1 encoding routines",
};

/** The reference's words for an entry of its library's error queue. */
export function libraryError(
  { code, reason }: LibraryFailure,
  libraries: Readonly<Record<number, string>> = {},
): string {
  const library = libraries[(code >> 23) & 0xff];
  const from = library === undefined ? "" : `${library}: `;
  return `OpenSSL error ${code.toString(16).padStart(8, "0")}: ${from}${reason ?? "OpenSSL error"}`;
}

function sslError(reason: number, text: string): string {
  return `000b:${hex4(0x800 + reason)} TLS error: ${text}`;
}

function alertCondition(alert: number): string {
  const text = ALERTS[alert];
  if (text === undefined) return sslError(1000 + 99, "OpenSSL error");
  return sslError(1000 + alert, text);
}

const ALERTS: Readonly<Record<number, string>> = {
  10: "sslv3 alert unexpected message",
  20: "sslv3 alert bad record mac",
  21: "tlsv1 alert decryption failed",
  22: "tlsv1 alert record overflow",
  30: "sslv3 alert decompression failure",
  40: "sslv3 alert handshake failure",
  41: "sslv3 alert no certificate",
  42: "sslv3 alert bad certificate",
  43: "sslv3 alert unsupported certificate",
  44: "sslv3 alert certificate revoked",
  45: "sslv3 alert certificate expired",
  46: "sslv3 alert certificate unknown",
  47: "sslv3 alert illegal parameter",
  48: "tlsv1 alert unknown ca",
  49: "tlsv1 alert access denied",
  50: "tlsv1 alert decode error",
  51: "tlsv1 alert decrypt error",
  60: "tlsv1 alert export restriction",
  70: "tlsv1 alert protocol version",
  71: "tlsv1 alert insufficient security",
  80: "tlsv1 alert internal error",
  86: "tlsv1 alert inappropriate fallback",
  90: "tlsv1 alert user cancelled",
  100: "tlsv1 alert no renegotiation",
  109: "tlsv13 alert missing extension",
  110: "tlsv1 unsupported extension",
  111: "tlsv1 certificate unobtainable",
  112: "tlsv1 unrecognized name",
  113: "tlsv1 bad certificate status response",
  114: "tlsv1 bad certificate hash value",
  115: "tlsv1 alert unknown psk identity",
  116: "tlsv13 alert certificate required",
  120: "tlsv1 alert no application protocol",
};
