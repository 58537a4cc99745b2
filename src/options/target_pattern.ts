/**
 * Patterns of peers that an exporter may check: `HOST:PORT`.
 *
 * HOST is a name or an address, in which `*` means any text, or a network such as `10.1.0.0/16`; an IPv6 address
 * or network is in brackets. PORT is a number, a range such as `104-120`, or `*`.
 */

import { hasLeadingZeros, NO_LEADING_ZEROS } from "../common/ipv4.ts";
import { isIpv4Literal, isIpv6Literal } from "./address.ts";
import { parseInteger } from "./integer.ts";
import type { ValueOutcome } from "./row.ts";

/** Hosts of a pattern. */
export type HostPattern =
  /** Names or addresses as text, in lower case; `*` means any text. */
  | { readonly kind: "text"; readonly text: string }
  /** Addresses whose first `prefixLength` bits are those of `address`. */
  | { readonly kind: "network"; readonly address: string; readonly prefixLength: number };

/** A pattern of peers. */
export interface TargetPattern {
  /** Which hosts. */
  readonly host: HostPattern;
  /** From this port. */
  readonly firstPort: number;
  /** To this one, included. */
  readonly lastPort: number;
}

/** Reads a pattern. */
export function parseTargetPattern(word: string): ValueOutcome<TargetPattern> {
  const match = /^(\[[^\]]*\]|[^:[\]]+):([^:]+)$/.exec(word);
  const [, hostWord = "", portWord = ""] = match ?? [];
  const [address = ""] = hostWord.split("/", 1);
  // A star may mean a whole number: such patterns are of addresses too.
  if (hasLeadingZeros(address.replaceAll("*", "1"))) {
    return { reason: "invalid", because: NO_LEADING_ZEROS };
  }
  const host = parseHost(hostWord);
  const ports = parsePorts(portWord);
  if (host === undefined || ports === undefined) return { reason: "invalid" };
  return { value: { host, ...ports } };
}

function parseHost(word: string): HostPattern | undefined {
  const isBracketed = word.startsWith("[");
  const [address = "", prefixWord, ...more] = (isBracketed ? word.slice(1, -1) : word).split("/");
  if (more.length > 0) return undefined;
  if (!isBracketed && prefixWord === undefined) return parseText(word);
  const isAddress = isBracketed
    ? isIpv6Literal(address) && !address.includes("%")
    : isIpv4Literal(address);
  if (!isAddress) return undefined;
  const bits = isBracketed ? 128 : 32;
  const prefix = parseInteger(prefixWord ?? `${bits}`, {
    minimum: 0,
    maximum: bits,
    reading: "unsigned",
  });
  return "value" in prefix ? { kind: "network", address, prefixLength: prefix.value } : undefined;
}

/** Numbers with points must be an address: what is none, such as `10.1.2.300`, would never match. */
function parseText(word: string): HostPattern | undefined {
  if (!/^[A-Za-z0-9._*-]+$/.test(word)) return undefined;
  if (/^[\d.]+$/.test(word) && !isIpv4Literal(word)) return undefined;
  return { kind: "text", text: word.toLowerCase() };
}

function parsePorts(word: string): Pick<TargetPattern, "firstPort" | "lastPort"> | undefined {
  if (word === "*") return { firstPort: 1, lastPort: 65_535 };
  const [first = "", last = first, ...more] = word.split("-");
  const range = { minimum: 1, maximum: 65_535, reading: "unsigned" } as const;
  const [firstPort, lastPort] = [parseInteger(first, range), parseInteger(last, range)];
  if (more.length > 0 || !("value" in firstPort) || !("value" in lastPort)) return undefined;
  return firstPort.value > lastPort.value
    ? undefined
    : { firstPort: firstPort.value, lastPort: lastPort.value };
}
