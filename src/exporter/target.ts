/** Targets of probes: what a client may write, and whether it may be probed. */

import { bareHost } from "../common/host.ts";
import type { HostPattern, TargetPattern } from "../options/mod.ts";
import type { Endpoint } from "../transport/types.ts";
import { type AddressBytes, addressBytes } from "../http/mod.ts";

/**
 * Reads `HOST:PORT`; an IPv6 address is in brackets. `undefined` for anything else.
 *
 * A name consists of letters, digits, points, hyphens and underscores; no other characters reach the resolver. IPv4
 * addresses are written as such: in the form `::ffff:10.1.2.3` one would pass for a member of an IPv6 network.
 */
export function parseTarget(text: string): Endpoint | undefined {
  const match = /^(?:\[([0-9A-Fa-f:.]{2,45})\]|([A-Za-z0-9._-]{1,253})):(\d{1,5})$/.exec(text);
  if (match === null) return undefined;
  const [, ipv6, name, portWord] = match;
  const port = Number(portWord);
  if (port < 1 || port > 65_535) return undefined;
  if (ipv6 !== undefined && !isIpv6(addressBytes(ipv6))) return undefined;
  return { host: ipv6 ?? name ?? "", port };
}

/** RFC 4291 2.5.5.2 for those that mean an IPv4 address. */
function isIpv6(address: AddressBytes | undefined): boolean {
  const mapped = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255];
  return address?.length === 16 && !mapped.every((byte, at) => byte === address[at]);
}

/** Whether `target` is one of those that `patterns` mean. */
export function isAllowed(target: Endpoint, patterns: readonly TargetPattern[]): boolean {
  return patterns.some(({ host, firstPort, lastPort }) =>
    target.port >= firstPort && target.port <= lastPort && matchesHost(target.host, host)
  );
}

/** Whether both are the same place as it is written: case, brackets and forms of IPv6 addresses do not count. */
export function isSameTarget(left: Endpoint, right: Endpoint): boolean {
  return left.port === right.port && canonicalHost(left.host) === canonicalHost(right.host);
}

function canonicalHost(host: string): string {
  const plain = bareHost(host).toLowerCase();
  return addressBytes(plain)?.join(".") ?? plain;
}

function matchesHost(host: string, pattern: HostPattern): boolean {
  const address = addressBytes(host);
  if (pattern.kind === "network") {
    const network = addressBytes(pattern.address);
    return address !== undefined && network !== undefined &&
      sharesBits(address, { network, prefixLength: pattern.prefixLength });
  }
  // `10.1.*` speaks of addresses: a name such as 10.1.evil.example must not pass for one.
  const isNumeric = /^[\d.*]+$/.test(pattern.text) && /\d/.test(pattern.text);
  if (isNumeric && address?.length !== 4) return false;
  return matchesText(host.toLowerCase(), pattern.text);
}

/** `*` means any text. In linear time: the parts between the stars are looked for one after another. */
function matchesText(text: string, pattern: string): boolean {
  const parts = pattern.split("*");
  const [first = ""] = parts;
  const last = parts.at(-1) ?? "";
  if (parts.length === 1) return text === pattern;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

function sharesBits(
  address: AddressBytes,
  { network, prefixLength }: { readonly network: AddressBytes; readonly prefixLength: number },
): boolean {
  if (address.length !== network.length) return false;
  return address.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefixLength - at * 8));
    const mask = 0xff << (8 - bits) & 0xff;
    return (byte & mask) === ((network[at] ?? 0) & mask);
  });
}
