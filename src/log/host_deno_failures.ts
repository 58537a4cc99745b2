/** Errors of the runtime as values. */
import { errorCode, errorNumber, errorWords, type SystemKind } from "../system/mod.ts";
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

/** Numbers of Linux, by which failures are reported apart on every system. */
const NUMBERS: Readonly<Record<string, number>> = {
  ENOENT: 2,
  EACCES: PERMISSION_DENIED,
  EBUSY: 16,
  EEXIST: 17,
  ENOTDIR: 20,
  EISDIR: 21,
  ENOSPC: 28,
  EROFS: 30,
  EPIPE: 32,
};

/** WSAHOST_NOT_FOUND, WSATRY_AGAIN, WSANO_RECOVERY and WSANO_DATA of Windows (`winsock2.h`). */
const LOOKUP_NUMBERS: readonly number[] = [11001, 11002, 11003, 11004];

/** An error of the runtime as a failure; a missing permission counts as one denied by the system. */
export function describe(
  error: unknown,
  kind: SystemKind = { isWindows: Deno.build.os === "windows" },
): HostFailure {
  const reason = errorWords(error, kind);
  if (error instanceof Deno.errors.NotCapable) {
    return { code: PERMISSION_DENIED, reason, isWithheld: true };
  }
  const number = errorNumber(error);
  const code = errorCode(error, kind) ?? "";
  const isLookup = code === "ENOTFOUND" || code.startsWith("EAI_") ||
    (kind.isWindows === true && LOOKUP_NUMBERS.includes(number ?? 0));
  if (isLookup) return { code: NAME_NOT_FOUND, reason };
  return { code: NUMBERS[code] ?? number ?? 0, reason };
}
