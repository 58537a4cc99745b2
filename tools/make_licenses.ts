/**
 * Prints the licences of everything in an executable: the program, the runtime, and the packages that `main.ts` reaches.
 * Needs `--allow-all`: it asks Deno for the module graph.
 */

import config from "../deno.json" with { type: "json" };
import own from "../LICENSE" with { type: "text" };
import { CommandError } from "./ship/commands.ts";
import { embeddedComponents, textOf } from "./ship/components.ts";

/** A part and the text of its licence. */
export interface Part {
  /** Name and version. */
  readonly name: string;
  /** The whole text. */
  readonly text: string;
}

/** One text of the licences of `parts`. */
export function licensesText(parts: readonly Part[]): string {
  const line = "-".repeat(72);
  return parts.map(({ name, text }) => `${line}\n${name}\n${line}\n\n${text.trim()}\n`).join("\n");
}

/** The licence file that npm's package of Deno has beside the program. */
async function licenseOfRuntime(): Promise<string> {
  const folder = (await Deno.realPath(Deno.execPath())).replace(/[^/\\]+$/, "");
  return await Deno.readTextFile(`${folder}LICENSE`).catch(() => {
    throw new CommandError(
      "Deno's LICENSE does not lie beside it: run this by npx -y deno@VERSION",
    );
  });
}

async function main(): Promise<void> {
  const components = await embeddedComponents();
  const packages = components.map(async (component) => ({
    name: `${component.name} ${component.version}`,
    text: await textOf(component, "LICENSE"),
  }));
  const runtime =
    `Deno ${Deno.version.deno}; parts of other makers in it: https://github.com/denoland/deno`;
  console.log(licensesText([
    { name: `echoscu ${config.version}`, text: own },
    { name: runtime, text: await licenseOfRuntime() },
    ...await Promise.all(packages),
  ]));
}

if (import.meta.main) await main();
