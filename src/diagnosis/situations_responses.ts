// data table
/** Situations in which a whole response came that is none to our C-ECHO-RQ, or has another status than Success. */

import { hex4H } from "../common/hex.ts";
import { COMMAND_DICTIONARY, textOfByteString } from "../dicom/mod.ts";
import type { CommandTag } from "../dimse/mod.ts";
import { either, NOTHING, say, type Sentence, word } from "./sentence.ts";
import type { Case, Guard, Situation } from "./types.ts";
import { AtStage, type Defective, type Named, when } from "./when.ts";
import { CALLING, MAXIMUM } from "./words.ts";

const echo = new AtStage("echo");

const C_ECHO_RQ = 0x0030;

function defectWord<D>(
  name: string,
  text: (defect: D) => string | number,
): Sentence<Case<Defective<D>>> {
  return word(name, ({ failure }) => text(failure.violation.defect));
}

/** The element of a command set at fault. */
const ELEMENT = defectWord("ELEMENT", ({ group, element }: CommandTag) => {
  const digits = [group, element].map((half) => half.toString(16).padStart(4, "0")).join(",");
  const keyword = group === 0 ? COMMAND_DICTIONARY[element]?.keyword : undefined;
  return keyword === undefined ? `(${digits})` : `${keyword} (${digits})`;
});
const COMMAND = defectWord(
  "VALUE",
  ({ commandField }: { readonly commandField: number }) => hex4H(commandField),
);
const DATA_SET_TYPE = defectWord(
  "VALUE",
  ({ dataSetType }: { readonly dataSetType: number }) => hex4H(dataSetType),
);
const MESSAGE_ID = defectWord(
  "VALUE",
  ({ messageId }: { readonly messageId: number; readonly expected: number }) => messageId,
);
const EXPECTED = defectWord("EXPECTED", ({ expected }: { readonly expected: number }) => expected);
const FIRST_CONTEXT = defectWord(
  "CONTEXT",
  ({ first }: { readonly first: number; readonly other: number }) => first,
);
const OTHER_CONTEXT = defectWord("VALUE", ({ other }: { readonly other: number }) => other);
const CONTEXT = defectWord(
  "CONTEXT",
  ({ contextId }: { readonly contextId: number }) => contextId,
);

/** Codes of warnings next to the range B000H to BFFFH (PS3.7 Annex C). */
const WARNINGS = [0x0001, 0x0107, 0x0116];
/** Failures of PS3.7 Annex C that have a situation of their own. */
const OWN = [0x0110, 0x0118, 0x0122, 0x0124, 0x0210, 0x0211, 0x0212, 0x0213];

type EchoFailed = Named<"EchoFailed">;

function status(test: (status: number) => boolean): Guard<EchoFailed> {
  return when("EchoFailed", ({ details }) => test(details.status));
}

const STATUS = word("STATUS", ({ failure }: Case<EchoFailed>) => hex4H(failure.details.status));
const COMMENT = word(
  "COMMENT",
  ({ failure }: Case<EchoFailed>) => textOfByteString(failure.details.comment ?? ""),
);
/** What the peer itself says: Error Comment (0000,0902). */
const REMARK: Sentence<Case<EchoFailed>> = say`; it says "${COMMENT}"`;

/** A row whose hint ends with what the peer itself says, if anything. */
function answered(
  matches: Guard<EchoFailed>,
  { hint, ...row }: Pick<Situation<EchoFailed>, "id" | "title" | "hint">,
): Situation {
  const remark = either<Case<EchoFailed>>(
    NOTHING,
    ({ failure }) => failure.details.comment ? REMARK : undefined,
  );
  return echo.byPeer(matches, { ...row, hint: say`${hint}${remark}` });
}

function isWarning(code: number): boolean {
  return code >> 12 === 0xb || WARNINGS.includes(code);
}

function isGeneralFailure(code: number): boolean {
  return [0x01, 0x02].includes(code >> 8) && !isWarning(code);
}

function isPending(code: number): boolean {
  return code >> 8 === 0xff;
}

function isRanged(code: number): boolean {
  return [0xa, 0xc].includes(code >> 12) || isWarning(code) || isGeneralFailure(code) ||
    isPending(code) || code === 0xfe00;
}

