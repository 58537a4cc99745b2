/*
 * IPv4 addresses with leading zeros, such as 010.000.000.001. The C library takes their parts for octal numbers, most
 * people and many programs for decimal ones: nobody knows whom they reach.
 */

import { bareHost } from "./host.ts";

/** Why such an address is refused, after it. */
export const NO_LEADING_ZEROS =
  "an IPv4 address has no leading zeros, which make its numbers octal";

/**
 * Whether `host` is an IPv4 address, in whatever form the C library reads, with a leading zero in one of its numbers.
 *
 * Brackets around it do not count. Hexadecimal numbers and short forms without such zeros mean one thing only.
 */
export function hasLeadingZeros(host: string): boolean {
  const parts = bareHost(host).split(".");
  // What nearly every host fails comes first, and takes no pattern.
  return parts.some(hasLeadingZero) && parts.length <= 4 &&
    parts.every((part) => /^(\d+|0[xX][0-9a-fA-F]*)$/.test(part));
}

function hasLeadingZero(part: string): boolean {
  const next = part.charAt(1);
  return part.startsWith("0") && next >= "0" && next <= "9";
}
