/** Situations in which the association is accepted, but no presentation context (PS3.8 9.3.3.2, Table 9-18). */

import type { ContextResult } from "../pdu/mod.ts";
import type { Applies, Situation } from "./types.ts";
import { when } from "./when.ts";

type Refusal = Exclude<ContextResult["result"], "acceptance">;

/** How many transfer syntaxes make up the uncompressed ones. */
const UNCOMPRESSED = 3;

/** Applies when all contexts that were answered were refused for this reason. */
function allRefused(refusal: Refusal, test: (proposed: number) => boolean = () => true): Applies {
  return when(
    "NoAcceptedContext",
    ({ contexts }, { check }) =>
      contexts.length > 0 && contexts.every(({ result }) => result === refusal) &&
      test(check.transferSyntaxes.length),
  );
}

/** All of stage `associate`. */
export const CONTEXTS: readonly Situation[] = [
  {
    id: "no-context-answered",
    stage: "associate",
    fault: "peer",
    title: "the peer accepts the association, but answers none of the proposed contexts",
    applies: when("NoAcceptedContext", ({ contexts }) => contexts.length === 0),
    hint: () =>
      "the peer accepts but says nothing about the Verification service, against PS3.8 9.3.3: -d shows its answer, for its vendor",
  },
  {
    id: "verification-unsupported",
    stage: "associate",
    fault: "peer",
    title: "the peer does not support the Verification service",
    applies: allRefused("abstract-syntax-not-supported"),
    hint: ({ calling }) =>
      `the peer takes associations but no echoes: have the Verification service enabled there, if need be for "${calling}"`,
  },
  {
    id: "transfer-syntaxes-unsupported",
    stage: "associate",
    fault: "peer",
    title: "the peer supports none of the few proposed transfer syntaxes",
    applies: allRefused(
      "transfer-syntaxes-not-supported",
      (proposed) => proposed < UNCOMPRESSED,
    ),
    hint: () =>
      "the peer wants another transfer syntax: -pts 3 also proposes explicit little and big endian",
  },
  {
    id: "many-transfer-syntaxes-unsupported",
    stage: "associate",
    fault: "peer",
    title: "the peer supports none of the proposed transfer syntaxes",
    applies: allRefused(
      "transfer-syntaxes-not-supported",
      (proposed) => proposed >= UNCOMPRESSED,
    ),
    hint: ({ proposed }) =>
      `the peer takes none of ${proposed} transfer syntaxes, though every DICOM service must take Implicit VR Little Endian: a matter for its vendor`,
  },
  {
    id: "context-refused-by-user",
    stage: "associate",
    fault: "peer",
    title: "the peer's application refuses the context",
    applies: allRefused("user-rejection"),
    hint: ({ called, calling }) =>
      `the peer's application refuses the echo (user rejection): it may not permit it to "${calling}", or not as "${called}"; its log should say`,
  },
  {
    id: "context-refused-without-reason",
    stage: "associate",
    fault: "peer",
    title: "the peer's upper layer refuses the context without a reason",
    applies: allRefused("no-reason"),
    hint: () =>
      "the peer refuses the context for no given reason (provider rejection): its log should say; -pts 3 is worth a try",
  },
  {
    id: "context-result-undefined",
    stage: "associate",
    fault: "peer",
    title: "the peer refuses the context with a result that the standard does not define",
    applies: allRefused("reserved"),
    hint: () =>
      "the peer refuses with a result that PS3.8 Table 9-18 does not define: -d shows its answer, for its vendor",
  },
  {
    id: "contexts-refused-variously",
    stage: "associate",
    fault: "peer",
    title: "the peer refuses the proposed contexts for different reasons",
    applies: when(
      "NoAcceptedContext",
      ({ contexts }) => new Set(contexts.map(({ result }) => result)).size > 1,
    ),
    hint: () =>
      "the peer refuses each context for another reason (-d shows which): one context at a time (-ppc 1) shows more",
  },
];
