/** The program's own sources, for tests of the house. */

const TOP = new URL("../../", import.meta.url);

/** The text of every TypeScript file at or below `paths`, from the top of the project; a folder ends with a slash. */
export async function readSources(
  paths: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const path of paths) {
    if (!path.endsWith("/")) {
      if (/\.tsx?$/.test(path)) found.set(path, await Deno.readTextFile(new URL(path, TOP)));
      continue;
    }
    const inside: string[] = [];
    for await (const { name, isDirectory } of Deno.readDir(new URL(path, TOP))) {
      inside.push(`${path}${name}${isDirectory ? "/" : ""}`);
    }
    for (const [one, text] of await readSources(inside)) found.set(one, text);
  }
  return found;
}
