/** The option table. */

import type { BlockName, ValueOutcome } from "./row.ts";
import { ADDITIONAL_ROWS } from "./rows_additional.ts";
import { GENERAL_ROWS } from "./rows_general.ts";
import { NETWORK_ROWS } from "./rows_network.ts";
import { TLS_ROWS } from "./rows_tls.ts";

/** Every option, in the order of the usage text. */
export const OPTION_ROWS = [
  ...GENERAL_ROWS,
  ...NETWORK_ROWS,
  ...TLS_ROWS,
  ...ADDITIONAL_ROWS,
] as const;

/** One of the rows. */
export type OneRow = (typeof OPTION_ROWS)[number];

/** Long name of an option in the table. */
export type LongName = OneRow["long"];

/** The row of an option. */
export type RowNamed<Name extends LongName> = Extract<OneRow, { long: Name }>;

/** What is read by one value of a row. */
export type ValueOf<Spec> = Spec extends { readonly kind: "text" } ? string
  : Spec extends { readonly kind: "integer" } ? number
  : Spec extends { readonly kind: "choice"; readonly choices: readonly (infer Word)[] }
    ? Word | (Spec extends { readonly unlisted: readonly (infer More)[] } ? More : never)
  : Spec extends { readonly parse: (word: string) => ValueOutcome<infer Value> } ? Value
  : never;

/** The values of one occurrence of an option, one for each of its words, as its row reads them. */
export type ValuesOf<Name extends LongName> = RowNamed<Name>["values"] extends
  infer Specs extends readonly unknown[] ? { readonly [At in keyof Specs]: ValueOf<Specs[At]> }
  : never;

/** The first of these values: always there where the row has a default. */
export type FirstValueOf<Name extends LongName> =
  | ValuesOf<Name>[0]
  | (RowNamed<Name>["values"][0] extends { readonly default: string | number } ? never : undefined);

/** The rows of a block. */
export type RowInBlock<Block extends BlockName> = Extract<OneRow, { block: Block }>;

/** What a block stands for: the choice of the option that counts. */
export type ChoiceOf<Block extends BlockName> =
  | Extract<RowInBlock<Block>, { choice: string }>["choice"]
  | ([Extract<RowInBlock<Block>, { isDefault: true }>] extends [never] ? undefined : never);

/** What a row fills a field with. */
export type FilledBy<Row extends OneRow> = Row extends
  { block: infer Block extends BlockName; choice: string } ? ChoiceOf<Block>
  : Row["values"] extends readonly [] ? boolean
  : Row extends { accumulates: true } ? readonly ValuesOf<Row["long"]>[number][]
  : FirstValueOf<Row["long"]>;

/** The fields that rows fill by their member `Key`. */
export type FieldsOf<Key extends "sets" | "setsTls"> = {
  readonly [
    Row in OneRow as Row extends { readonly [Member in Key]: infer Field extends string } ? Field
      : never
  ]: FilledBy<Row>;
};

/** A parameter: a word that is on its own. */
export interface ParameterRow {
  /** Name in the usage text and in errors. */
  readonly name: string;
  /** Description, line by line as the usage text prints it. */
  readonly help: readonly string[];
}

/** The parameters in their order. */
export const PARAMETER_ROWS: readonly ParameterRow[] = [
  { name: "peer", help: ["host name or IP address of the DICOM peer"] },
  {
    name: "port",
    help: [
      "TCP port of the DICOM peer (1..65535); both may",
      "be one word: host:port, or with the called AE",
      "title title@host:port",
    ],
  },
];
