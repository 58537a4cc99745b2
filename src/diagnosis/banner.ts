/** Which other protocol is spoken on a port, told from the first bytes that came from it. */

/** Protocols that other services speak first or answer with; each has its own situation or name. */
export type Protocol =
  | "HTTP"
  | "HTTP/2"
  | "TLS"
  | "SSH"
  | "HL7"
  | "SMTP"
  | "FTP"
  | "SMTP or FTP"
  | "POP3"
  | "IMAP"
  | "RTSP or SIP"
  | "VNC"
  | "Telnet"
  | "XML"
  | "AMQP"
  | "MySQL"
  | "Redis";

interface Signature {
  readonly protocol: Protocol;
  /** Tried on the bytes read as Latin-1. */
  readonly pattern: RegExp;
}

/**
 * The first that matches counts.
 *
 * A TLS record begins with its type (20 to 23) and version 3.x (RFC 8446 5.1); an HL7 message over MLLP with a
 * vertical tab; Telnet with IAC and a command; HTTP/2 with a SETTINGS frame (RFC 9113 6.5).
 */
const SIGNATURES: readonly Signature[] = [
  { protocol: "HTTP", pattern: /^HTTP\/\d/ },
  { protocol: "HTTP", pattern: /^\s*<(!doctype html|html)/i },
  // deno-lint-ignore no-control-regex
  { protocol: "TLS", pattern: /^[\x14-\x17]\x03[\x00-\x04]/ },
  { protocol: "SSH", pattern: /^SSH-/ },
  // deno-lint-ignore no-control-regex
  { protocol: "HL7", pattern: /^(\x0b|MSH[^\w\s])/ },
  { protocol: "SMTP", pattern: /^[2-5]\d\d[ -][^\r\n]*SMTP/i },
  { protocol: "FTP", pattern: /^[2-5]\d\d[ -][^\r\n]*FTP/i },
  { protocol: "SMTP or FTP", pattern: /^[2-5]\d\d[ -]/ },
  { protocol: "POP3", pattern: /^(\+OK|-ERR [^\r\n]*POP)/ },
  { protocol: "Redis", pattern: /^-(ERR|NOAUTH|DENIED)/ },
  { protocol: "IMAP", pattern: /^\* (OK|BYE|PREAUTH)/ },
  { protocol: "RTSP or SIP", pattern: /^(RTSP|SIP)\/\d/ },
  { protocol: "VNC", pattern: /^RFB \d/ },
  { protocol: "Telnet", pattern: /^\xff[\xfb-\xfe]/ },
  { protocol: "XML", pattern: /^\s*<\?xml/ },
  { protocol: "AMQP", pattern: /^AMQP/ },
  // deno-lint-ignore no-control-regex
  { protocol: "MySQL", pattern: /^[^\0]\0\0\0[\x0a\xff]/ },
  // deno-lint-ignore no-control-regex
  { protocol: "HTTP/2", pattern: /^\0[\s\S]{2}\x04\0\0\0\0\0/ },
];

/** The protocol that `head` belongs to; `undefined` when it is none we know. */
export function protocolOf(head: Uint8Array): Protocol | undefined {
  const text = latin1(head);
  return SIGNATURES.find(({ pattern }) => pattern.test(text))?.protocol;
}

/** Whether the first bytes are text that a person can read. */
export function isText(head: Uint8Array): boolean {
  return head.length > 0 && /^[\t\r\n\x20-\x7e]+$/.test(latin1(head.subarray(0, 16)));
}

/** The first line of text, or the first bytes in hex. */
export function firstBytesOf(head: Uint8Array): string {
  if (isText(head)) return latin1(head).trimStart().split(/[\r\n]/, 1)[0]?.slice(0, 40) ?? "";
  return Array.from(head.subarray(0, 8), (byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
