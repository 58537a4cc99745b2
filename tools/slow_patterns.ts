/**
 * Finds regular expressions that a long text can make slow: whatever may take more than time in proportion to the text.
 *
 * Three searches complete each other. `scslre` knows repeats within repeats and repeats next to each other that match
 * the same text; alternatives in a repeat must not begin alike. The search for restarts is more careful than its own: an expression that may begin anywhere, with a repeat
 * that can run over its own beginnings and then fail, costs the square of the text (/\s+$/, / #.*$/).
 */

import { type AST, RegExpParser } from "@eslint-community/regexpp";
import {
  getConsumedChars,
  getFirstConsumedChar,
  isPotentiallyEmpty,
  isZeroLength,
} from "regexp-ast-analysis";
import { analyse } from "scslre";

/** A regular expression as `RegExp` has it. */
export interface Expression {
  readonly source: string;
  readonly flags: string;
}

/** Says what makes `expression` slow; `undefined` for one that takes time in proportion to any text. */
export function slowness(expression: Expression): string | undefined {
  const { source, flags } = expression;
  const { reports } = analyse({ source, flags });
  for (const report of reports) {
    switch (report.type) {
      case "Self":
        return `${report.quant.raw} repeats within itself`;
      case "Trade":
        return `${report.startQuant.raw} and ${report.endQuant.raw} can match the same text`;
      case "Move":
        return `${report.quant.raw} is tried from each place that it covers`;
    }
  }
  return restart(expression) ?? ambiguity(expression);
}

function parse({ source, flags }: Expression) {
  const parser = new RegExpParser();
  const unicode = flags.includes("u");
  return {
    pattern: parser.parsePattern(source, 0, source.length, { unicode }),
    flags: parser.parseFlags(flags, 0, flags.length),
  };
}

/** Finds a repeat of alternatives that begin alike: each round doubles the ways to match the same text. */
function ambiguity(expression: Expression): string | undefined {
  const { pattern, flags } = parse(expression);
  for (
    const repeat of pattern.alternatives.flatMap(({ elements }) => elements.flatMap(endlessIn))
  ) {
    const inner = repeat.element;
    if (inner.type !== "Group" && inner.type !== "CapturingGroup") continue;
    const firsts = inner.alternatives.map((one) => getFirstConsumedChar(one, "ltr", flags).char);
    const isAmbiguous = firsts.some((first, at) =>
      firsts.slice(at + 1).some((other) => !first.isDisjointWith(other))
    );
    if (isAmbiguous) return `alternatives in ${repeat.raw} begin alike`;
  }
  return undefined;
}

/** Finds a repeat that covers places where the whole expression may begin again. */
function restart(expression: Expression): string | undefined {
  if (expression.flags.includes("y")) return undefined;
  const { pattern, flags } = parse(expression);
  for (const alternative of pattern.alternatives) {
    if (isAnchored(alternative)) continue;
    const first = getFirstConsumedChar(alternative, "ltr", flags).char;
    for (const repeat of failingRepeats(alternative)) {
      const covered = getConsumedChars(repeat.element, flags).chars;
      if (!covered.isDisjointWith(first)) {
        return `${repeat.raw} is tried from each place that it covers`;
      }
    }
  }
  return undefined;
}

function isAnchored(alternative: AST.Alternative): boolean {
  const [first] = alternative.elements;
  return first?.type === "Assertion" && first.kind === "start";
}

/** The repeats without an end that something follows which need not match. */
function failingRepeats(alternative: AST.Alternative): readonly AST.Quantifier[] {
  const found: AST.Quantifier[] = [];
  let canFail = false;
  for (const element of alternative.elements.toReversed()) {
    if (canFail) found.push(...endlessIn(element));
    if (isZeroLength(element, NO_FLAGS) || !isPotentiallyEmpty(element, NO_FLAGS)) canFail = true;
  }
  return found;
}

const NO_FLAGS = {};

function endlessIn(element: AST.Element): readonly AST.Quantifier[] {
  if (element.type === "Quantifier") {
    return element.max === Infinity ? [element] : endlessIn(element.element);
  }
  if (element.type !== "Group" && element.type !== "CapturingGroup") return [];
  return element.alternatives.flatMap((inner) => inner.elements.flatMap(endlessIn));
}
