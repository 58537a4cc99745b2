/** What Deno's compiler puts into an executable: the program's part begins with what it may do. */

import { Buffer } from "node:buffer";
import { permissionFlags } from "./flags.ts";

/** What comes first of the program's part; the length of the description follows, then the description. */
const MARK = "d3n0l4nd";

/** Far more than any description is long. */
const MOST_BYTES = 1_000_000;

/** As much of the description as is looked at. */
export interface Embedded {
  /** Where the program's part begins in the file. */
  readonly offset: number;
  /** What it says of itself. */
  readonly description: {
    readonly argv?: readonly string[];
    readonly permissions?: Readonly<Record<string, unknown>>;
    readonly v8_flags?: readonly string[];
    readonly entrypoint_key?: string;
    readonly code_cache_key?: unknown;
    readonly unsafely_ignore_certificate_errors?: unknown;
    readonly env_vars_from_env_file?: Readonly<Record<string, string>>;
  };
}

/** Finds the program's part; `undefined` when there is none, or more than one. */
export function embeddedIn(bytes: Uint8Array): Embedded | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Embedded[] = [];
  for (let at = file.indexOf(MARK); at !== -1; at = file.indexOf(MARK, at + 1)) {
    const start = at + MARK.length + 8;
    if (start > file.length) break;
    const length = Number(file.readBigUInt64LE(at + MARK.length));
    if (length > MOST_BYTES || start + length > file.length) continue;
    const description = parsed(file.toString("utf8", start, start + length));
    if (description !== undefined) found.push({ offset: at, description });
  }
  return found.length === 1 ? found[0] : undefined;
}

function parsed(text: string): Embedded["description"] | undefined {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What is wrong with what the executable may do; the `start` task of deno.json is the measure. */
export function permissionFaults({ description }: Embedded): readonly string[] {
  const { permissions = {}, v8_flags = [], argv = [], entrypoint_key } = description;
  const faults: string[] = [];
  for (const kind of ["env", "net", "read", "sys", "write", "ffi", "run"]) {
    const isWanted = permissionFlags().includes(`--allow-${kind}`);
    // An empty list is everything of the kind.
    const given = JSON.stringify(permissions[`allow_${kind}`] ?? null);
    if (given !== (isWanted ? "[]" : "null")) faults.push(`the permission ${kind} is ${given}`);
  }
  if (JSON.stringify(permissions["deny_import"]) !== "[]") faults.push("it may import");
  if (permissions["prompt"] !== false) faults.push("it may ask for permissions");
  if (!v8_flags.includes("--jitless")) faults.push("it compiles while it runs (--jitless)");
  if (argv.length > 0) faults.push(`it has arguments inside: ${argv.join(" ")}`);
  if (entrypoint_key !== "main.js") faults.push(`it starts with ${entrypoint_key}`);
  if ((description.code_cache_key ?? null) !== null) faults.push("it keeps a cache of code");
  if ((description.unsafely_ignore_certificate_errors ?? null) !== null) {
    faults.push("it ignores errors of certificates");
  }
  if (Object.keys(description.env_vars_from_env_file ?? {}).length > 0) {
    faults.push("it has variables of the environment inside");
  }
  return faults;
}

/** Which of some texts, such as paths of who built it, are in the program's part. */
export function textsIn(
  bytes: Uint8Array,
  { offset, texts }: { readonly offset: number; readonly texts: readonly string[] },
): readonly string[] {
  const part = bytes.subarray(offset);
  const file = Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  return texts.filter((text) => text !== "" && file.includes(text));
}
