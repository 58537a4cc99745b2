/**
 * What a row of a plan's schema can say, and the types that follow from it.
 *
 * The rows are the one source: the reader checks files by them, `docs/plan.schema.json` is made from them, and the
 * types of what was read are inferred from them. To add a setting, add a row.
 */

import type { OptionFields } from "../options/mod.ts";

/** What every row has. */
interface RowBase {
  /** One sentence for people, shown by editors. */
  readonly doc: string;
  /** It must be there. */
  readonly required?: true;
  /** The field of `Options` that it fills for a peer, as an option's row of the same `sets` does for all. */
  readonly sets?: keyof OptionFields;
}

/** Text. A plain number or word counts as text too, as it is written. */
export interface TextRow extends RowBase {
  readonly kind: "text";
  /** What it must look like; anything without one. */
  readonly form?: TextForm;
  /** `${NAME}` in it is replaced by the environment variable. */
  readonly secret?: true;
}

/** A path, relative to the file it is in. */
export interface FileRow extends RowBase {
  readonly kind: "file";
  /** What it names; `plan` is read by the loader. */
  readonly of: "file" | "directory" | "plan";
}

/** A whole number. */
export interface IntegerRow extends RowBase {
  readonly kind: "integer";
  readonly minimum: number;
  readonly maximum: number;
}

/** A time: seconds as a number, or a number with `ms`, `s` or `min`. Its value is in seconds. */
export interface DurationRow extends RowBase {
  readonly kind: "duration";
  /** Seconds. */
  readonly minimum: number;
  /** Seconds. */
  readonly maximum: number;
}

/** One of a few words. */
export interface ChoiceRow extends RowBase {
  readonly kind: "choice";
  readonly choices: readonly string[];
}

/** `true` or `false`. */
export interface BooleanRow extends RowBase {
  readonly kind: "boolean";
}

/** Any number of the same. */
export interface ListRow extends RowBase {
  readonly kind: "list";
  readonly item: FieldRow;
}

/** Keys with their values. */
export interface MappingRow extends RowBase {
  readonly kind: "mapping";
  readonly fields: Fields;
}

/** What text must look like as a whole. */
export interface TextForm {
  /** A regular expression that needs no flags. */
  readonly pattern: string;
  /** The same in words. */
  readonly words: string;
  /** Why a text is refused that looks right; `undefined` where the words say enough, or nothing is wrong. */
  readonly because?: (text: string) => string | undefined;
}

/** Any number of the same, each with a name of its own. */
export interface NamedRow extends RowBase {
  readonly kind: "named";
  /** What the names look like. */
  readonly names: TextForm;
  readonly item: MappingRow;
}

/** One row. */
export type FieldRow =
  | TextRow
  | FileRow
  | IntegerRow
  | DurationRow
  | ChoiceRow
  | BooleanRow
  | ListRow
  | MappingRow
  | NamedRow;

/** The keys of a mapping. */
export interface Fields {
  readonly [key: string]: FieldRow;
}

/** What is read by a row. */
export type ValueOf<Row extends FieldRow> = Row extends { readonly kind: "text" | "file" } ? string
  : Row extends { readonly kind: "integer" | "duration" } ? number
  : Row extends { readonly kind: "choice"; readonly choices: readonly (infer Choice)[] } ? Choice
  : Row extends { readonly kind: "boolean" } ? boolean
  : Row extends { readonly kind: "list"; readonly item: infer Item extends FieldRow }
    ? readonly ValueOf<Item>[]
  : Row extends { readonly kind: "mapping"; readonly fields: infer Inner extends Fields }
    ? MappingOf<Inner>
  : Row extends { readonly kind: "named"; readonly item: infer Item extends FieldRow }
    ? ReadonlyMap<string, ValueOf<Item>>
  : never;

/** What is read by the rows of a mapping. What is required is there once a plan has no problems. */
export type MappingOf<Rows extends Fields> =
  & {
    readonly [Key in keyof Rows as Rows[Key] extends { required: true } ? Key : never]: ValueOf<
      Rows[Key]
    >;
  }
  & {
    readonly [Key in keyof Rows as Rows[Key] extends { required: true } ? never : Key]?: ValueOf<
      Rows[Key]
    >;
  };

/** The fields of `Options` that the rows of a mapping fill. */
export type FilledBy<Rows extends Fields> = {
  readonly [
    Key in keyof Rows as Rows[Key] extends { readonly sets: infer Field extends string } ? Field
      : never
  ]?: ValueOf<Rows[Key]>;
};

/** What a time with a unit looks like; seconds without one. */
export const DURATION = /^(\d+(?:\.\d+)?)(ms|s|min)?$/;
