/**
 * Whether a certificate is for a host (RFC 9525): only for `--verify-hostname` and public roots, never by default.
 *
 * Only subjectAltName counts: DNS names for names, addresses for addresses. The common name is not looked at,
 * not even in certificates without subjectAltName (RFC 9525 2); the reference never matches names at all, so
 * nothing that worked with it fails unless the check is asked for.
 */

import { bareHost } from "../common/host.ts";
import { hasLeadingZeros } from "../common/ipv4.ts";
import type { Certificate } from "./certificate.ts";
import { equalBytes } from "./bytes.ts";
import { renderIpAddress } from "./general_name.ts";
import { safeName } from "./name.ts";

/** The outcome. */
export type HostMatch =
  | {
    /** The certificate is for this host. */
    readonly ok: true;
    /** The name in the certificate that matches. */
    readonly matched: string;
  }
  | {
    /** The certificate is not for this host. */
    readonly ok: false;
    /** The names it is for, safe to print; empty when it names no host at all. */
    readonly names: readonly string[];
  };

/** Matches a host name, an IPv4 address or an IPv6 address (brackets and zone allowed). */
export function matchHost(certificate: Certificate, host: string): HostMatch {
  const address = parseIpAddress(host);
  const names = certificate.subjectAltNames ?? [];
  const wanted = normalizeDnsName(host);
  for (const name of names) {
    if (name.type === "ip" && address !== undefined && equalBytes(name.address, address)) {
      return { ok: true, matched: renderIpAddress(name.address) ?? host };
    }
    const isForName = name.type === "dns" && address === undefined && wanted !== undefined &&
      matchesDnsName(name.value, wanted);
    if (isForName) return { ok: true, matched: safeName(name.value, LONGEST_NAME) };
  }
  return { ok: false, names: hostNames(certificate) };
}

/** Host names that are shown of one certificate: those of content networks have some hundred. */
const MOST_NAMES = 250;

/** A DNS name has no more characters (RFC 1035 2.3.4). */
const LONGEST_NAME = 253;

/** The DNS names and addresses of subjectAltName, safe to print; of more than 250 the first, and how many more. */
export function hostNames(certificate: Certificate): readonly string[] {
  const names = (certificate.subjectAltNames ?? []).filter(({ type }) =>
    type === "dns" || type === "ip"
  );
  const shown = names.slice(0, MOST_NAMES).flatMap((name) => {
    if (name.type === "dns") return [safeName(name.value, LONGEST_NAME)];
    if (name.type !== "ip") return [];
    return [renderIpAddress(name.address) ?? "(not an address)"];
  });
  const left = names.length - shown.length;
  return left > 0 ? [...shown, `... (${left} more)`] : shown;
}

/** Lower case, without the dot at the end; `undefined` for what cannot be a host name in DNS. */
function normalizeDnsName(text: string): string | undefined {
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  if (name === "" || name.length > 253 || !/^[\x21-\x7e]+$/.test(name)) return undefined;
  return name.split(".").every((label) => label !== "") ? name.toLowerCase() : undefined;
}

/**
 * `*` may mean the whole first label only, needs two labels after it, and matches one label that is no
 * A-label prefix of an internationalized name cut apart (RFC 9525 6.3).
 */
function matchesDnsName(presented: string, wanted: string): boolean {
  const pattern = normalizeDnsName(presented);
  if (pattern === undefined) return false;
  if (!pattern.includes("*")) return pattern === wanted;
  const tail = pattern.slice(1);
  const isWholeLabel = pattern.startsWith("*.") && !tail.includes("*");
  if (!isWholeLabel || tail.split(".").length < 3) return false;
  const dot = wanted.indexOf(".");
  return dot > 0 && wanted.slice(dot) === tail;
}

/** Bytes of an IPv4 or IPv6 address in its usual notations; `undefined` for anything else. */
export function parseIpAddress(text: string): Uint8Array | undefined {
  const bare = bareHost(text).split("%", 1)[0] ?? "";
  return parseIpv4(bare) ?? parseIpv6(bare);
}

function parseIpv4(text: string): Uint8Array | undefined {
  const match = hasLeadingZeros(text)
    ? null
    : /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  const bytes = match?.slice(1).map(Number) ?? [];
  return bytes.length === 4 && bytes.every((byte) => byte < 256)
    ? Uint8Array.from(bytes)
    : undefined;
}

function parseIpv6(text: string): Uint8Array | undefined {
  if (!text.includes(":")) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half) => half === "" ? [] : parseGroups(half.split(":")));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const end = tail ?? [];
  const missing = 16 - head.length - end.length;
  const fits = halves.length === 2 ? missing >= 2 : missing === 0;
  if (!fits || head.length + end.length > 16) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(missing).fill(0), ...end]);
}

/** Bytes of groups of four hex digits, the last of which may be an IPv4 address. */
function parseGroups(groups: readonly string[]): readonly number[] | undefined {
  const bytes: number[] = [];
  for (const [i, group] of groups.entries()) {
    const ipv4 = i === groups.length - 1 ? parseIpv4(group) : undefined;
    if (ipv4 !== undefined) {
      bytes.push(...ipv4);
      continue;
    }
    if (!/^[0-9A-Fa-f]{1,4}$/.test(group)) return undefined;
    const value = Number.parseInt(group, 16);
    bytes.push(value >> 8, value & 0xff);
  }
  return bytes;
}
