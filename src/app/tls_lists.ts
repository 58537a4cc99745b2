/** The lists of `--list-ciphers` and `--list-profiles`. */

import { HEADER } from "../options/mod.ts";
import { loadTls } from "./tls.ts";
import type { World } from "./world.ts";

/** Prints the cipher suites, or the profiles, as the reference does. */
export async function printTlsList(
  what: "list-ciphers" | "list-profiles",
  world: World,
): Promise<void> {
  const { PROFILES, SUITES } = await loadTls();
  const host = `${HEADER}\nHost type: ${world.target}\nCharacter encoding: UTF-8\n`;
  const suites = SUITES.map(({ name }) => `  ${name}\n`);
  const profiles = PROFILES.map(({ option, name, isRetired }) =>
    `- ${name}${option === "bcp195-nd" ? " (default)" : isRetired ? " (retired)" : ""}\n`
  );
  const text = what === "list-ciphers"
    ? `${host}\nSupported TLS ciphersuites are:\n${suites.join("")}`
    : `${host}Cryptographic algorithms implemented by: Deno ${world.runtimeVersion}\n\n` +
      `Supported TLS Secure Transport Connection Profiles are:\n${profiles.join("")}`;
  world.writeOut(new TextEncoder().encode(text));
}
