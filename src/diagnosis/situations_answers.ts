// data table
/** Situations in which the answer to the association request is a rejection, is of no use, or accepts no context. */

import type { ContextResult, PduDefect } from "../pdu/mod.ts";
import { isText, type Protocol, protocolOf } from "./banner.ts";
import { say, word } from "./sentence.ts";
import type { Case, Facts, Guard, Situation } from "./types.ts";
import { AtStage, type Defective, type Named, when } from "./when.ts";
import {
  CALLED,
  CALLING,
  CLAUSE,
  FIELD,
  FIRST_BYTES,
  headOf,
  HOST,
  IDENTITY,
  LENGTH,
  MAXIMUM,
  OFFSET,
  OTHER_PORT,
  PDU,
  PORT,
  PROPOSED,
  REASON,
  SOURCE,
  UNEXPECTED_PDU,
} from "./words.ts";

const associate = new AtStage("associate");

/** Another protocol that the first bytes belong to. */
const PROTOCOL = word(
  "PROTOCOL",
  (one: Case<Named<"ProtocolViolation">>) => protocolOf(headOf(one)) ?? "",
);
const VERSION = word(
  "VALUE",
  ({ failure }: Case<Defective<{ readonly version: number }>>) => failure.violation.defect.version,
);
const SYNTAX_COUNT = word(
  "VALUE",
  ({ failure }: Case<Defective<{ readonly count: number }>>) => failure.violation.defect.count,
);

/** The titles that go out when no others are given. */
const DEFAULT_CALLED = "ANY-SCP";
const DEFAULT_CALLING = "ECHOSCU";
const TITLE_LENGTH = 16;

const TRANSIENT = 2;

/** The pairs of source and reason that Table 9-21 defines, but for "no reason given". */
const NAMED_REASONS = ["1/2", "1/3", "1/7", "2/2", "3/1", "3/2"];
const NO_REASON = ["1/1", "2/1"];
/** The reasons that Table 9-21 reserves. */
const RESERVED_REASONS: Readonly<Record<number, readonly number[]>> = {
  1: [4, 5, 6, 8, 9, 10],
  2: [],
  3: [0, 3, 4, 5, 6, 7],
};
const SOURCES = [1, 2, 3];

/** Rejected for `pair` of source and reason. */
function rejectedFor(
  pair: string,
  test: (codes: Rejection["codes"]) => boolean = () => true,
): Guard<Rejection> {
  return when("AssociationRejected", ({ codes }) => pairOf(codes) === pair && test(codes));
}

type Rejection = Named<"AssociationRejected">;
type Codes = Pick<Rejection["codes"], "source" | "reason">;

function pairOf({ source, reason }: Codes): string {
  return `${source}/${reason}`;
}

/** The same where the titles count, and the result byte does not. */
function rejected(pair: string, test: (titles: Titles) => boolean = () => true): Guard<Rejection> {
  return when("AssociationRejected", ({ codes }, { check }) =>
    pairOf(codes) === pair &&
    test({ called: check.calledAeTitle, calling: check.callingAeTitle }));
}

interface Titles {
  readonly called: string;
  readonly calling: string;
}

function isFull(title: string): boolean {
  return title.length >= TITLE_LENGTH;
}

/** Protocols that have a situation of their own. */
const OWN: readonly (Protocol | undefined)[] = ["HTTP", "TLS", "SSH", "HL7", "SMTP", "FTP"];

/** Applies when the answer to the association request begins with bytes that pass `test`. */
function answered(
  test: (head: Uint8Array, facts: Facts) => boolean,
): Guard<Named<"ProtocolViolation">> {
  return associate.when("ProtocolViolation", (failure, facts) => {
    const { violation } = failure;
    return violation.kind === "pdu" && violation.defect.kind === "unrecognized-type" &&
      test(headOf({ failure, ...facts }), facts);
  });
}

function speaks(
  protocol: Protocol,
  test: (facts: Facts) => boolean = () => true,
): Guard<Named<"ProtocolViolation">> {
  return answered((head, facts) => protocolOf(head) === protocol && test(facts));
}

