// deno-lint-ignore-file no-control-regex
/** Which other protocol a caller speaks, told from the first bytes that came from it. */

/** What calls a DICOM port by mistake, to look what is there, or on behalf of somebody else. */
export type ForeignCaller =
  | "HTTP"
  | "HTTP/2"
  | "TLS"
  | "SSH"
  | "PROXY protocol"
  | "HL7"
  | "RTSP or SIP"
  | "SMB"
  | "RDP"
  | "SOCKS"
  | "LDAP"
  | "Telnet"
  | "SMTP or FTP"
  | "port scanner";

interface Signature {
  readonly caller: ForeignCaller;
  /** Tried on the bytes read as Latin-1. */
  readonly pattern: RegExp;
}

/** How many of a caller's first bytes are kept to know it by. */
export const HEAD_LENGTH = 256;

/*
 * The first that matches counts. Scanners first: they speak whatever may get an answer, and are known by the probes of
 * Nmap's service detection and by the names that they give themselves.
 */
const SIGNATURES: readonly Signature[] = [
  { caller: "port scanner", pattern: /^GET \/nice%20ports|\b(?:nmap|zgrab|masscan|censys)\b/i },
  {
    caller: "port scanner",
    pattern: /^(?:HELP\r\n|l\x00\x0b\x00|TNMP|DmdT|JRMI|\x00\x1e\x00\x06\x01)/,
  },
  { caller: "PROXY protocol", pattern: /^(?:PROXY (?:TCP|UNKNOWN)|\r\n\r\n\x00\r\nQUIT)/ },
  { caller: "port scanner", pattern: /^\r\n\r\n$/ },
  {
    caller: "RTSP or SIP",
    pattern: /^[A-Z]{3,13} (?:sips?:|rtsp:|[^ \r\n]{1,99} (?:SIP|RTSP)\/\d)/,
  },
  { caller: "HTTP/2", pattern: /^PRI \* HTTP\/2/ },
  {
    caller: "HTTP",
    pattern: /^(?:GET|HEAD|POST|PUT|DELETE|OPTIONS|PATCH|TRACE|CONNECT|PROPFIND) [/*h]/,
  },
  // A record of TLS (RFC 8446 5.1), or the hello of SSL 2 in which old scanners and clients wrap theirs.
  { caller: "TLS", pattern: /^(?:[\x14-\x17]\x03[\x00-\x04]|[\x80-\xff][^]\x01\x03[\x00-\x04])/ },
  { caller: "SSH", pattern: /^SSH-\d/ },
  { caller: "HL7", pattern: /^\x0b?MSH[^\w\s]/ },
  { caller: "SMB", pattern: /^\x00\x00[^]{2}[\xfe\xff]SMB/ },
  // TPKT with a connection request of X.224.
  { caller: "RDP", pattern: /^\x03\x00\x00[^]{2}\xe0/ },
  { caller: "SOCKS", pattern: /^(?:\x05[\x01-\x04][\x00-\x03]|\x04\x01[^]{6}[^\x00]*\x00$)/ },
  { caller: "LDAP", pattern: /^0[\x0c-\x7f]\x02\x01[^][\x60-\x63]/ },
  { caller: "Telnet", pattern: /^\xff[\xfb-\xfe]/ },
  { caller: "SMTP or FTP", pattern: /^(?:EHLO|HELO|USER|QUIT)[ \r]/i },
];

/** Who begins with `head`, of which at most `HEAD_LENGTH` bytes are looked at; `undefined`: nobody known. */
export function foreignCaller(head: Uint8Array): ForeignCaller | undefined {
  const text = String.fromCharCode(...head.subarray(0, HEAD_LENGTH));
  return SIGNATURES.find(({ pattern }) => pattern.test(text))?.caller;
}
