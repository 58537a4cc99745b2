/** Name lookup limited to one address family; loaded only when `-i4` or `-i6` asks for it. */

import { lookup } from "node:dns/promises";

/**
 * The addresses of `host` in the system's order, an address of the other family being none. Throws the system's error
 * when there are none.
 */
export async function addressesOf(
  host: string,
  family: "ipv4" | "ipv6",
): Promise<readonly string[]> {
  const wanted = family === "ipv4" ? 4 : 6;
  const found = (await lookup(host, { family: wanted, all: true }))
    .filter((one) => one.family === wanted);
  if (found.length > 0) return found.map(({ address }) => address);
  throw Object.assign(new Error(`no ${family} address: ${host}`), { code: "ENOTFOUND" });
}
