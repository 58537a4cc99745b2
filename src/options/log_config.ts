/** The checks that `--log-config` makes on its file before the logger reads it. */

import type { FileReader } from "../system/types.ts";
import { C_SPACE, trimOf } from "../common/trim.ts";
import type { LogConfigFile } from "./options.ts";
import { type LogConfigFault, UsageError } from "./problem.ts";

/** Reads the file at `path` once; its root logger is set up, or a `UsageError` says what is wrong. */
export async function readLogConfig(path: string, readFile: FileReader): Promise<LogConfigFile> {
  const content = path === "" ? { error: "missing" } as const : await readFile(path);
  if (content instanceof Uint8Array) {
    const fault = faultOf(content);
    if (fault === undefined) return { path, bytes: content };
    throw new UsageError({ kind: "log-config", fault });
  }
  throw new UsageError({ kind: "log-config", fault: content.error });
}

/** What the reference finds wrong with the names that are set. */
function faultOf(content: Uint8Array): LogConfigFault | undefined {
  const names = settingNames(content);
  if (names.length === 0) return "does not contain any settings";
  if (!names.some((name) => name.startsWith("log4cplus."))) {
    return "does not contain any valid settings";
  }
  return names.includes("log4cplus.rootLogger")
    ? undefined
    : "does not set up log4cplus.rootLogger";
}

/** The names left of the first `=` of each line that is not a comment. Only ASCII matters here. */
function settingNames(content: Uint8Array): readonly string[] {
  const text = new TextDecoder("latin1").decode(content);
  return text.split("\n").flatMap((line) => {
    const [name, ...rest] = line.split("=");
    if (name === undefined || rest.length === 0) return [];
    const trimmed = trimOf(name, C_SPACE);
    return trimmed.startsWith("#") ? [] : [trimmed];
  });
}
