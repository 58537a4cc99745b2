/** Addresses as bytes. */

import { bareHost } from "../common/host.ts";

/** The 4 or 16 bytes of an address; IPv4 in IPv6 (`::ffff:192.0.2.1`) is IPv4. `undefined` for anything else. */
export function addressBytes(text: string): Uint8Array | undefined {
  const [bare = ""] = bareHost(text).split("%", 1);
  const bytes = bare.includes(":") ? ipv6Bytes(bare) : ipv4Bytes(bare);
  return bytes?.length === 16 && isMapped(bytes) ? bytes.slice(12) : bytes;
}

function ipv4Bytes(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256)) {
    return undefined;
  }
  return Uint8Array.from(parts, Number);
}

/** RFC 4291 2.2. */
function ipv6Bytes(text: string): Uint8Array | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [front, back] = halves.map(groupBytes);
  if (front === undefined || (halves.length === 2 && back === undefined)) return undefined;
  const given = front.length + (back?.length ?? 0);
  if (back === undefined ? given !== 16 : given > 14) return undefined;
  const bytes = new Uint8Array(16);
  bytes.set(front);
  bytes.set(back ?? [], 16 - (back?.length ?? 0));
  return bytes;
}

function groupBytes(text: string): readonly number[] | undefined {
  const bytes: number[] = [];
  for (const group of text === "" ? [] : text.split(":")) {
    const ipv4 = ipv4Bytes(group);
    if (ipv4 !== undefined) bytes.push(...ipv4);
    else if (/^[0-9a-f]{1,4}$/i.test(group)) {
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes.length > 16 ? undefined : bytes;
}

function isMapped(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff &&
    bytes[11] === 0xff;
}

/** The bytes of both addresses in one family: the other as IPv4 in IPv6 where they differ, zeros where it is none. */
export function addressPair(one: string, other: string): readonly [Uint8Array, Uint8Array] {
  const pair = [addressBytes(one), addressBytes(other)] as const;
  const length = pair.some((bytes) => bytes?.length === 16) ? 16 : 4;
  const fitted = pair.map((bytes) => {
    if (bytes?.length === length) return bytes;
    const whole = new Uint8Array(length);
    if (bytes !== undefined) whole.set([0xff, 0xff, ...bytes], 10);
    return whole;
  });
  return [fitted[0] ?? new Uint8Array(4), fitted[1] ?? new Uint8Array(4)];
}
