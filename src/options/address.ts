/** Addresses on the command line: the peer and where to listen. */

import { bareHost } from "../common/host.ts";
import { hasLeadingZeros, NO_LEADING_ZEROS } from "../common/ipv4.ts";
import { parseInteger } from "./integer.ts";
import type { ValueOutcome } from "./row.ts";

/** Where `--listen` shall listen. */
export interface ListenAddress {
  /** Host name or address without brackets; `undefined`: all addresses of this host. */
  readonly host: string | undefined;
  /** 0..65535; 0: any free port. */
  readonly port: number;
}

/**
 * Reads `[HOST:]PORT`. An IPv6 address is in brackets.
 *
 * Port 0 takes any free port, for tests and for running several at once.
 */
export function parseListenAddress(word: string): ValueOutcome<ListenAddress> {
  const match = /^(?:(\[[^\]]*\]|[^:]+):)?([^:]*)$/s.exec(word);
  if (match === null) return { reason: "invalid" };
  const [, host, portWord] = match;
  const port = parseInteger(portWord ?? "", { minimum: 0, maximum: 65_535, reading: "unsigned" });
  if ("reason" in port) return port;
  if (host === undefined) return { value: { host: undefined, port: port.value } };
  if (hasLeadingZeros(host)) return { reason: "invalid", because: NO_LEADING_ZEROS };
  if (host === "*") return { reason: "invalid", because: "all addresses are 0.0.0.0 or [::]" };
  const isBracketed = host.startsWith("[");
  if (!isBracketed && !/^[a-z0-9._-]+$/i.test(host)) return { reason: "invalid" };
  if (isBracketed && !isIpv6Literal(host.slice(1, -1))) return { reason: "invalid" };
  return { value: { host: isBracketed ? host.slice(1, -1) : host, port: port.value } };
}

/** Where to connect from. */
export interface SourceAddress {
  /** IPv4 or IPv6 address without brackets. */
  readonly address: string;
  /** 1..65535; absent: any that is free. */
  readonly port?: number;
}

/** Reads `ADDRESS[:PORT]`; an IPv6 address with a port is in brackets. */
export function parseSourceAddress(word: string): ValueOutcome<SourceAddress> {
  if (isIpv6Literal(word)) return { value: { address: word } };
  const [, host = "", portWord] = /^(\[[^\]]*\]|[^:[\]]+)(?::([^:]*))?$/s.exec(word) ?? [];
  if (hasLeadingZeros(host)) return { reason: "invalid", because: NO_LEADING_ZEROS };
  const address = host.startsWith("[") ? host.slice(1, -1) : host;
  if (!(host.startsWith("[") ? isIpv6Literal(address) : isIpv4Literal(address))) {
    return { reason: "invalid" };
  }
  if (portWord === undefined) return { value: { address } };
  const port = parseInteger(portWord, { minimum: 1, maximum: 65_535, reading: "unsigned" });
  return "reason" in port ? port : { value: { address, port: port.value } };
}

/** Names that an HTTP request may call a host by. */
export interface HostNames {
  /** In lower case, IPv6 addresses without brackets; `*` is any. */
  readonly names: readonly string[];
}

/** Reads `NAME[,NAME...]`: names or addresses without ports; an IPv6 address is in brackets. */
export function parseHostNames(word: string): ValueOutcome<HostNames> {
  const words = word.toLowerCase().split(",");
  if (words.some(hasLeadingZeros)) return { reason: "invalid", because: NO_LEADING_ZEROS };
  const names = words.map((name) => {
    if (name === "*" || /^[a-z0-9._-]{1,253}$/.test(name)) return name;
    const inner = name.startsWith("[") && name.endsWith("]") ? name.slice(1, -1) : "";
    return isIpv6Literal(inner) ? inner : undefined;
  });
  const known = names.filter((name) => name !== undefined);
  return known.length === names.length ? { value: { names: known } } : { reason: "invalid" };
}

/**
 * Why `word` cannot be a peer; `undefined` when it can.
 *
 * With a colon it must be an IPv6 address, in brackets or not (difference D5); an IPv4 address has no leading zeros (D16).
 */
export function peerFault(word: string): string | undefined {
  if (hasLeadingZeros(word)) return NO_LEADING_ZEROS;
  if (!word.includes(":") || isIpv6Literal(bareHost(word))) return undefined;
  return "a peer with a colon must be an IPv6 address";
}

/** Reads the name or address that a certificate must be for. */
export function parseCertificateHost(word: string): ValueOutcome<string> {
  if (word === "") return { reason: "invalid" };
  return hasLeadingZeros(word) ? { reason: "invalid", because: NO_LEADING_ZEROS } : { value: word };
}

/** Whether `word` is an IPv6 address (RFC 4291 2.2), with or without a zone (RFC 4007 11). */
export function isIpv6Literal(word: string): boolean {
  const [address = "", zone, ...more] = word.split("%");
  if (more.length > 0 || (zone !== undefined && !/^[A-Za-z0-9._~-]+$/.test(zone))) return false;
  const halves = address.split("::");
  if (halves.length > 2) return false;
  const [head = "", tail] = halves;
  const count = countGroups(head, tail === undefined) + countGroups(tail ?? "", true);
  return tail === undefined ? count === 8 : count <= 7;
}

/** Number of 16 bit groups in `text`; NaN when it is none. An IPv4 tail counts as two. */
function countGroups(text: string, mayEndInIpv4: boolean): number {
  if (text === "") return 0;
  const groups = text.split(":");
  const last = groups.at(-1) ?? "";
  const hasIpv4 = mayEndInIpv4 && isIpv4Literal(last);
  const isHex = (hasIpv4 ? groups.slice(0, -1) : groups).every((group) =>
    /^[0-9a-fA-F]{1,4}$/.test(group)
  );
  return isHex ? groups.length + (hasIpv4 ? 1 : 0) : NaN;
}

/** Four decimal numbers 0..255 without leading zeros. */
export function isIpv4Literal(text: string): boolean {
  const parts = text.split(".");
  return parts.length === 4 &&
    parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) <= 255);
}
