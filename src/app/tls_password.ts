/** Finds the password of an encrypted key. It goes into nothing but the decryption. */

import type { KeyPassword } from "../tls/types.ts";
import type { World } from "./world.ts";

/** The variable that may hold it. */
export const PASSWORD_VARIABLE = "ECHOSCU_KEY_PASSWORD";

/** The reference's prompt. */
const PROMPT = "Enter PEM pass phrase:";

/** The password from where `source` says; `undefined` when there is none to be had. */
export async function findPassword(
  source: KeyPassword,
  world: World,
): Promise<string | undefined> {
  switch (source.kind) {
    case "given":
      return source.password;
    case "file":
      return await firstLine(source.path, world);
    case "unset":
      return world.env(PASSWORD_VARIABLE) ?? await ask(world);
    case "prompt":
      return await ask(world);
  }
}

/** Where nothing answers, the reference asks a second time before it gives up. */
async function ask({ askPassword }: World): Promise<string | undefined> {
  return await askPassword(PROMPT) ?? await askPassword(PROMPT);
}

async function firstLine(path: string, { readFile }: World): Promise<string | undefined> {
  const contents = await readFile(path);
  if (!(contents instanceof Uint8Array)) return undefined;
  return new TextDecoder().decode(contents).split(/\r?\n/, 1)[0];
}
