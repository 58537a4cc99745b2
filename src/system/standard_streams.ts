/** The standard streams of this process. */

import { Output, type WriteFailure } from "./output.ts";
import type { StreamName } from "./types.ts";
import { errorCode, errorWords } from "./words.ts";

/** Opens standard output and standard error; `wordLoss` says what to print where lines are missing. */
export function openOutput(
  wordLoss: (stream: StreamName, count: number) => Uint8Array | undefined,
): Output {
  return new Output({
    write: (stream, bytes) => Deno[stream].write(bytes),
    failureOf,
    areApart,
    pause,
    wordLoss,
  });
}

function failureOf(error: unknown): WriteFailure {
  switch (errorCode(error)) {
    case "EAGAIN":
      return "again";
    case "EPIPE":
      return "unread";
    default:
      return { failure: errorWords(error) };
  }
}

/** Where the system cannot tell they count as one: order matters more than what one of them holds up. */
function areApart(): boolean {
  try {
    const paths = ["/dev/fd/1", "/dev/fd/2"];
    // Who was started with fewer rights must not be asked for more.
    const isAllowed = (path: string) =>
      Deno.permissions.querySync({ name: "read", path }).state === "granted";
    if (!paths.every(isAllowed)) return false;
    const [out, err] = paths.map((path) => Deno.statSync(path));
    return out?.ino !== err?.ino || out?.dev !== err?.dev;
  } catch {
    return false;
  }
}

function pause(ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  AbortSignal.timeout(ms).addEventListener("abort", () => resolve());
  return promise;
}
