/** What the room needs from the world around it; it touches nothing itself. */

import type { FileReader } from "../system/types.ts";

/** A part of the program with its version, as `--version` lists it. */
export interface ComponentVersion {
  /** Its name. */
  readonly name: string;
  /** Its version. */
  readonly version: string;
}

/** What the room needs from the world around it. */
export interface OptionsHost {
  /** `argv[0]`, as the program was called; shown by `--arguments`. */
  readonly programName: string;
  /** Reads command files and the logger configuration. */
  readonly readFile: FileReader;
  /** Whether a person may be reading: then an error may be followed by one line of advice. */
  readonly stderrIsTerminal: boolean;
  /** System and processor, as `--version` shows it, such as `x86_64-unknown-linux-gnu`. */
  readonly target: string;
  /** Runtime and libraries, in the order `--version` lists them. */
  readonly versions: readonly ComponentVersion[];
}
