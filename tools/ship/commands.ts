/** Runs the commands that make executables. */

/** What is after a command that failed. */
export class CommandError extends Error {
  /** Stable name. */
  override readonly name = "CommandError";
}

/** How to run it. */
export interface CommandOptions {
  /** Arguments. */
  readonly args: readonly string[];
  /** Folder to run in. */
  readonly cwd?: string;
  /** Variables added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs a command without input and gives its standard output; throws `CommandError` with its standard error. */
export async function outputOf(command: string, options: CommandOptions): Promise<string> {
  const { args, cwd, env } = options;
  const run = await new Deno.Command(command, {
    args: [...args],
    env: { NO_COLOR: "1", DENO_NO_PACKAGE_JSON: "1", DENO_NO_UPDATE_CHECK: "1", ...env },
    ...(cwd === undefined ? {} : { cwd }),
    stdin: "null",
  }).output();
  const decoder = new TextDecoder();
  if (run.success) return decoder.decode(run.stdout);
  const said = decoder.decode(run.stderr).trim();
  throw new CommandError(said === "" ? `${command} ended with ${run.code}` : said);
}
