/** What a command costs: the seconds of CPU of all its processes, as the shell's `times` reports them. */

/** A command and its arguments. */
export interface Command {
  readonly command: string;
  readonly args: readonly string[];
}

/** Runs `$1...` and leaves what `times` reports in the file `$0`; the exit code is the command's. */
const SCRIPT = '"$@"; code=$?; times > "$0"; exit $code';

/** The command in a shell that writes its times into `file` at the end; where there is no `sh`, the command itself. */
export function timed({ command, args }: Command, file: string): Command {
  if (Deno.build.os === "windows") return { command, args };
  return { command: "sh", args: ["-c", SCRIPT, file, command, ...args] };
}

/** Seconds of CPU, user and system, of what a shell ran: the second line of `times` (POSIX, Special Built-In Utilities). */
export function cpuSecondsIn(times: string): number | undefined {
  const [, ofChildren] = times.split("\n");
  const parts = [...(ofChildren ?? "").matchAll(/(\d+)m(\d+(?:[.,]\d+)?)s/g)];
  if (parts.length !== 2) return undefined;
  return parts.reduce(
    (sum, [, minutes, seconds = ""]) =>
      sum + 60 * Number(minutes) + Number(seconds.replace(",", ".")),
    0,
  );
}
