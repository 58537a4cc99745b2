/**
 * Prints the licenses of what an executable is made of: the program, the runtime, and the packages that `main.ts`
 * reaches; of what the runtime itself is made of, where that is reported. Needs `--allow-all`: it asks Deno for the module
 * graph.
 */

import config from "../deno.json" with { type: "json" };
import own from "../LICENSE" with { type: "text" };
import { CommandError } from "./ship/commands.ts";
import { embeddedComponents, packageFolders } from "./ship/components.ts";

/** A part and the text of its license. */
export interface Part {
  /** Name and version. */
  readonly name: string;
  /** The whole text. */
  readonly text: string;
}

/** One text of the licenses of `parts`. */
export function licensesText(parts: readonly Part[]): string {
  const line = "-".repeat(72);
  return parts.map(({ name, text }) => `${line}\n${name}\n${line}\n\n${text.trim()}\n`).join("\n");
}

/** The license file in a folder; `what` is reported when there is none. */
async function licenseIn(folder: string, what: string): Promise<string> {
  const file = [...Deno.readDirSync(folder)].find(({ name }) => /^licen[cs]e(\.|$)/i.test(name));
  if (file === undefined) throw new CommandError(`no license lies next to ${what}`);
  return await Deno.readTextFile(`${folder}/${file.name}`);
}

async function main(): Promise<void> {
  const folderOf = await packageFolders();
  const packages = (await embeddedComponents()).map(async (component) => {
    const name = `${component.name} ${component.version}`;
    return { name, text: await licenseIn(folderOf(component), name) };
  });
  const name = `Deno ${Deno.version.deno}`;
  // npm's package of Deno has it.
  const folder = (await Deno.realPath(Deno.execPath())).replace(/[/\\][^/\\]+$/, "");
  console.log(licensesText([
    { name: `echoscu ${config.version}`, text: own },
    {
      name: `${name}; for what it is made of see https://github.com/denoland/deno`,
      text: await licenseIn(folder, `${name}: run this by npx -y deno@VERSION`),
    },
    ...await Promise.all(packages),
  ]));
}

if (import.meta.main) {
  await main().catch((error) => {
    console.error(`make_licenses: ${error instanceof Error ? error.message : error}`);
    Deno.exit(1);
  });
}
