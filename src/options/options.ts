/** What a command line means: all defaults applied, all cross checks done. */

import type { TlsRequest, TlsSeeds } from "../common/tls_request.ts";
import type { UserIdentity } from "../dicom/mod.ts";
import type { Mode } from "./modes.ts";
import type { UserOptions } from "./user.ts";
import type { ReportRequest } from "./reports.ts";
import type { FieldsOf, FirstValueOf } from "./rows.ts";

export type { TlsSeeds };

/** A logger configuration file, read once and found to set up the root logger. */
export interface LogConfigFile {
  /** The path as typed. */
  readonly path: string;
  /** Its bytes. */
  readonly bytes: Uint8Array;
}

/** How to log. */
export interface LoggingOptions {
  /** Effective level from `-q -v -d -ll`; default `warn`. A configuration file sets its own. */
  readonly level: FirstValueOf<"--log-level">;
  /** `--log-config`. */
  readonly config: LogConfigFile | undefined;
  /** `--log-format`; default `text`. */
  readonly format: FirstValueOf<"--log-format">;
}

/** TLS as asked for. */
export type TlsOptions =
  /** Plain TCP; `--request-sni` is kept for the peers of a plan that use TLS. */
  | { readonly mode: "off"; readonly serverName?: string }
  /** `+tla` or `+tls`. */
  | (TlsRequest & TlsSeeds);

/** What options say by themselves: the fields that rows of the table name. */
export type OptionFields = FieldsOf<"sets">;

/** What a command line means: what options say by themselves, and what several of them make together. */
export interface Options extends OptionFields {
  /** What to do. */
  readonly mode: Mode;
  /** How to log. */
  readonly logging: LoggingOptions;
  /** TLS. */
  readonly tls: TlsOptions;
  /** `--user` and the like; absent: no user identity is sent. */
  readonly user?: UserOptions;
  /** What was read of it; absent before that, and where there is none. */
  readonly userIdentity?: UserIdentity;
  /** `--report` in their order, then `--json`; at most one for standard output. */
  readonly reports: readonly ReportRequest[];
}
