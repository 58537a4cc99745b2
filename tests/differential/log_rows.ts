/** Where our whole program logs something else than the reference does, and with which events both log the same. */

import { IMPLEMENTATION_CLASS_UID, IMPLEMENTATION_VERSION_NAME } from "../../src/dicom/mod.ts";
import { IDENTIFICATION } from "../../src/options/mod.ts";
import { ourProgram } from "../support/run_program.ts";
import type { CaseRunner } from "./log_case.ts";
import { programRunner } from "./log_runners.ts";

/** A row of `docs/differences.md` and what it makes of a text that the reference logs. */
export interface LogRow {
  /** Name of the row. */
  readonly id: string;
  /** Why ours differs. */
  readonly reason: string;
  /** Gives the text that ours logs. */
  readonly rewrite: (text: string) => string;
}

/** All rows. */
export const LOG_ROWS: readonly LogRow[] = [
  {
    id: "D13",
    reason: "another program, and it says so: identification line and implementation identity",
    rewrite: (text) =>
      text.replaceAll("$dcmtk: echoscu v3.6.7 2022-04-22 $", IDENTIFICATION)
        .replace(/(Our Implementation Class UID: +)[0-9.]+/g, `$1${IMPLEMENTATION_CLASS_UID}`)
        .replace(/(Our Implementation Version Name: +)\w+/g, `$1${IMPLEMENTATION_VERSION_NAME}`),
  },
  {
    id: "D26",
    reason: "no data dictionary is loaded unless DCMDICTPATH names one",
    rewrite: (text) => text.replace(/^.*DcmDataDictionary: Loading file: .*\n/gm, ""),
  },
  {
    id: "D59",
    reason: "lines in which the reference's own libraries tell about themselves are not imitated",
    rewrite: (text) => text.replace(/^.*Dcm(?:Item|Dataset)::(?!.*TransferSyntax=).*\n/gm, ""),
  },
];

/** Runs our program; its runtime keeps to its own cache even where a case sets HOME. */
export async function ourRunner(): Promise<CaseRunner> {
  const { command, args } = ourProgram();
  const run = programRunner(command, args);
  const DENO_DIR = await cacheDirectory();
  return (one) => run({ ...one, env: { DENO_DIR, ...one.env } });
}

async function cacheDirectory(): Promise<string> {
  const command = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] });
  const { stdout } = await command.output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
