/** The steps of the gate, in their order: each is one command of the Deno that runs it. */

import { ROOMS } from "../rooms.ts";

/** One step. */
export interface Step {
  /** What it checks. */
  readonly name: string;
  /** Arguments for Deno. */
  readonly args: readonly string[];
  /** Whether it runs tests, which are counted one by one; other steps count as one. */
  readonly tests: boolean;
}

/** What to leave out or add. */
export interface GateOptions {
  /** How long to fuzz. */
  readonly fuzzSeconds: number;
  /** Whether to play the recorded cases that take long. */
  readonly slow: boolean;
}

/** Sockets of this machine and temporary files: what the tests of the rooms at the edge need. */
const EDGE_PERMISSIONS = [
  "--allow-net=127.0.0.1,127.1,2130706433,0x7f000001,[::1],localhost,0.0.0.0,[::]",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
];

/** Where the fuzzers are. */
const FUZZ = "tests/fuzz";

/** Makes the list of steps for the files that are there. */
export function gateSteps(options: GateOptions): readonly Step[] {
  return [...staticSteps(), ...unitSteps(), ...folderSteps(options), ...fuzzSteps(options)];
}

function staticSteps(): Step[] {
  const modules = files("src").filter((path) => /^src\/\w+\/mod\.ts$/.test(path));
  return [
    { name: "formatting", args: ["fmt", "--check"], tests: false },
    { name: "lint, with the rules of the rooms", args: ["lint", "--quiet"], tests: false },
    { name: "types", args: ["check", "--quiet", "."], tests: false },
    {
      name: "documentation of everything exported",
      args: ["doc", "--lint", "--quiet", "src/errors.ts", ...modules],
      tests: false,
    },
  ];
}

/** Variables that the YAML library looks at: it shall find them unset, which takes no permission. */
const IGNORED = ["--ignore-env=LOG_TOKENS,LOG_STREAM"];

/** Pure rooms are tested without any permission: that is the proof that they are pure. */
function unitSteps(): Step[] {
  const all = files("src").filter((path) => path.endsWith("_test.ts"));
  const pure = all.filter(isPure);
  const edge = all.filter((path) => !isPure(path));
  const tools = files("tools").filter((path) => path.endsWith("_test.ts"));
  return [
    testStep("unit tests, without any permission", { paths: [...pure, ...tools], flags: IGNORED }),
    testStep("unit tests of sockets and files", { paths: edge, flags: EDGE_PERMISSIONS }),
  ].filter(({ paths }) => paths > 0).map(({ step }) => step);
}

/** Each folder of tests/ that holds tests is one step. */
function folderSteps({ slow }: GateOptions): Step[] {
  const own = files("tests").filter((path) => path.endsWith("_test.ts"));
  const folders = [...new Set(own.map((path) => path.split("/")[1] ?? ""))];
  return folders.map((folder) => {
    const paths = own.filter((path) => path.startsWith(`tests/${folder}/`));
    const after = slow ? ["--", "--slow"] : [];
    return testStep(`tests/${folder}`, { paths, flags: ["--allow-all"], after }).step;
  });
}

/** Each program of tests/fuzz/ gets its share of the time; it needs no permission. */
function fuzzSteps({ fuzzSeconds }: GateOptions): Step[] {
  const programs = files(FUZZ).filter((path) => path.endsWith(".ts") && !path.endsWith("_test.ts"));
  const seconds = Math.ceil(fuzzSeconds / Math.max(1, programs.length));
  return programs.map((path) => ({
    name: `fuzz by ${path}, ${seconds} s`,
    args: ["run", "--quiet", "--no-prompt", path, "--seconds", `${seconds}`],
    tests: false,
  }));
}

interface TestFiles {
  readonly paths: readonly string[];
  readonly flags?: readonly string[];
  readonly after?: readonly string[];
}

function testStep(name: string, { paths, flags = [], after = [] }: TestFiles) {
  const args = ["test", "--quiet", "--no-prompt", ...flags, ...paths, ...after];
  return { step: { name, args, tests: true }, paths: paths.length };
}

function isPure(path: string): boolean {
  const [, room = "", ...rest] = path.split("/");
  if (rest.length === 0) return true;
  const deno = ROOMS[room]?.deno ?? "nowhere";
  return deno === "nowhere" || (deno === "host files" && !(rest.at(-1) ?? "").startsWith("host_"));
}

/** All files below a folder, in a fixed order; none when it does not exist. */
function files(folder: string): string[] {
  const found: string[] = [];
  try {
    for (const { name, isDirectory } of Deno.readDirSync(folder)) {
      const path = `${folder}/${name}`;
      if (isDirectory) found.push(...files(path));
      else found.push(path);
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort();
}
