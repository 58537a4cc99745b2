/** Words that hints of several situations have. */

import { abortReason } from "../common/pdu_codes.ts";
import { textOfByteString } from "../dicom/mod.ts";
import { PDU_TYPES, PduDecodeError } from "../pdu/mod.ts";
import { firstBytesOf } from "./banner.ts";
import { clauseOf } from "./clauses.ts";
import { either, ours, say, type Sentence, word } from "./sentence.ts";
import type { Case, Facts } from "./types.ts";
import type { Defective, Named, Violated } from "./when.ts";

/** Host as it was given. */
export const HOST = word("HOST", ({ check }: Facts) => check.target.host);
/** Port number. */
export const PORT = word("PORT", ({ check }: Facts) => check.target.port);
/** Where DICOM usually is, if not on the port that was asked. */
export const OTHER_PORT = word(
  "104 or 11112",
  ({ check: { target: { port } } }: Facts) =>
    [104, 11112].filter((usual) => usual !== port).join(" or "),
);
/** Called AE title as it was sent. */
export const CALLED = word("CALLED", ({ check }: Facts) => textOfByteString(check.calledAeTitle));
/** Calling AE title as it was sent. */
export const CALLING = word(
  "CALLING",
  ({ check }: Facts) => textOfByteString(check.callingAeTitle),
);
/** How many transfer syntaxes were proposed. */
export const PROPOSED = word("PROPOSED", ({ check }: Facts) => check.transferSyntaxes.length);

/** A time limit, with its unit. */
export function secondsOf(seconds: number | undefined): string {
  return seconds === undefined ? "" : `${seconds} s`;
}

/** The options that set the limits of waiting. */
const LIMIT_OPTIONS = {
  acse: "-ta",
  dimse: "-td",
  socket: "-ts",
  deadline: "--peer-deadline",
  wait: "--wait-until-up",
} as const;

type TimedOut = Case<Named<"TimedOut">>;

/** The option that set the limit which ran out. */
export const LIMIT_OPTION = ours(
  "LIMITOPTION",
  ({ failure }: TimedOut) => LIMIT_OPTIONS[failure.details.timer],
);

const LIMIT = word("LIMIT", ({ failure }: TimedOut) => secondsOf(failure.details.seconds));

/** The limit that ran out, and its option. */
export const WAITED: Sentence<TimedOut> = say`${LIMIT} (${LIMIT_OPTION})`;

const SOCKET_LIMIT = word("LIMIT", ({ check }: Facts) => secondsOf(check.socketTimeoutSeconds));

/** The same for what was to be sent. */
export const WAITED_TO_SEND: Sentence<Facts> = say`${SOCKET_LIMIT} (${
  ours("LIMITOPTION", () => "-ts")
})`;

/** The limit of the wait that a person cut short. */
export const CUT_LIMIT = word("LIMIT", (one: Case) => secondsOf(cutLimit(one)[0]));
/** The option that sets it. */
export const CUT_LIMIT_OPTION = ours("LIMITOPTION", (one: Case) => cutLimit(one)[1]);

function cutLimit({ failure, check }: Case): readonly [number | undefined, string] {
  switch (failure.stage) {
    case "connect":
      return [check.target.connectTimeoutSeconds, "-to"];
    case "tls":
      return [check.socketTimeoutSeconds, "-ts"];
    case "echo":
      return [check.dimseTimeoutSeconds, "-td"];
    default:
      return [check.acseTimeoutSeconds, "-ta"];
  }
}

type WithCodes = Case<Named<"AssociationRejected" | "PeerAborted">>;

/** Source of a rejection or an abort. */
export const SOURCE = word("SOURCE", ({ failure }: WithCodes) => failure.codes.source);
/** Reason of a rejection or an abort. */
export const REASON = word("REASON", ({ failure }: WithCodes) => failure.codes.reason);

/** A reason of an A-ABORT of the service provider; of any other number, that there is no such reason. */
export function abortReasonText(reason: number): string {
  const words = abortReason(reason) ?? "a reason that the standard does not define";
  return words === "reserved" ? "a reserved reason" : words;
}

/** The same of a failure. */
export const REASON_TEXT = word(
  "REASONTEXT",
  ({ failure: { codes } }: Case<Named<"PeerAborted">>) => abortReasonText(codes.reason),
);

/** What a refusal may mean, too: peers that want to know the user have no code of their own for it. */
export const IDENTITY = either(
  say`wants a user identity (--user)`,
  ({ check }: Facts) =>
    check.userIdentity === undefined
      ? say`wants a user identity (--user)`
      : say`does not take the user identity that was sent`,
);

/** The hint for an abort with source 1. */
export const RESERVED_SOURCE: Sentence<Case<Named<"PeerAborted">>> =
  say`source ${SOURCE} of the abort (reason ${REASON}) is a reserved value of PS3.8 Table 9-26: the peer's log should say why it did not answer`;

/** The hint for an abort with a source that there is not. */
export const UNDEFINED_SOURCE: Sentence<Case<Named<"PeerAborted">>> =
  say`source ${SOURCE} of the abort (reason ${REASON}) is not in PS3.8 Table 9-26: the peer's log should say why it did not answer`;

type Violation = Case<Named<"ProtocolViolation">>;

/** What a decoder found wrong; nothing where none did. */
function placeOf({ failure: { cause } }: Violation): Partial<PduDecodeError> {
  return cause instanceof PduDecodeError ? cause : {};
}

/** The first bytes that came. */
export function headOf(one: Violation): Uint8Array {
  return placeOf(one).head ?? new Uint8Array();
}

/** Type of the PDU at fault. */
export const PDU = word("PDU", (one: Violation) => placeOf(one).pdu ?? "");
/** The field or item at fault. */
export const FIELD = word("FIELD", (one: Violation) => placeOf(one).field ?? "");
/** Where it starts: bytes from the start of the PDU. */
export const OFFSET = word("OFFSET", (one: Violation) => placeOf(one).offset ?? "");
/** Where the standard defines it. */
export const CLAUSE = word("CLAUSE", (one: Violation) => clauseOf(placeOf(one).field ?? ""));
/** The first bytes that came, as text or in hex. */
export const FIRST_BYTES = word("FIRSTBYTES", (one: Violation) => firstBytesOf(headOf(one)));

/** Type of a PDU that may not come. */
export const UNEXPECTED_PDU = word(
  "PDU",
  ({ failure: { violation: { header } } }: Case<Violated<"unexpected-pdu">>) =>
    PDU_TYPES[header.typeCode as keyof typeof PDU_TYPES] ?? "PDU",
);

/** A length that came. */
export const LENGTH = word(
  "LENGTH",
  ({ failure }: Case<Defective<{ readonly length: number; readonly maximum: number }>>) =>
    failure.violation.defect.length,
);
/** The greatest that would do. */
export const MAXIMUM = word(
  "MAXIMUM",
  ({ failure }: Case<Defective<{ readonly maximum: number }>>) => failure.violation.defect.maximum,
);
