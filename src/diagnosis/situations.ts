/** All situations, in the order in which a check goes through them. */

import { ANSWERS } from "./situations_answers.ts";
import { ASSOCIATING } from "./situations_associating.ts";
import { CONNECTING } from "./situations_connecting.ts";
import { ECHOING } from "./situations_echoing.ts";
import { ENDING } from "./situations_ending.ts";
import { RESPONSES } from "./situations_responses.ts";
import { SECURING } from "./situations_tls.ts";
import type { Situation } from "./types.ts";

/** The rows of `docs/diagnosis.md`. */
export const SITUATIONS: readonly Situation[] = [
  ...CONNECTING,
  ...SECURING,
  ...ASSOCIATING,
  ...ANSWERS,
  ...ECHOING,
  ...RESPONSES,
  ...ENDING,
];
