/** What the codes of A-ASSOCIATE-RJ and A-ABORT mean, in the standard's words without its hyphens. */

/** The three codes of an A-ASSOCIATE-RJ (PS3.8 9.3.4). */
interface RejectionCodes {
  readonly result: number;
  readonly source: number;
  readonly reason: number;
}

const RESERVED = "reserved";

/** PS3.8 Table 9-21. */
const RESULTS: readonly string[] = [RESERVED, "rejected permanent", "rejected transient"];

const REJECT_SOURCES: readonly string[] = [
  RESERVED,
  "DICOM UL service user",
  "DICOM UL service provider (ACSE related function)",
  "DICOM UL service provider (Presentation related function)",
];

const REJECT_REASONS: Readonly<Record<string, string>> = {
  "1/1": "no reason given",
  "1/2": "application context name not supported",
  "1/3": "calling AE title not recognized",
  "1/7": "called AE title not recognized",
  "2/1": "no reason given",
  "2/2": "protocol version not supported",
  "3/1": "temporary congestion",
  "3/2": "local limit exceeded",
};

/** What a reason of an A-ASSOCIATE-RJ means, which its source decides; `reserved` where there is no such reason. */
export function rejectionReason({ source, reason }: Omit<RejectionCodes, "result">): string {
  return REJECT_REASONS[`${source}/${reason}`] ?? RESERVED;
}

/** An A-ASSOCIATE-RJ, each code with its meaning. */
export function rejectionWords({ result, source, reason }: RejectionCodes): string {
  return [
    `result ${result} ${RESULTS[result] ?? RESERVED}`,
    `source ${source} ${REJECT_SOURCES[source] ?? RESERVED}`,
    `reason ${reason} ${rejectionReason({ source, reason })}`,
  ].join(", ");
}

/** PS3.8 Table 9-26. */
const ABORT_SOURCES: readonly string[] = [
  "DICOM UL service user",
  RESERVED,
  "DICOM UL service provider",
];

const ABORT_REASONS: readonly string[] = [
  "reason not specified",
  "unrecognized PDU",
  "unexpected PDU",
  RESERVED,
  "unrecognized PDU parameter",
  "unexpected PDU parameter",
  "invalid PDU parameter value",
];

/** What a reason of an A-ABORT of the service provider means; `undefined` where Table 9-26 has no such reason. */
export function abortReason(reason: number): string | undefined {
  return ABORT_REASONS[reason];
}

/** An A-ABORT (PS3.8 9.3.8), each code with its meaning. */
export function abortWords(source: number, reason: number): string {
  const because = source === 2 ? ` ${abortReason(reason) ?? RESERVED}` : "";
  return `source ${source} ${ABORT_SOURCES[source] ?? RESERVED}, reason ${reason}${because}`;
}
