/** The test PKI, made once for all tests of one process, in a folder that the process removes at its end. */

import { putTestPki } from "./test_pki_copy.ts";

let made: Promise<string> | undefined;

/** The folder of the test PKI. */
export function sharedPki(): Promise<string> {
  made ??= make();
  return made;
}

async function make(): Promise<string> {
  const folder = await Deno.makeTempDir({ prefix: "tls-pki-" });
  globalThis.addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  await putTestPki(folder);
  return folder;
}
