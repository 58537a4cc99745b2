/**
 * What was typed to what counts: blocks, dependencies, conflicts and values, in the order of the rows' ranks.
 *
 * In a block the rightmost option wins. The reference looks for the members in their order of evaluation, each time
 * from the right end to the member found before; members found on the way are checked too, so an error names the
 * first of them. Of an option outside a block the rightmost occurrence counts, and only its value is looked at.
 */

import { parseInteger } from "./integer.ts";
import { UsageError } from "./problem.ts";
import type { BlockName, OptionRow, ValueOutcome, ValueSpec } from "./row.ts";
import type { ChoiceOf, FieldsOf, FirstValueOf, LongName, ValuesOf } from "./rows.ts";
import type { Occurrence } from "./tokenize.ts";

/** The value of one argument word. */
type Value = string | number | object;

/** The options that count, and their values. */
export class Settings {
  readonly #rows: readonly OptionRow[];
  readonly #byName = new Map<string, OptionRow>();
  /** What each block stands for when none of it is given. */
  readonly #defaults = new Map<BlockName, OptionRow>();
  readonly #given = new Map<string, readonly Occurrence[]>();
  readonly #winners = new Map<BlockName, string>();
  readonly #values = new Map<string, readonly Value[]>();

  /** Sorts out which of `occurrences` count; checks nothing yet. */
  constructor(occurrences: readonly Occurrence[], rows: readonly OptionRow[]) {
    this.#rows = [...rows].sort((left, right) => left.order - right.order);
    const limits = new Map<BlockName, number>();
    for (const row of this.#rows) {
      this.#byName.set(row.long, row);
      if (row.block !== undefined && row.isDefault) this.#defaults.set(row.block, row);
      const limit = row.block === undefined ? -1 : limits.get(row.block) ?? -1;
      const last = occurrences.findLastIndex((one) => one.row === row);
      if (last <= limit) continue;
      const counts = row.accumulates
        ? occurrences.filter((one) => one.row === row)
        : occurrences.slice(last, last + 1);
      this.#given.set(row.long, counts);
      if (row.block === undefined) continue;
      limits.set(row.block, last);
      this.#winners.set(row.block, row.long);
    }
  }

  /** Checks the options with a rank from `from` to below `to`, lowest first, and reads their values. */
  check(from: number, to: number): void {
    for (const row of this.#rows) {
      if (row.order < from || row.order >= to) continue;
      const occurrences = this.#given.get(row.long);
      if (occurrences === undefined) continue;
      this.#checkPartners(row);
      this.#values.set(row.long, occurrences.flatMap(readValues));
    }
  }

  /** Whether the option counts: given, and not beaten by another of its block. */
  has(long: LongName): boolean {
    return this.#isActive(long);
  }

  /* What a row has read is of the type that follows from the row: in these four, and nowhere else, that is assumed. */

  /** The values of an option, of all its occurrences: those given and checked, else its default, else none. */
  values<Name extends LongName>(long: Name): readonly ValuesOf<Name>[number][] {
    return this.#read(long) as readonly ValuesOf<Name>[number][];
  }

  /** The value of an option that has one; `undefined` when it does not count and has no default. */
  value<Name extends LongName>(long: Name): FirstValueOf<Name> {
    return this.#read(long)[0] as FirstValueOf<Name>;
  }

  /** What a block stands for: the choice of the option that counts, or of the one that applies by default. */
  choice<Block extends BlockName>(block: Block): ChoiceOf<Block> {
    return this.#choice(block) as ChoiceOf<Block>;
  }

  /** The fields that rows fill by their member `key`. */
  fields<Key extends "sets" | "setsTls">(key: Key): FieldsOf<Key> {
    const filled = this.#rows.flatMap((row) => {
      const field = row[key];
      return field === undefined ? [] : [[field, this.#filling(row)]];
    });
    return Object.fromEntries(filled) as FieldsOf<Key>;
  }

  #read(long: string): readonly Value[] {
    const given = this.#isActive(long) ? this.#values.get(long) : undefined;
    return given ?? defaultsOf(this.#byName.get(long));
  }

  #choice(block: BlockName): string | undefined {
    const winner = this.#winners.get(block);
    const row = winner === undefined ? this.#defaults.get(block) : this.#byName.get(winner);
    return row?.choice;
  }

  #filling(row: OptionRow): unknown {
    if (row.block !== undefined && row.choice !== undefined) return this.#choice(row.block);
    if (row.values.length === 0) return this.#isActive(row.long);
    const read = this.#read(row.long);
    return row.accumulates ? read : read[0];
  }

  #isActive(long: string): boolean {
    const occurrence = this.#given.get(long)?.[0];
    if (occurrence === undefined) return false;
    const { block } = occurrence.row;
    return block === undefined || this.#winners.get(block) === long;
  }

  #checkPartners(row: OptionRow): void {
    for (const partners of row.needs ?? []) {
      if (partners.some((one) => this.#isActive(one))) continue;
      const reportedAs = row.reportedAs ?? row.long;
      throw new UsageError({ kind: "only-allowed-with", option: row.long, reportedAs, partners });
    }
    for (const partners of row.conflicts ?? []) {
      if (!partners.some((one) => this.#isActive(one))) continue;
      throw new UsageError({ kind: "not-allowed-with", option: row.long, partners });
    }
  }
}

function defaultsOf(row: OptionRow | undefined): readonly Value[] {
  return (row?.values ?? []).flatMap((value) =>
    "default" in value && value.default !== undefined ? [value.default] : []
  );
}

function readValues({ row, words }: Occurrence): readonly Value[] {
  return row.values.map((spec, at) => readValue(spec, { option: row.long, word: words[at] ?? "" }));
}

function readValue(spec: ValueSpec, given: { option: string; word: string }): Value {
  const outcome = parseValue(spec, given.word);
  if ("value" in outcome) return outcome.value;
  const complaint = spec.kind === "choice" ? spec.complaint : undefined;
  throw new UsageError({
    kind: "invalid-value",
    ...given,
    ...(spec.isSecret === true ? { word: "***" } : {}),
    reason: outcome.reason,
    ...(outcome.because === undefined ? {} : { because: outcome.because }),
    ...(complaint === undefined ? {} : { complaint }),
  });
}

function parseValue(spec: ValueSpec, word: string): ValueOutcome {
  switch (spec.kind) {
    case "text":
      return spec.isNeeded && word === "" ? { reason: "invalid" } : { value: word };
    case "integer":
      return parseInteger(word, spec);
    case "choice": {
      const wanted = spec.anyCase ? word.toLowerCase() : word;
      const isKnown = spec.choices.includes(wanted) || spec.unlisted?.includes(wanted);
      return isKnown ? { value: wanted } : { reason: "invalid" };
    }
    case "parsed":
      return spec.parse(word);
  }
}
