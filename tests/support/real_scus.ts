/** Runs real SCUs of other vendors, one C-ECHO each. */

import { DEBIAN_PYTHON, missing, type Need, NPM_FOLDER, pathOf } from "./installed.ts";
import { PIXELMED_JAR } from "./peer_setups.ts";
import { type Run, runProgram } from "./run_program.ts";

/** Whom an SCU shall verify. */
export interface Called {
  /** Address of the SCP. */
  readonly host: string;
  /** Port of the SCP. */
  readonly port: number;
  /** AE title of the SCP. */
  readonly called: string;
  /** AE title to go by. */
  readonly calling: string;
}

/** What an SCU did. */
export interface ScuRun extends Run {
  /**
   * What the SCU itself says: `verified`, `failed`, or `silent` when nothing it says can be relied on and only the SCP
   * knows.
   */
  readonly says: "verified" | "failed" | "silent";
}

interface Scu {
  readonly need: Need;
  /** How far it goes: some only associate. */
  readonly does: "echo" | "associate";
  readonly command: (called: Called) => readonly string[];
  readonly judge: (run: Run) => ScuRun["says"];
}

const SCUS = {
  "echoscu": {
    need: { program: "echoscu" },
    does: "echo",
    command: (
      { host, port, called, calling },
    ) => ["echoscu", "-v", "-aet", calling, "-aec", called, host, `${port}`],
    // Its exit status is 0 even when the association is aborted instead of answered.
    judge: (run) =>
      verdict(run.stderr.includes("I: Received Echo Response (Success)") && run.code === 0),
  },
  "odil": {
    need: { python: "odil" },
    does: "echo",
    command: (
      { host, port, called, calling },
    ) => [DEBIAN_PYTHON, pathOf("foreign/odil_scu.py"), host, `${port}`, called, calling],
    judge: (run) => verdict(run.code === 0),
  },
  "gdcmscu": {
    need: { program: "gdcmscu" },
    does: "echo",
    command: (
      { host, port, called, calling },
    ) => ["gdcmscu", "--echo", "--aetitle", calling, "--call", called, host, `${port}`],
    // It ends with SIGABRT after success as well.
    judge: () => "silent",
  },
  "dicom_echo": {
    need: { program: "dicom_echo" },
    does: "echo",
    command: (
      { host, port, called, calling },
    ) => ["dicom_echo", "-a", calling, "-c", called, host, `${port}`],
    judge: (run) => verdict(run.code === 0),
  },
  "dcmjs": {
    need: { npm: "dcmjs-dimse" },
    does: "echo",
    command: (
      { host, port, called, calling },
    ) => ["node", pathOf("foreign/dcmjs_scu.cjs"), NPM_FOLDER, host, `${port}`, called, calling],
    judge: (run) => verdict(run.code === 0),
  },
  "pixelmed": {
    need: { jar: PIXELMED_JAR },
    does: "echo",
    command: ({ host, port, called, calling }) => [
      ...["java", "-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp", PIXELMED_JAR],
      ...[
        "com.pixelmed.network.VerificationSOPClassSCU",
        host,
        `${port}`,
        called,
        calling,
        "NONSECURE",
      ],
    ],
    // Its exit status is always 0.
    judge: (run) => verdict(/was successful/.test(run.stdout + run.stderr)),
  },
  "nmap": {
    need: { program: "nmap" },
    does: "associate",
    command: ({ host, port, called, calling }) => [
      ...["nmap", "-Pn", "-n", "-sT", "-p", `${port}`, "--script", "+dicom-ping"],
      ...["--script-args", `dicom.called_aet=${called},dicom.calling_aet=${calling}`, host],
    ],
    judge: (run) => verdict(run.stdout.includes("DICOM Service Provider discovered")),
  },
} as const satisfies Record<string, Scu>;

/** Name of an SCU. */
export type ScuName = keyof typeof SCUS;

/** All names. */
export const SCU_NAMES = Object.keys(SCUS) as readonly ScuName[];

/** Says why an SCU cannot run here; `undefined` when it can. */
export function scuMissing(name: ScuName): string | undefined {
  return missing(SCUS[name].need);
}

/** Whether an SCU sends a C-ECHO, or only asks for an association. */
export function scuEchoes(name: ScuName): boolean {
  const scu: Scu = SCUS[name];
  return scu.does === "echo";
}

/** The command line of one echo. */
export function scuCommand(name: ScuName, called: Called): readonly string[] {
  return SCUS[name].command(called);
}

/** Runs an SCU once. */
export async function runScu(name: ScuName, called: Called): Promise<ScuRun> {
  const scu: Scu = SCUS[name];
  const [command = "", ...args] = scuCommand(name, called);
  const run = await runProgram({ command, args: [] }, { args, timeoutMs: 60_000 });
  return { ...run, says: scu.judge(run) };
}

function verdict(verified: boolean): "verified" | "failed" {
  return verified ? "verified" : "failed";
}
