/** The file that takes everything and keeps nothing, as Windows names it. */

/** Whether `path` is `NUL`, which on Windows is not a file, whatever its letters; the runtime opens it for nobody. */
export function isNullDevice(path: string, isWindows: boolean): boolean {
  return isWindows && /^NUL:?$/i.test(path);
}
