/** Which npm packages an executable has inside, and what lies in them. */

import lockText from "../../deno.lock" with { type: "text" };
import { CommandError, outputOf } from "./commands.ts";

/** A package of the npm registry that is compiled in. */
export interface Component {
  /** Name in the registry. */
  readonly name: string;
  /** Exact version. */
  readonly version: string;
  /** SHA-512 of its archive as the lock file has it, in Base64; `undefined` when it has none. */
  readonly sha512?: string;
  /** License as the package declares it, an SPDX expression. */
  readonly license?: string;
}

/** The part of `deno info --json` that is read here. */
export interface ModuleGraph {
  /** Everything imported, one by one. */
  readonly modules: readonly { readonly npmPackage?: string }[];
  /** Every package of the lock file. */
  readonly npmPackages: Readonly<
    Record<
      string,
      { readonly name: string; readonly version: string; readonly dependencies: readonly string[] }
    >
  >;
}

/** The packages that the graph reaches, with those that they depend on, sorted. */
export function componentsOf(
  { modules, npmPackages }: ModuleGraph,
  integrity: Readonly<Record<string, { readonly integrity?: string }>>,
): readonly Component[] {
  const reached = new Set<string>();
  const waiting = modules.flatMap(({ npmPackage }) => npmPackage === undefined ? [] : [npmPackage]);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...npmPackages[id]?.dependencies ?? []);
  }
  return [...reached].sort().map((id) => {
    const found = npmPackages[id];
    if (found === undefined) throw new Error(`${id} is imported but not in the lock file`);
    const sha512 = /^sha512-(.+)$/.exec(integrity[id]?.integrity ?? "")?.[1];
    const { name, version } = found;
    return sha512 === undefined ? { name, version } : { name, version, sha512 };
  });
}

/** Path of the project. */
export const TOP = decodeURIComponent(new URL("../../", import.meta.url).pathname)
  .replace(/^\/([A-Z]:)/, "$1").replace(/\/$/, "");

/** The packages that `main.ts` reaches, with the license that each declares. */
export async function embeddedComponents(): Promise<readonly Component[]> {
  const graph = await denoInfo(["main.ts"]) as ModuleGraph;
  const components = componentsOf(graph, JSON.parse(lockText).npm);
  const folderOf = await packageFolders();
  return await Promise.all(components.map(async (component) => {
    const text = await Deno.readTextFile(`${folderOf(component)}/package.json`);
    const { license } = JSON.parse(text);
    return typeof license === "string" ? { ...component, license } : component;
  }));
}

/** Finds where Deno keeps packages, below the name of their registry. */
export async function packageFolders(): Promise<(component: Component) => string> {
  const { npmCache } = await denoInfo([]) as { readonly npmCache: string };
  const registries = isFolder(npmCache) ? [...Deno.readDirSync(npmCache)] : [];
  return ({ name, version }) => {
    const found = registries.map((registry) => `${npmCache}/${registry.name}/${name}/${version}`)
      .find(isFolder);
    if (found !== undefined) return found;
    throw new CommandError(`${name}@${version} is not in Deno's cache: deno install --frozen`);
  };
}

function isFolder(path: string): boolean {
  try {
    return Deno.statSync(path).isDirectory;
  } catch {
    return false;
  }
}

async function denoInfo(args: readonly string[]): Promise<unknown> {
  const all = ["info", "--json", ...args];
  return JSON.parse(await outputOf(Deno.execPath(), { args: all, cwd: TOP }));
}
