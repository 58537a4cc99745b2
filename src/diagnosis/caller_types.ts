/** What a diagnosis of a caller is, and the rows it comes from. */

import type { Fault } from "../errors.ts";
import type { ConnectionRecord } from "../scp/mod.ts";
import type { Sentence } from "./sentence.ts";

/** Whether a situation is that of a connection, and what kind of record that makes it. */
export type CallerGuard<R extends ConnectionRecord> = (record: ConnectionRecord) => record is R;

/** One situation in which a connection to us ends: a row of `docs/diagnosis.md`. */
export interface CallerSituation<R extends ConnectionRecord = ConnectionRecord> {
  /** Stable name in kebab-case; never renamed once released. */
  readonly id: string;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What it means, as a clause. */
  readonly title: string;
  /** Whether this row describes a connection; the first that does counts. */
  readonly matches: CallerGuard<R>;
  /** What to try: one sentence in lower case without a full stop. */
  readonly hint: Sentence<R>;
}

/** What became of looking up how a connection ended. */
export interface CallerDiagnosis {
  /** Stable name of the situation. */
  readonly situation: string;
  /** What it means, as a clause. */
  readonly title: string;
  /** On whose side it arose. */
  readonly fault: Fault;
  /** What to try: one line without control characters. */
  readonly hint: string;
}
