/** Prints the changelog's section for a tag: `deno run --allow-read tools/release_notes.ts v1.2.3`. */

import config from "../deno.json" with { type: "json" };

/** The text below the heading of a version; throws when there is none, or when it is empty. */
export function sectionOf(version: string, changelog: string): string {
  const lines = changelog.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start === -1) throw new Error(`CHANGELOG.md has no section for ${version}`);
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line.startsWith("## "));
  const text = rest.slice(0, end === -1 ? rest.length : end).join("\n").trim();
  if (text === "") throw new Error(`The section for ${version} in CHANGELOG.md is empty`);
  return text;
}

/** The version that a tag means; throws unless it is the one of deno.json. */
export function versionOf(tag: string, version: string = config.version): string {
  if (tag !== `v${version}`) {
    throw new Error(`Tag ${tag} is not the version of deno.json: v${version}`);
  }
  return version;
}

if (import.meta.main) {
  const version = versionOf(Deno.args[0] ?? "");
  const path = new URL("../CHANGELOG.md", import.meta.url);
  console.log(sectionOf(version, Deno.readTextFileSync(path)));
}
