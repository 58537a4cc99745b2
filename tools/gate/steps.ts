/** The steps of the gate, what takes longest first: each is one command of the Deno that runs it. */

import { ROOMS } from "../rooms.ts";

/** One step. */
export interface Step {
  /** What it checks. */
  readonly name: string;
  /** Arguments for Deno. */
  readonly args: readonly string[];
  /** Whether it runs tests, which are counted one by one; other steps count as one. */
  readonly tests: boolean;
  /** Whether the files of tests share one world, so that every module is loaded once and not once a file. */
  readonly isShared?: true;
}

/** What to leave out or add. */
export interface GateOptions {
  /** How long to fuzz. */
  readonly fuzzSeconds: number;
  /** Whether to play the recorded cases that take long. */
  readonly slow: boolean;
  /** Where random choices begin. */
  readonly seed: number;
}

/** Sockets of this machine, temporary files and pipes: what the tests of the rooms at the edge need. */
const EDGE_PERMISSIONS = [
  "--allow-net=127.0.0.1,127.0.0.5,192.0.2.77,127.1,2130706433,0x7f000001,[::1],localhost,0.0.0.0,[::],no.such.host.invalid",
  "--allow-read",
  "--allow-write",
  "--allow-env",
  "--allow-sys",
  "--allow-run=mkfifo",
];

/** Where the fuzzers are. */
const FUZZ = "tests/fuzz";

/**
 * Files of tests that take longest, in that order: each is a step of its own, so that they run next to each other and
 * none of them is waited for at the end. They mostly wait: for time limits, or for the reference.
 */
const LONGEST = [
  "tests/attacks/soak_test.ts",
  "tests/differential/net_cases_test.ts",
  "tests/differential/tls_cases_test.ts",
  "tests/differential/verbose_test.ts",
  "tests/differential/x509_test.ts",
  "tests/differential/log_program_test.ts",
  "tests/differential/x509_mutants_test.ts",
  "tests/peers/hostile_test.ts",
  "tests/differential/mutations_test.ts",
  "tests/peers/scp_test.ts",
  "tests/differential/rejections_test.ts",
  "tests/e2e/confinement_test.ts",
  "tests/peers/addresses_test.ts",
  "tests/differential/cli_test.ts",
  "tests/differential/dictionary_test.ts",
  "tests/peers/diagnosis_peers_test.ts",
  "tests/peers/diagnosis_scripted_test.ts",
];

/** Makes the list of steps for the files that are there: quick checks, then what takes longest, then all the rest. */
export function gateSteps(options: GateOptions): readonly Step[] {
  const { long, rest } = folderSteps(options);
  const first = long.slice(0, 4);
  return [
    ...staticSteps(),
    ...first,
    ...unitSteps(options),
    ...long.slice(first.length),
    ...rest,
    ...fuzzSteps(options),
  ];
}

/** What needs no run of the program. */
export function staticSteps(): readonly Step[] {
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

/** Files of pure tests that are worth a step of their own: they wait, too, and wait next to each other then. */
const PURE_A_STEP = 10;

/** Tests of these files of `src/` and `tools/` by what they need: pure rooms get no permission, which proves them pure. */
export function unitStepsOf(paths: readonly string[], seed: number): readonly Step[] {
  const pure = paths.filter(isPure);
  const edge = paths.filter((path) => !isPure(path));
  const parts = Math.min(2, Math.ceil(pure.length / PURE_A_STEP));
  return sharing([
    ...dealt(pure, parts).flatMap(({ part, of }) =>
      testStep(`unit tests, without any permission${of}`, { paths: part, flags: IGNORED, seed })
    ),
    ...testStep("unit tests of sockets and files", { paths: edge, flags: EDGE_PERMISSIONS, seed }),
  ]);
}

/** Files in so many parts of equal size, each with what is said of it. */
function dealt(
  paths: readonly string[],
  count: number,
): readonly { readonly part: readonly string[]; readonly of: string }[] {
  return Array.from({ length: count }, (_, own) => ({
    part: paths.filter((_, at) => at % count === own),
    of: count === 1 ? "" : `, part ${own + 1} of ${count}`,
  }));
}

function sharing(steps: readonly Step[]): readonly Step[] {
  return steps.map((step) => ({ ...step, isShared: true }));
}

function unitSteps({ seed }: GateOptions): readonly Step[] {
  return unitStepsOf([...testsIn("src"), ...testsIn("tools")], seed);
}

/** All files with tests below a folder, in a fixed order. */
export function testsIn(folder: string): readonly string[] {
  return files(folder).filter((path) => path.endsWith("_test.ts"));
}

/** Files of a folder of tests/ that make a step: they mostly wait, so that a few steps next to each other take less time. */
const FILES_A_STEP = 8;

/** The longest files are steps of their own; what else a folder of tests/ holds is dealt out to steps of equal size. */
function folderSteps({ slow, seed }: GateOptions): Readonly<Record<"long" | "rest", Step[]>> {
  const own = testsIn("tests");
  const more = slow ? ["--slow"] : [];
  const step = (name: string, paths: readonly string[]) =>
    testStep(name, { paths, flags: ["--allow-all"], more, seed });
  const long = LONGEST.filter((path) => own.includes(path));
  const others = own.filter((path) => !long.includes(path));
  const folders = [...new Set(others.map((path) => path.split("/")[1] ?? ""))];
  return {
    long: long.flatMap((path) => step(path, [path])),
    rest: folders.flatMap((folder) => {
      const all = others.filter((path) => path.startsWith(`tests/${folder}/`));
      return dealt(all, Math.ceil(all.length / FILES_A_STEP))
        .flatMap(({ part, of }) => sharing(step(`tests/${folder}${of}`, part)));
    }),
  };
}

/** Each program of tests/fuzz/ gets its share of the time; it needs no permission. */
function fuzzSteps({ fuzzSeconds, seed }: GateOptions): Step[] {
  const programs = files(FUZZ).filter((path) => path.endsWith(".ts") && !path.endsWith("_test.ts"));
  const seconds = Math.ceil(fuzzSeconds / Math.max(1, programs.length));
  return programs.map((path) => ({
    name: `fuzz by ${path}, ${seconds} s`,
    args: ["run", "--quiet", "--no-prompt", path, "--seconds", `${seconds}`, "--seed", `${seed}`],
    tests: false,
  }));
}

interface TestFiles {
  readonly paths: readonly string[];
  readonly flags: readonly string[];
  readonly seed: number;
  /** What the tests find in `Deno.args` besides the seed. */
  readonly more?: readonly string[];
}

/** A step that runs the tests of some files; none when there is none. Their types are checked by a step of its own. */
function testStep(name: string, { paths, flags, seed, more = [] }: TestFiles): Step[] {
  if (paths.length === 0) return [];
  const head = ["test", "--no-prompt", "--no-check", ...flags];
  return [{ name, args: [...head, ...paths, "--", `--seed=${seed}`, ...more], tests: true }];
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
