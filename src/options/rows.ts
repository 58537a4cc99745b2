/** The option table. */

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

/** Long name of an option in the table. */
export type LongName = (typeof OPTION_ROWS)[number]["long"];

/** A parameter: a word that stands on its own. */
export interface ParameterRow {
  /** Name in the usage text and in errors. */
  readonly name: string;
  /** Description in the usage text. */
  readonly help: string;
}

/** The parameters in their order. */
export const PARAMETER_ROWS: readonly ParameterRow[] = [
  { name: "peer", help: "host name or IP address of the DICOM peer" },
  { name: "port", help: "TCP port of the DICOM peer (1..65535)" },
];