/** PS3.7 9.3.5.2. */
const ILL_FORMED: readonly Situation[] = [
  echo.byPeer(echo.misanswered(["element-too-long"]), {
    id: "response-encoding",
    title: "the response is not encoded as Implicit VR Little Endian",
    hint:
      say`element ${ELEMENT} claims more bytes than came: the peer likely sends commands in the encoding of its data, not in Implicit VR Little Endian (PS3.7 6.3.1)`,
  }),
  echo.byPeer(echo.misanswered(["undefined-length", "sequence", "unexpected-tag"]), {
    id: "response-corrupt",
    title: "the elements of the response cannot be told apart",
    hint:
      say`the response cannot be read from ${ELEMENT} on (PS3.7 6.3.1): a matter for the peer's vendor`,
  }),
  echo.byPeer(echo.misanswered(["missing-command-field"]), {
    id: "response-without-command",
    title: "the response does not say what it is",
    hint:
      say`the response has no Command Field (0000,0100), or it came in fragments of an odd length: a matter for the peer's vendor`,
  }),
  echo.byPeer(echo.misanswered(["unknown-command"]), {
    id: "response-command-undefined",
    title: "the response is a command that does not exist",
    hint:
      say`the peer answers the echo with command ${COMMAND}, which PS3.7 E.1 does not define: a matter for its vendor`,
  }),
  echo.byPeer(echo.misanswered(["missing-element"]), {
    id: "response-incomplete",
    title: "the response lacks an element that it must have",
    hint:
      say`the response has no usable ${ELEMENT}, which PS3.7 9.3.5 requires: a matter for the peer's vendor`,
  }),
  echo.byPeer(echo.misanswered(["data-set-type"]), {
    id: "response-with-data-set",
    title: "the response announces a data set, which an echo response does not have",
    hint:
      say`the response has Command Data Set Type ${DATA_SET_TYPE}, an echo response must have 0101H (PS3.7 9.3.5.2): a matter for the peer's vendor`,
  }),
  echo.byPeer(
    echo.misanswered(
      ["unexpected-command"],
      ({ commandField }) => commandField === C_ECHO_RQ,
    ),
    {
      id: "response-is-request",
      title: "the peer sends an echo request instead of a response",
      hint:
        say`the peer sends an echo request of its own where its response is due: it sends back what it gets, or mistakes its role`,
    },
  ),
  echo.byPeer(
    echo.misanswered(
      ["unexpected-command"],
      ({ commandField }) => commandField !== C_ECHO_RQ,
    ),
    {
      id: "response-of-other-command",
      title: "the response is one to another command",
      hint:
        say`the peer answers the echo with command ${COMMAND}, an echo response is 8030H: it may be set up for other services only`,
    },
  ),
  echo.byPeer(echo.misanswered(["unexpected-message-id"]), {
    id: "response-to-other-message",
    title: "the response answers a message that was not sent",
    hint:
      say`the response is to message ${MESSAGE_ID}, message ${EXPECTED} was sent: the peer confuses its associations, or always sends the same number`,
  }),
  echo.byPeer(echo.misanswered(["different-contexts"]), {
    id: "response-on-two-contexts",
    title: "the fragments of the response are on different contexts",
    hint:
      say`the response begins on context ${FIRST_CONTEXT} and goes on with context ${OTHER_CONTEXT}: a matter for the peer's vendor; -ppc 1 may get round it`,
  }),
  echo.byPeer(echo.misanswered(["context-not-accepted"]), {
    id: "response-on-other-context",
    title: "the response is on a context that is not accepted",
    hint:
      say`the response is on context ${CONTEXT}, which the peer did not accept itself: a matter for its vendor`,
  }),
  echo.byPeer(echo.misanswered(["command-pdv-expected"]), {
    id: "response-is-data",
    title: "a data set came where the response is due",
    hint:
      say`the peer sends a data set on context ${CONTEXT} where the echo response is due: a matter for its vendor`,
  }),
  echo.byPeer(echo.misanswered(["command-too-long"]), {
    id: "response-endless",
    title: "the response is longer than any needs to be",
    hint:
      say`the response goes on beyond ${MAXIMUM} bytes, an echo response has about 80: the peer never marks its last fragment`,
  }),
  echo.byPeer(echo.misanswered(["too-many-fragments"]), {
    id: "response-in-too-many-fragments",
    title: "the response comes in more fragments than any needs, empty ones perhaps",
    hint:
      say`${MAXIMUM} fragments of a response came and none was marked as its last (PS3.8 Annex E): a matter for the peer's vendor`,
  }),
];

