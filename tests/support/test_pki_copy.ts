/** Copies of one test PKI, which is made once for all test processes and runs: making it takes many seconds. */

import { pathOf } from "./installed.ts";
import { makeTestPki } from "./test_pki.ts";

/** Outside version control. */
const CACHE = pathOf("../../.cache/test-pki");

/** What the files come from: after a change of one of these they are made anew. */
const SOURCES = ["test_pki.ts", "test_pki_rows.ts", "pki_maker.ts"];

/** Puts a copy of the test PKI into a directory that exists. */
export async function putTestPki(directory: string): Promise<void> {
  const made = `${CACHE}/${await nameOfVersion()}`;
  if (!await isThere(made)) await makeOnce(made);
  await copyFiles(made, directory);
}

/** Made in a folder of its own, so that whoever comes meanwhile finds a whole PKI or none. */
async function makeOnce(made: string): Promise<void> {
  await Deno.mkdir(CACHE, { recursive: true });
  const folder = await Deno.makeTempDir({ dir: CACHE, prefix: "making-" });
  await makeTestPki(folder);
  await Deno.rename(folder, made).catch(async (error: unknown) => {
    await Deno.remove(folder, { recursive: true });
    if (!await isThere(made)) throw error;
  });
}

/** The sources, the openssl that was used, and the month: lists of revoked certificates count from the day they are made. */
async function nameOfVersion(): Promise<string> {
  const { stdout } = await new Deno.Command("openssl", { args: ["version"] }).output();
  const sources = await Promise.all(SOURCES.map((name) => Deno.readTextFile(pathOf(name))));
  const month = new Date().toISOString().slice(0, 7);
  const text = [new TextDecoder().decode(stdout), month, ...sources].join("\n");
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return new Uint8Array(digest).toHex().slice(0, 16);
}

async function copyFiles(from: string, to: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    if (isDirectory) {
      await Deno.mkdir(`${to}/${name}`);
      await copyFiles(`${from}/${name}`, `${to}/${name}`);
    } else {
      await Deno.copyFile(`${from}/${name}`, `${to}/${name}`);
    }
  }
}

function isThere(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}
