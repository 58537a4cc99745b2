/** All situations, in the order in which a check goes through them. */

import { ASSOCIATING } from "./situations_associating.ts";
import { CONNECTING } from "./situations_connecting.ts";
import { CONTEXTS } from "./situations_contexts.ts";
import { ECHOING } from "./situations_echoing.ts";
import { ECHO_PDUS } from "./situations_echo_pdus.ts";
import { ENDING } from "./situations_ending.ts";
import { FOREIGN } from "./situations_foreign.ts";
import { ILL_FORMED } from "./situations_ill_formed.ts";
import { REJECTED } from "./situations_rejected.ts";
import { RESPONSES } from "./situations_responses.ts";
import { SECURING } from "./situations_tls.ts";
import { STATUSES } from "./situations_statuses.ts";
import { LATER } from "./situations_later.ts";
import { UNANSWERED } from "./situations_unanswered.ts";
import type { Situation } from "./types.ts";

/** The rows of `docs/diagnosis.md`. */
export const SITUATIONS: readonly Situation[] = [
  ...CONNECTING,
  ...SECURING,
  ...UNANSWERED,
  ...ASSOCIATING,
  ...REJECTED,
  ...FOREIGN,
  ...ILL_FORMED,
  ...CONTEXTS,
  ...ECHOING,
  ...LATER,
  ...ECHO_PDUS,
  ...RESPONSES,
  ...STATUSES,
  ...ENDING,
];
