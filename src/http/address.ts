/** Addresses as bytes, to compare them whatever their spelling. */

/** The 4 bytes of an IPv4 address or the 16 of an IPv6 address. */
export type AddressBytes = readonly number[];

/** Reads an address; `undefined` for names and for forms that not every system reads alike, such as `010.1`. */
export function addressBytes(text: string): AddressBytes | undefined {
  return text.includes(":") ? ipv6Bytes(text) : ipv4Bytes(text);
}

function ipv4Bytes(text: string): AddressBytes | undefined {
  const parts = text.split(".");
  const isAddress = parts.length === 4 &&
    parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255);
  return isAddress ? parts.map(Number) : undefined;
}

/** RFC 4291 2.2, without a zone. */
function ipv6Bytes(text: string): AddressBytes | undefined {
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, at) =>
    half === "" ? [] : groupBytes(half.split(":"), at === halves.length - 1)
  );
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const missing = 16 - head.length - (tail?.length ?? 0);
  if (tail === undefined ? missing !== 0 : missing < 2) return undefined;
  return [...head, ...Array.from({ length: missing }, () => 0), ...tail ?? []];
}

/** Groups of 16 bits; at the end of an address the last may be an IPv4 address. */
function groupBytes(groups: readonly string[], isEnd: boolean): readonly number[] | undefined {
  const bytes: number[] = [];
  for (const [at, group] of groups.entries()) {
    const tail = isEnd && at === groups.length - 1 ? ipv4Bytes(group) : undefined;
    if (tail !== undefined) bytes.push(...tail);
    else if (/^[0-9A-Fa-f]{1,4}$/.test(group)) {
      const value = parseInt(group, 16);
      bytes.push(value >> 8, value & 0xff);
    } else return undefined;
  }
  return bytes;
}
