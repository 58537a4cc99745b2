/**
 * Which functions of a bundle are to be compiled with their files (`eager.ts`), as V8 itself sees them.
 *
 * Every start loads `main.js` and `core.js`: of these only what a plain check calls. One is run to see that, with our own
 * `--listen` as its peer and without environment, so that the same bundle always gives the same functions. Another file is
 * loaded by who wants it: of these all functions that are not inside others.
 */

import { pathToFileURL as toFileUrl } from "node:url";
import { CommandError, outputOf } from "./commands.ts";
import type { FunctionRange } from "./eager.ts";
import { runFlags } from "./flags.ts";
import { CORE, MAIN } from "./join.ts";

/** A file as V8 reports it: the first range of a function is the whole of it. */
interface CoveredFile {
  readonly url: string;
  readonly functions: readonly {
    readonly ranges: readonly {
      readonly startOffset: number;
      readonly endOffset: number;
      readonly count: number;
    }[];
  }[];
}

/** Functions by the names of their files. */
export type FunctionsOfFiles = ReadonlyMap<string, readonly FunctionRange[]>;

/** Finds them in the bundle in `folder`, whose files have these names. Throws a `CommandError` when it does not run. */
export async function functionsOf(
  folder: string,
  names: readonly string[],
): Promise<FunctionsOfFiles> {
  const { href } = toFileUrl(`${folder}/`);
  const others = names.filter((name) => name !== MAIN && name !== CORE);
  const script = others.map((name) => `await import("${href}${name}");\n`).join("");
  await using peer = await startPeer(`${folder}/${MAIN}`);
  const called = await covered([`${folder}/${MAIN}`, "127.0.0.1", peer.port], { least: 1 });
  const loaded = await withScript(script, (file) => covered([file], { least: 0 }));
  const known = new Map([...loaded, ...called]);
  return new Map(names.map((name) => [name, known.get(`${href}${name}`) ?? []]));
}

/** Runs a script; gives the functions of all files by their URLs that were called so often. */
async function covered(
  args: readonly string[],
  { least }: { readonly least: number },
): Promise<FunctionsOfFiles> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-coverage-" });
  try {
    const flags = [`--coverage=${folder}`, ...runFlags(), "--deny-env"];
    await outputOf(Deno.execPath(), { args: ["run", ...flags, ...args] });
    const texts = [...Deno.readDirSync(folder)].filter(({ name }) => name.endsWith(".json"))
      .map(({ name }) => Deno.readTextFileSync(`${folder}/${name}`));
    return new Map(texts.map((text) => {
      const { url, functions } = JSON.parse(text) as CoveredFile;
      const ranges = functions.flatMap(({ ranges }) => ranges.slice(0, 1))
        .filter(({ count }) => count >= least)
        .map(({ startOffset: start, endOffset: end }) => ({ start, end }));
      return [url, ranges];
    }));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function withScript<Result>(
  text: string,
  use: (file: string) => Promise<Result>,
): Promise<Result> {
  const file = await Deno.makeTempFile({ suffix: ".js" });
  try {
    await Deno.writeTextFile(file, text);
    return await use(file);
  } finally {
    await Deno.remove(file);
  }
}

/** An answering side of the bundle itself. */
async function startPeer(main: string): Promise<AsyncDisposable & { readonly port: string }> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", ...runFlags(), main, "--listen", "127.0.0.1:0"],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (!text.endsWith("\n")) {
    const { done, value } = await reader.read();
    if (done) throw new CommandError("the bundle does not listen");
    text += value;
  }
  return {
    port: /port (\d+)/.exec(text)?.[1] ?? "",
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await reader.cancel();
      await child.status;
    },
  };
}