const A_ASSOCIATE_RQ = 0x01;
const A_ASSOCIATE_AC = 0x02;

/** Defects of an item that does not fit into what holds it. */
const ITEM_DEFECTS: readonly PduDefect["kind"][] = [
  "ill-formed",
  "user-identity-too-short",
  "user-identity-mismatch",
  "no-pdv",
  "pdv-length",
  "pdv-sum",
  "truncated",
];

type Refusal = Exclude<ContextResult["result"], "acceptance">;

/** How many transfer syntaxes make up the uncompressed ones. */
const UNCOMPRESSED = 3;

/** Applies when all contexts that were answered were refused for this reason. */
function allRefused(
  refusal: Refusal,
  test: (proposed: number) => boolean = () => true,
): Guard<Named<"NoAcceptedContext">> {
  return when(
    "NoAcceptedContext",
    ({ contexts }, { check }) =>
      contexts.length > 0 && contexts.every(({ result }) => result === refusal) &&
      test(check.transferSyntaxes.length),
  );
}

/** Rejections (PS3.8 9.3.4, Table 9-21), by source and reason. */
const REJECTED: readonly Situation[] = [
  associate.byPeer(rejected("1/7", ({ called }) => called === DEFAULT_CALLED), {
    id: "called-title-default",
    title: "the peer does not go by the default called AE title",
    hint:
      say`the called AE title sent was the default, "${CALLED}": give the peer's own title with -aec, in its exact spelling`,
  }),
  associate.byPeer(rejected("1/7", ({ called }) => isFull(called)), {
    id: "called-title-full",
    title: "the peer does not go by a called AE title of 16 bytes, which may have been cut",
    hint:
      say`the called AE title sent was "${CALLED}", and 16 bytes are all that is sent: check it with the peer's administrator and give it with -aec`,
  }),
  associate.byPeer(rejected("1/7", ({ called }) => called !== DEFAULT_CALLED && !isFull(called)), {
    id: "called-title-unknown",
    title: "the peer does not go by the called AE title",
    hint:
      say`the called AE title sent was "${CALLED}": change -aec (letter case counts), or have the peer's administrator add it; some peers mean the calling title, "${CALLING}"`,
  }),
  associate.byPeer(rejected("1/3", ({ calling }) => calling === DEFAULT_CALLING), {
    id: "calling-title-default",
    title: "the peer does not know the default calling AE title",
    hint:
      say`the calling AE title sent was the default, "${CALLING}": give one that the peer knows with -aet, or have its administrator add this one`,
  }),
  associate.byPeer(rejected("1/3", ({ calling }) => calling !== DEFAULT_CALLING), {
    id: "calling-title-unknown",
    title: "the peer does not know the calling AE title",
    hint:
      say`the calling AE title sent was "${CALLING}": have the peer's administrator add it with this machine's address, or change -aet`,
  }),
  associate.byPeer(
    when(
      "AssociationRejected",
      ({ codes }) => NO_REASON.includes(pairOf(codes)) && codes.result === TRANSIENT,
    ),
    {
      id: "rejected-for-now",
      title: "the peer rejects for the time being and gives no reason",
      hint: say`the peer rejects only for the time being: try again in a few seconds`,
    },
  ),
  associate.byPeer(rejectedFor("1/1", ({ result }) => result !== TRANSIENT), {
    id: "rejected-by-application",
    title: "the peer's application rejects and gives no reason",
    hint:
      say`no reason given: often the peer does not know "${CALLING}" or this machine's address, ${IDENTITY}, or is set to refuse everyone; its log should say`,
  }),
  associate.byPeer(rejectedFor("2/1", ({ result }) => result !== TRANSIENT), {
    id: "rejected-by-provider",
    title: "the peer's upper layer rejects and gives no reason",
    hint: say`no reason given, and not by the peer's application but below it: its log should say`,
  }),
  associate.byPeer(rejected("1/2"), {
    id: "application-context-unsupported",
    title: "the peer does not support the DICOM application context name",
    hint:
      say`the peer refuses 1.2.840.10008.3.1.1.1, the only application context name of DICOM: its set-up or its software is at odds with PS3.7 A.2.1`,
  }),
  associate.byPeer(rejected("2/2"), {
    id: "protocol-version-unsupported",
    title: "the peer does not support the version of the upper layer protocol",
    hint:
      say`the peer refuses version 1 of the DICOM upper layer, the only one there is: its log should say what it wants`,
  }),
  associate.byPeer(rejected("3/1"), {
    id: "temporary-congestion",
    title: "the peer is congested",
    hint: say`the peer is too busy at the moment: try again in a few seconds`,
  }),
  associate.byPeer(rejected("3/2"), {
    id: "local-limit-exceeded",
    title: "the peer has as many associations open as it allows",
    hint:
      say`the peer serves as many associations as it allows: try again in a few seconds, or have its limit raised`,
  }),
  associate.byPeer(when("AssociationRejected", ({ codes }) => isReserved(codes)), {
    id: "rejected-reason-reserved",
    title: "the peer rejects for a reason that the standard reserves",
    hint:
      say`reason ${REASON} of source ${SOURCE} is a reserved value of PS3.8 Table 9-21: the peer's log should say what it means`,
  }),
  associate.byPeer(
    when(
      "AssociationRejected",
      ({ codes }) =>
        SOURCES.includes(codes.source) && !isReserved(codes) &&
        ![...NAMED_REASONS, ...NO_REASON].includes(pairOf(codes)),
    ),
    {
      id: "rejected-reason-undefined",
      title: "the peer rejects for a reason that the standard does not define",
      hint:
        say`reason ${REASON} of source ${SOURCE} is not in PS3.8 Table 9-21: the peer's log should say what it means`,
    },
  ),
  associate.byPeer(when("AssociationRejected", ({ codes }) => !SOURCES.includes(codes.source)), {
    id: "rejected-source-undefined",
    title: "the peer rejects with a source that the standard does not define",
    hint:
      say`source ${SOURCE} (reason ${REASON}) is not in PS3.8 Table 9-21: the peer's log should say what it means`,
  }),
];

