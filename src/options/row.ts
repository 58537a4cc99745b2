/**
 * What a row of the option table can say.
 *
 * A row is data: the tokenizer, the value checks, dependencies, conflicts, order of evaluation, `--help`, the man
 * page and the shell completions all read the same rows. To add an option, add a row.
 */

/** What a value parser answers: a value, or why the word is none. */
export type ValueOutcome<Value = string | number | object> =
  | { readonly value: Value }
  | {
    readonly reason: ValueFault;
    /** What is wrong with it, for words that look right. */
    readonly because?: string;
  };

/** Why a word is not a value: not of the form, below the minimum, above the maximum. */
export type ValueFault = "invalid" | "underflow" | "overflow";

/** What every kind of value has. */
export interface ValueBase {
  /** How the usage text calls it, the letter that the description uses in brackets: `[f]ilename`. */
  readonly label: string;
  /** Never shown, by `--arguments` or by an error. */
  readonly isSecret?: true;
}

/** Any word. */
export interface TextValue extends ValueBase {
  /** Tag. */
  readonly kind: "text";
  /** An empty word is not one; those of the reference take it. */
  readonly isNeeded?: true;
  /** Is in parentheses after the placeholder. */
  readonly note?: string;
  /** What applies when the option is not given. */
  readonly default?: string;
  /** What a shell completes here. */
  readonly completes?: "file" | "directory";
}

/** One decimal integer. */
export interface IntegerValue extends ValueBase {
  /** Tag. */
  readonly kind: "integer";
  /** How the reference reads it: decides what it calls a negative number (see `integer.ts`). */
  readonly reading: "signed" | "unsigned";
  /** Smallest accepted value. */
  readonly minimum: number;
  /** Largest accepted value. */
  readonly maximum: number;
  /** What applies when the option is not given; absent: nothing does. */
  readonly default?: number;
  /** What the usage text shows after the placeholder. */
  readonly shows?: "range" | "default";
}

/** One of a few words. */
export interface ChoiceValue extends ValueBase {
  /** Tag. */
  readonly kind: "choice";
  /** The words, in the order the usage text lists them. */
  readonly choices: readonly string[];
  /** Words that are accepted but not listed. */
  readonly unlisted?: readonly string[];
  /** Letter case does not count; the value is the word as listed. */
  readonly anyCase?: true;
  /** What applies when the option is not given. */
  readonly default?: string;
  /** Text of the error, where it is not the usual one. */
  readonly complaint?: string;
}

/** A word with a form of its own. */
export interface ParsedValue extends ValueBase {
  /** Tag. */
  readonly kind: "parsed";
  /** Is in parentheses after the placeholder. */
  readonly note?: string;
  /** What the word must be, for people who mistyped it; by default the note. */
  readonly form?: string;
  /** Reads the word. */
  readonly parse: (word: string) => ValueOutcome;
  /** Words that a shell offers and an error names. */
  readonly suggestions?: readonly string[];
}

/** One argument word after an option. */
export type ValueSpec = TextValue | IntegerValue | ChoiceValue | ParsedValue;

/** Options of which the rightmost one counts. */
export type BlockName =
  | "verbosity"
  | "address-family"
  | "tls-mode"
  | "key-password"
  | "host-name"
  | "file-format"
  | "write-seed"
  | "peer-certificate"
  | "tls-profile";

/** One option. */
export interface OptionRow {
  /** Long name, with its dashes. */
  readonly long: string;
  /** Short name, with its sign. */
  readonly short?: string;
  /** Group title in the usage text. */
  readonly group: string;
  /** Subgroup title; absent: directly below the group title. */
  readonly subgroup?: string;
  /** The words that follow the option. */
  readonly values: readonly ValueSpec[];
  /** Description, line by line as the usage text prints it; `{default}` means the default of the value. */
  readonly help: readonly string[];
  /** Rank in the order of evaluation: of several errors, the one of the lowest rank is reported. */
  readonly order: number;
  /** Rightmost of the block wins. */
  readonly block?: BlockName;
  /** What the block says where this member of it wins. */
  readonly choice?: string;
  /** The field of `Options` that it fills: with the choice of its block, its value or values, or whether it is given. */
  readonly sets?: string;
  /** The same for a field of the TLS settings. */
  readonly setsTls?: string;
  /** This member of its block applies when none is given. */
  readonly isDefault?: true;
  /** Every occurrence counts, in command line order; otherwise only the rightmost does. */
  readonly accumulates?: true;
  /** For each list, one of its options must be given. */
  readonly needs?: readonly (readonly string[])[];
  /** For each list, none of its options may be given. */
  readonly conflicts?: readonly (readonly string[])[];
  /** The name that a missing need is reported under, where the reference names another option. */
  readonly reportedAs?: string;
  /** What happens to the parameters; absent: peer and port are wanted. `words`: any, and at least one. */
  readonly parameters?: "ignored" | "none" | "words";
  /** Prints something and ends the program, before any value is looked at. */
  readonly prints?: true;
}
