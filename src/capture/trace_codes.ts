/** What the codes of A-ASSOCIATE-RJ and A-ABORT mean, in the standard's words. */

/** PS3.8 Table 9-21. */
const RESULTS = ["reserved", "rejected-permanent", "rejected-transient"];

const REJECT_SOURCES = [
  "reserved",
  "DICOM UL service-user",
  "DICOM UL service-provider (ACSE related function)",
  "DICOM UL service-provider (Presentation related function)",
];

const REJECT_REASONS: Readonly<Record<string, string>> = {
  "1/1": "no-reason-given",
  "1/2": "application-context-name-not-supported",
  "1/3": "calling-AE-title-not-recognized",
  "1/7": "called-AE-title-not-recognized",
  "2/1": "no-reason-given",
  "2/2": "protocol-version-not-supported",
  "3/1": "temporary-congestion",
  "3/2": "local-limit-exceeded",
};

/** An A-ASSOCIATE-RJ (PS3.8 9.3.4). */
export function rejectionWords(
  { result, source, reason }: {
    readonly result: number;
    readonly source: number;
    readonly reason: number;
  },
): string {
  return [
    `result ${result} ${RESULTS[result] ?? "reserved"}`,
    `source ${source} ${REJECT_SOURCES[source] ?? "reserved"}`,
    `reason ${reason} ${REJECT_REASONS[`${source}/${reason}`] ?? "reserved"}`,
  ].join(", ");
}

/** PS3.8 Table 9-26. */
const ABORT_SOURCES = [
  "DICOM UL service-user",
  "reserved",
  "DICOM UL service-provider",
];

const ABORT_REASONS = [
  "reason-not-specified",
  "unrecognized-PDU",
  "unexpected-PDU",
  "reserved",
  "unrecognized-PDU parameter",
  "unexpected-PDU parameter",
  "invalid-PDU-parameter value",
];

/** An A-ABORT (PS3.8 9.3.8). */
export function abortWords(source: number, reason: number): string {
  const because = source === 2 ? ` ${ABORT_REASONS[reason] ?? "reserved"}` : "";
  return `source ${source} ${ABORT_SOURCES[source] ?? "reserved"}, reason ${reason}${because}`;
}
