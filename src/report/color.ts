/** Whether and how to color. */

/** What a stream says of itself. */
export interface Stream {
  /** Whether a person may be reading it. */
  readonly isTerminal: boolean;
  /** Environment variables. */
  readonly env: (name: string) => string | undefined;
}

/**
 * Whether to color a stream, by the usual order of precedence: the option; NO_COLOR (not empty); CLICOLOR_FORCE (not
 * `0`); CLICOLOR=0; else on terminals that are not dumb.
 */
export function usesColor(
  option: "auto" | "always" | "never",
  { isTerminal, env }: Stream,
): boolean {
  if (option !== "auto") return option === "always";
  if ((env("NO_COLOR") ?? "") !== "") return false;
  if (!["", "0"].includes(env("CLICOLOR_FORCE") ?? "")) return true;
  return env("CLICOLOR") !== "0" && isTerminal && env("TERM") !== "dumb";
}

/** How to show a piece of text. Color never carries a meaning of its own. */
export type Tone = "good" | "bad" | "dim" | "strong";

const CODES: Readonly<Record<Tone, string>> = { good: "32", bad: "1;31", dim: "2", strong: "1" };

/** Colors text, or leaves it as it is. */
export type Paint = (tone: Tone, text: string) => string;

/** The brush for a stream that is colored or not. */
export function paintWith(isColored: boolean): Paint {
  if (!isColored) return (_tone, text) => text;
  return (tone, text) => text === "" ? "" : `\x1b[${CODES[tone]}m${text}\x1b[0m`;
}
