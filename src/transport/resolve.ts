/** Name lookup by itself; loaded only when `-i4` or `-i6` asks for it, or to learn why one has failed. */

import { lookup } from "node:dns/promises";
import type { AddressFamily } from "../common/choices.ts";

const FAMILY_NUMBERS = { ipv4: 4, ipv6: 6, any: 0 } as const;

/**
 * The addresses of `host` in the system's order, an address of another family being none. Throws the system's error
 * when there are none.
 */
export async function addressesOf(
  host: string,
  family: AddressFamily,
): Promise<readonly string[]> {
  const wanted = FAMILY_NUMBERS[family];
  const found = (await lookup(host, { family: wanted, all: true }))
    .filter((one) => wanted === 0 || one.family === wanted);
  if (found.length > 0) return found.map(({ address }) => address);
  throw Object.assign(new Error(`no ${family} address: ${host}`), { code: "ENOTFOUND" });
}
