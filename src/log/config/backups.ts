/** The chain of older files: `F.1` is the youngest, `F.N` the oldest. */
import { type ByteText, toText } from "./byte_text.ts";
import type { EngineContext } from "./context.ts";

/** No such file: somebody else was faster, or there are fewer files than allowed. Nothing to say about. */
const NO_SUCH_FILE = 2;

/** Longest chain; our judgement. Each link is a rename at every roll-over, and a billion of them never ends. */
const MAX_CHAIN = 9999;

/** An old name and a new one. */
export interface NewName {
  /** What the file is called. */
  readonly from: ByteText;
  /** What it is to be called. */
  readonly to: ByteText;
}

/** Drops `F.count` and moves the others up by one, so that `F.1` is free. */
export function shiftBackups(
  { path, count }: { readonly path: ByteText; readonly count: number },
  context: EngineContext,
): void {
  const last = Math.min(count, MAX_CHAIN);
  context.host.files.remove(toText(`${path}.${last}`));
  for (let index = last - 1; index >= 1; index--) {
    renameFile({ from: `${path}.${index}`, to: `${path}.${index + 1}` }, context);
  }
}

/** Renames; complains unless the file is missing. Gives false when the file is still under its old name. */
export function renameFile({ from, to }: NewName, context: EngineContext): boolean {
  const { host, diagnostics } = context;
  const failure = host.files.rename(toText(from), toText(to));
  if (failure === undefined) {
    diagnostics.debug(`Renamed file ${from} to ${to}`);
    return true;
  }
  if (failure.code === NO_SUCH_FILE) return true;
  diagnostics.error(`Failed to rename file from ${from} to ${to}; error ${failure.code}`);
  return false;
}
