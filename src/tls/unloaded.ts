/** What is wrong with a file that was named and could not be loaded, told by its bytes; for hints only. */

import type { FileTrouble, UnloadedFile } from "./types.ts";
import { ERRNO, type FileFormat, fileKindOf, type FileReader } from "../x509/mod.ts";

/** Looks at the file once more, which its reader has kept. */
export function troubleOf(
  path: string,
  { reader, format }: { readonly reader: FileReader; readonly format: FileFormat },
): FileTrouble {
  const contents = reader.read(path);
  if (!contents.ok) return { kind: contents.errno === ERRNO.noEntry ? "missing" : "closed" };
  return { kind: "contents", found: fileKindOf(contents.bytes), wanted: format };
}

/** A file of `+cf` or `+crl` that could not be loaded. */
export function unloadedFile(
  path: string,
  about: {
    readonly reader: FileReader;
    readonly format: FileFormat;
    readonly option: UnloadedFile["option"];
  },
): UnloadedFile {
  return { path, option: about.option, trouble: troubleOf(path, about) };
}
