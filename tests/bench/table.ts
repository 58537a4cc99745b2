/** What benchmarks print and write. */

/** Columns as wide as they have to be: the first one aligned left, the others right. */
export function fill(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = heads.map((head, at) =>
    Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0))
  );
  const line = (cells: readonly string[]) =>
    cells.map((cell, at) => {
      const width = widths[at] ?? 0;
      return at === 0 ? cell.padEnd(width) : cell.padStart(width);
    }).join("  ").trimEnd();
  return [heads, ...rows].map((row) => `  ${line(row)}\n`).join("");
}

/** Numbers and texts of a command line of `--name=value` and `--name value`. */
export class Arguments {
  readonly #values = new Map<string, string>();

  /** Throws when there is one that nobody knows: `known` are all names without `--`. */
  constructor(args: readonly string[], known: readonly string[]) {
    const words = args.flatMap((arg) => arg.startsWith("--") ? splitOnce(arg) : [arg]);
    for (let at = 0; at < words.length; at += 2) {
      const [name = "", value] = [words[at]?.replace(/^--/, ""), words[at + 1]];
      if (!known.includes(name) || value === undefined) {
        throw new Error(`${words[at]}: there are ${known.map((one) => `--${one}=...`).join(", ")}`);
      }
      this.#values.set(name, value);
    }
  }

  /** A text, where it was given. */
  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  /** A whole number. */
  count(name: string, byDefault: number): number {
    return this.counts(name, [byDefault])[0] ?? byDefault;
  }

  /** Whole numbers, separated by commas. */
  counts(name: string, byDefault: readonly number[]): readonly number[] {
    const text = this.#values.get(name);
    if (text === undefined) return byDefault;
    if (!/^\d+(,\d+)*$/.test(text)) throw new Error(`--${name}=${text}: not a whole number`);
    return text.split(",").map(Number);
  }
}

function splitOnce(arg: string): readonly string[] {
  const at = arg.indexOf("=");
  return at === -1 ? [arg] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** What the figures were measured on. */
export interface Machine {
  readonly deno: string;
  readonly target: string;
  readonly processors: number;
  /** Processes that waited for a processor in the last minute: far below `processors` on a quiet machine. */
  readonly load: number;
}

/** This one. */
export function thisMachine(): Machine {
  return {
    deno: Deno.version.deno,
    target: Deno.build.target,
    processors: navigator.hardwareConcurrency,
    load: Deno.build.os === "windows" ? 0 : Deno.loadavg()[0] ?? 0,
  };
}

/** The machine as one line. */
export function machineLine({ deno, target, processors, load }: Machine): string {
  return `Deno ${deno}, ${target}, ${processors} processors, load ${load.toFixed(1)}`;
}

/** Writes figures as JSON where a file is given. */
export async function writeJson(
  file: string | undefined,
  content: Readonly<Record<string, unknown>>,
): Promise<void> {
  if (file !== undefined) await Deno.writeTextFile(file, `${JSON.stringify(content, null, 2)}\n`);
}
