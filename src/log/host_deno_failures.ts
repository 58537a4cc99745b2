/** Errors of the runtime as values. */
import { errorWords } from "../system/mod.ts";
import { type HostFailure, NAME_NOT_FOUND } from "./host.ts";

/** The result of an action, `undefined` when it throws. */
export function attempt<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}

/** Why an action failed, `undefined` when it did not. */
export function failureOf(action: () => void): HostFailure | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    return describe(error);
  }
}

/** Writes everything. Throws when it cannot. */
export function writeAll(
  writer: { writeSync(bytes: Uint8Array): number },
  bytes: Uint8Array,
): void {
  for (let done = 0; done < bytes.length;) done += writer.writeSync(bytes.subarray(done));
}

/** What a missing permission counts as. */
const PERMISSION_DENIED = 13;

/** An error of the runtime as a failure; a missing permission counts as one denied by the system. */
export function describe(error: unknown): HostFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof Deno.errors.NotCapable) {
    return { code: PERMISSION_DENIED, reason: message, isWithheld: true };
  }
  if (/ENOTFOUND|EAI_|failed to lookup address/.test(message)) {
    return { code: NAME_NOT_FOUND, reason: message };
  }
  const code = /\(os error ([0-9]+)\)/.exec(message);
  return { code: Number(code?.[1] ?? 0), reason: errorWords(error) };
}
