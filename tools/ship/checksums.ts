/** The checksums that people verify their download by. */

/** The text of `SHA256SUMS` for files of a folder, in the form of `sha256sum`, sorted by name. */
export async function sha256Sums(folder: string, names: readonly string[]): Promise<string> {
  const lines: string[] = [];
  for (const name of names.toSorted()) {
    const digest = await crypto.subtle.digest("SHA-256", await Deno.readFile(`${folder}/${name}`));
    lines.push(`${new Uint8Array(digest).toHex()}  ${name}\n`);
  }
  return lines.join("");
}
