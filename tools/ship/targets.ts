/** The executables that are made. */

/** One executable. */
export interface Target {
  /** Deno's name for system and processor. */
  readonly triple: string;
  /** Name of the file that people download. */
  readonly file: string;
}

/**
 * Every target that Deno compiles for, which a test holds it to. It takes Windows on aarch64 since 2.9.3
 * (https://github.com/denoland/deno/pull/36004), and warns that it knows no packages made for that: the bundle needs none.
 */
export const TARGETS: readonly Target[] = [
  { triple: "x86_64-unknown-linux-gnu", file: "echoscu-linux-x86_64" },
  { triple: "aarch64-unknown-linux-gnu", file: "echoscu-linux-aarch64" },
  { triple: "x86_64-apple-darwin", file: "echoscu-macos-x86_64" },
  { triple: "aarch64-apple-darwin", file: "echoscu-macos-aarch64" },
  { triple: "x86_64-pc-windows-msvc", file: "echoscu-windows-x86_64.exe" },
  { triple: "aarch64-pc-windows-msvc", file: "echoscu-windows-aarch64.exe" },
];

/** Finds targets by their names; `host` means this machine. Throws for a name that is none. */
export function targetsNamed(names: readonly string[], host: string): readonly Target[] {
  if (names.length === 0) return TARGETS;
  return names.map((name) => {
    const triple = name === "host" ? host : name;
    const found = TARGETS.find((target) => target.triple === triple);
    if (found === undefined) {
      const known = TARGETS.map((target) => target.triple).join(", ");
      throw new Error(`There is no target ${triple}; there are host, ${known}`);
    }
    return found;
  });
}
