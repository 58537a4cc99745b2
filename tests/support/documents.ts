/** The documents of the project, for tests that read them. */

const TOP = new URL("../../", import.meta.url);
const FOLDERS = ["", "docs/", "docs/decisions/", ".github/"];

/** All that are in Markdown, by their paths from the top of the project. */
export async function documents(): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const folder of FOLDERS) {
    for await (const { name } of Deno.readDir(new URL(folder || ".", TOP))) {
      const path = folder + name;
      if (name.endsWith(".md")) found.set(path, await Deno.readTextFile(new URL(path, TOP)));
    }
  }
  return found;
}

/** Markdown without its blocks of code. */
export function withoutBlocks(markdown: string): string {
  return markdown.replaceAll(/^( *)```[^]*?^\1```$/gm, "");
}

/** Markdown without its code, in blocks or in lines. */
export function withoutCode(markdown: string): string {
  return withoutBlocks(markdown).replaceAll(/(`+)(?!`)[^]*?[^`]\1(?!`)/g, " ");
}