/** The first bytes from the port are no PDU: another protocol, told by its first bytes. */
const FOREIGN: readonly Situation[] = [
  associate.byPeer(speaks("HTTP"), {
    id: "foreign-http",
    title: "an HTTP server answers on the port",
    hint:
      say`port ${PORT} of ${HOST} is a web server (DICOMweb at best): its port for DICOM associations is another one, often ${OTHER_PORT}`,
  }),
  associate.byPeer(speaks("TLS", (facts) => facts.tls === undefined), {
    id: "foreign-tls",
    title: "the port expects TLS",
    hint:
      say`port ${PORT} wants TLS: use +tla, or +tls KEY CERT if the peer wants a certificate from this side, and name trusted certificates with +cf`,
  }),
  associate.byPeer(speaks("TLS", (facts) => facts.tls !== undefined), {
    id: "foreign-tls-inside",
    title: "TLS comes inside of TLS",
    hint:
      say`what comes inside of TLS on port ${PORT} of ${HOST} is TLS again: something in between ends TLS and passes it on to a port that wants it too; one of them must let it be`,
  }),
  associate.byPeer(speaks("SSH"), {
    id: "foreign-ssh",
    title: "an SSH server answers on the port",
    hint:
      say`port ${PORT} of ${HOST} is an SSH server: ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
  associate.byPeer(speaks("HL7"), {
    id: "foreign-hl7",
    title: "an HL7 interface answers on the port",
    hint:
      say`port ${PORT} of ${HOST} speaks HL7 (MLLP), not DICOM: ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
  associate.byPeer(speaks("SMTP"), {
    id: "foreign-smtp",
    title: "a mail server answers on the port",
    hint:
      say`port ${PORT} of ${HOST} is a mail server (SMTP): ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
  associate.byPeer(speaks("FTP"), {
    id: "foreign-ftp",
    title: "an FTP server answers on the port",
    hint:
      say`port ${PORT} of ${HOST} is an FTP server: ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
  associate.byPeer(
    answered((head) => {
      const protocol = protocolOf(head);
      return protocol !== undefined && !OWN.includes(protocol);
    }),
    {
      id: "foreign-service",
      title: "a service of another well-known protocol answers on the port",
      hint:
        say`port ${PORT} of ${HOST} speaks ${PROTOCOL}, not DICOM: ask for the port of its DICOM service, often ${OTHER_PORT}`,
    },
  ),
  associate.byPeer(answered((head) => protocolOf(head) === undefined && isText(head)), {
    id: "foreign-text",
    title: "a service that sends text answers on the port",
    hint:
      say`port ${PORT} of ${HOST} is not a DICOM service, it sends "${FIRST_BYTES}": ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
  associate.byPeer(answered((head) => protocolOf(head) === undefined && !isText(head)), {
    id: "foreign-bytes",
    title: "what answers on the port sends bytes that are no PDU",
    hint:
      say`port ${PORT} of ${HOST} sends what is not a PDU (${FIRST_BYTES}): ask for the port of its DICOM service, often ${OTHER_PORT}`,
  }),
];

/** The answer is a PDU that cannot be taken. */
const ILL_FORMED: readonly Situation[] = [
  associate.byPeer(associate.illFormed(ITEM_DEFECTS), {
    id: "association-answer-ill-formed",
    title: "an item of the A-ASSOCIATE-AC does not fit where it is",
    hint:
      say`the peer's ${PDU} is ill-formed: its ${FIELD} at byte ${OFFSET} does not fit (${CLAUSE}); -d shows the bytes, for the peer's vendor`,
  }),
  associate.byPeer(associate.illFormed(["subitem-too-long"]), {
    id: "association-answer-name-too-long",
    title: "a UID or name in the A-ASSOCIATE-AC is longer than 64 bytes",
    hint:
      say`the ${FIELD} at byte ${OFFSET} of the peer's answer has ${LENGTH} bytes, ${MAXIMUM} are allowed (${CLAUSE}): -d shows them, for the peer's vendor`,
  }),
  associate.byPeer(associate.illFormed(["protocol-version"]), {
    id: "association-answer-version",
    title: "the A-ASSOCIATE-AC does not include protocol version 1",
    hint:
      say`the peer accepts with protocol version ${VERSION}, in which bit 0 must be set (${CLAUSE}): a matter for the peer's vendor`,
  }),
  associate.byPeer(associate.illFormed(["transfer-syntax-count"]), {
    id: "association-answer-transfer-syntaxes",
    title: "an accepted presentation context does not have exactly one transfer syntax",
    hint:
      say`the peer accepts a context with ${SYNTAX_COUNT} transfer syntaxes, it must be one (${CLAUSE}): try -pts 1 and -ppc 1, and report it to the peer's vendor`,
  }),
  associate.byPeer(
    associate.illFormed(["too-long"], ({ typeCode }) => typeCode === A_ASSOCIATE_AC),
    {
      id: "association-answer-too-long",
      title: "the A-ASSOCIATE-AC claims to be longer than any needs to be",
      hint:
        say`the answer claims ${LENGTH} bytes, at most ${MAXIMUM} are read: it is broken, or the port is not a DICOM service`,
    },
  ),
  associate.byPeer(associate.illFormed(["too-many-items"]), {
    id: "association-answer-too-many-items",
    title: "the A-ASSOCIATE-AC has more items than any needs to have",
    hint:
      say`the answer has more than ${MAXIMUM} items: it is broken, or the port is not a DICOM service`,
  }),
  associate.byPeer(
    associate.illFormed(["too-long"], ({ typeCode }) => typeCode !== A_ASSOCIATE_AC),
    {
      id: "association-answer-length",
      title: "another PDU than an A-ASSOCIATE-AC came with an impossible length",
      hint:
        say`what came looks like ${PDU} with ${LENGTH} bytes (${FIRST_BYTES}), which cannot be: the port is likely no DICOM service`,
    },
  ),
  associate.byPeer(
    associate.violated(
      "unexpected-pdu",
      ({ header }) => header.typeCode === A_ASSOCIATE_RQ,
    ),
    {
      id: "association-request-mirrored",
      title: "the association request was answered with an association request",
      hint:
        say`port ${PORT} of ${HOST} sends an association request of its own: it sends back what it gets, or a DICOM client sits there instead of a server`,
    },
  ),
  associate.byPeer(
    associate.violated(
      "unexpected-pdu",
      ({ header }) => header.typeCode !== A_ASSOCIATE_RQ,
    ),
    {
      id: "association-answer-unexpected",
      title: "the association request was answered with a PDU that is not an answer to it",
      hint:
        say`the peer answers the association request with ${UNEXPECTED_PDU}, without accepting or rejecting: its log should say why`,
    },
  ),
];

/** The association is accepted, but no presentation context (PS3.8 9.3.3.2, Table 9-18). */
const CONTEXTS: readonly Situation[] = [
  associate.byPeer(when("NoAcceptedContext", ({ contexts }) => contexts.length === 0), {
    id: "no-context-answered",
    title: "the peer accepts the association, but answers none of the proposed contexts",
    hint:
      say`the peer accepts but says nothing about the Verification service, against PS3.8 9.3.3: -d shows its answer, for its vendor`,
  }),
  associate.byPeer(allRefused("abstract-syntax-not-supported"), {
    id: "verification-unsupported",
    title: "the peer does not support the Verification service",
    hint:
      say`the peer takes associations but no echoes: have the Verification service enabled there, if need be for "${CALLING}"`,
  }),
  associate.byPeer(
    allRefused(
      "transfer-syntaxes-not-supported",
      (proposed) => proposed < UNCOMPRESSED,
    ),
    {
      id: "transfer-syntaxes-unsupported",
      title: "the peer supports none of the few proposed transfer syntaxes",
      hint:
        say`the peer wants another transfer syntax: -pts 3 also proposes explicit little and big endian`,
    },
  ),
  associate.byPeer(
    allRefused(
      "transfer-syntaxes-not-supported",
      (proposed) => proposed >= UNCOMPRESSED,
    ),
    {
      id: "many-transfer-syntaxes-unsupported",
      title: "the peer supports none of the proposed transfer syntaxes",
      hint:
        say`the peer takes none of ${PROPOSED} transfer syntaxes, though every DICOM service must take Implicit VR Little Endian: a matter for its vendor`,
    },
  ),
  associate.byPeer(allRefused("user-rejection"), {
    id: "context-refused-by-user",
    title: "the peer's application refuses the context",
    hint:
      say`the peer's application refuses the echo (user rejection): it may not permit it to "${CALLING}", or not as "${CALLED}"; its log should say`,
  }),
  associate.byPeer(allRefused("no-reason"), {
    id: "context-refused-without-reason",
    title: "the peer's upper layer refuses the context without a reason",
    hint:
      say`the peer refuses the context for no given reason (provider rejection): its log should say; -pts 3 is worth a try`,
  }),
  associate.byPeer(allRefused("reserved"), {
    id: "context-result-undefined",
    title: "the peer refuses the context with a result that the standard does not define",
    hint:
      say`the peer refuses with a result that PS3.8 Table 9-18 does not define: -d shows its answer, for its vendor`,
  }),
  associate.byPeer(
    when(
      "NoAcceptedContext",
      ({ contexts }) => new Set(contexts.map(({ result }) => result)).size > 1,
    ),
    {
      id: "contexts-refused-variously",
      title: "the peer refuses the proposed contexts for different reasons",
      hint:
        say`the peer refuses each context for another reason (-d shows which): one context at a time (-ppc 1) shows more`,
    },
  ),
];

/** All of stage `associate`. */
export const ANSWERS: readonly Situation[] = [...REJECTED, ...FOREIGN, ...ILL_FORMED, ...CONTEXTS];

function isReserved(codes: Codes): boolean {
  return RESERVED_REASONS[codes.source]?.includes(codes.reason) ?? false;
}