/** PS3.7 9.1.5.1.4 and Annex C. */
const STATUSES: readonly Situation[] = [
  answered(status((code) => code === 0x0122), {
    id: "status-sop-class-unsupported",
    title: "0122H, Refused: SOP Class Not Supported",
    hint:
      say`the peer accepted the context and now says that it does not support Verification: have it enabled there, if need be for "${CALLING}"`,
  }),
  answered(status((code) => code === 0x0210), {
    id: "status-duplicate-invocation",
    title: "0210H, Failure: Duplicate Invocation",
    hint:
      say`the peer takes the message ID for one that is still in use: it mixes up associations, or lost an earlier answer; its log should say`,
  }),
  answered(status((code) => code === 0x0211), {
    id: "status-unrecognized-operation",
    title: "0211H, Failure: Unrecognized Operation",
    hint:
      say`the peer does not know the echo command though it accepted the context: have its Verification service looked at`,
  }),
  answered(status((code) => code === 0x0212), {
    id: "status-mistyped-argument",
    title: "0212H, Failure: Mistyped Argument",
    hint:
      say`the peer did not like an element of the echo request, which has only those of PS3.7 9.3.5.1: its log should say which`,
  }),
  answered(status((code) => code === 0x0213), {
    id: "status-resource-limitation",
    title: "0213H, Failure: Resource Limitation",
    hint: say`the peer is short of something at the moment: try again, and see its log`,
  }),
  answered(status((code) => code === 0x0110), {
    id: "status-processing-failure",
    title: "0110H, Failure: Processing Failure",
    hint: say`the peer's own processing failed: its log should say what, often storage or database`,
  }),
  answered(status((code) => code === 0x0118), {
    id: "status-no-such-sop-class",
    title: "0118H, Failure: No Such SOP Class",
    hint:
      say`the peer does not know the Verification SOP Class though it accepted the context: have the service enabled there`,
  }),
  answered(status((code) => code === 0x0124), {
    id: "status-not-authorized",
    title: "0124H, Refused: Not Authorized",
    hint:
      say`the peer does not permit the echo to "${CALLING}": have its administrator permit it, or change -aet`,
  }),
  answered(status((code) => code >> 12 === 0xa), {
    id: "status-out-of-resources",
    title: "A000H to AFFFH, Failure: as in A700H, Out of Resources",
    hint:
      say`status ${STATUS} is a refusal of storage and query services, for lack of resources as a rule: have disk space and licenses of the peer looked at`,
  }),
  answered(status((code) => code >> 12 === 0xc), {
    id: "status-cannot-process",
    title: "C000H to CFFFH, Failure: Cannot Understand or Unable to Process",
    hint:
      say`status ${STATUS} is a failure of storage and query services, for which each vendor has its own codes: the peer's conformance statement or log should say`,
  }),
  answered(status(isWarning), {
    id: "status-warning",
    title: "0001H, 0107H, 0116H or B000H to BFFFH, a warning",
    hint:
      say`status ${STATUS} is a warning, and an echo has none: the peer answers, but take it for verified only if its log says why`,
  }),
  answered(status((code) => code === 0xfe00), {
    id: "status-cancelled",
    title: "FE00H, Cancel",
    hint:
      say`the peer says the echo was canceled, but nobody canceled it: it may be shutting down; try again`,
  }),
  answered(status(isPending), {
    id: "status-pending",
    title: "FF00H to FFFFH, Pending",
    hint:
      say`status ${STATUS} announces another response, and an echo has only one: the peer seems to answer as for a query`,
  }),
  answered(status((code) => isGeneralFailure(code) && !OWN.includes(code)), {
    id: "status-failure",
    title: "another failure of PS3.7 Annex C, 0100H to 02FFH",
    hint:
      say`status ${STATUS} is a failure of PS3.7 Annex C that an echo should not meet: the peer's log should say`,
  }),
  answered(status((code) => !isRanged(code)), {
    id: "status-undefined",
    title: "a status of no class that the standard defines",
    hint:
      say`status ${STATUS} is not in PS3.7 Annex C: the peer's conformance statement or log should say`,
  }),
];

/** All of stage `echo` in which a whole response came. */
export const RESPONSES: readonly Situation[] = [...ILL_FORMED, ...STATUSES];
