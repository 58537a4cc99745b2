/** Name lookup limited to one address family; loaded only when `-i4` or `-i6` asks for it. */

import { lookup } from "node:dns/promises";

/** The addresses of `host` in the system's order. Throws the system's error when there are none. */
export async function addressesOf(
  host: string,
  family: "ipv4" | "ipv6",
): Promise<readonly string[]> {
  const found = await lookup(host, { family: family === "ipv4" ? 4 : 6, all: true });
  return found.map(({ address }) => address);
}
