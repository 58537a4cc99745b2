/** Situations in which the first bytes from the port are no PDU: another protocol, told by its first bytes. */

import { PduDecodeError } from "../pdu/mod.ts";
import { isText, type Protocol, protocolOf } from "./banner.ts";
import type { Applies, Situation } from "./types.ts";
import { when } from "./when.ts";

/** Protocols that have a situation of their own. */
const OWN: readonly (Protocol | undefined)[] = ["HTTP", "TLS", "SSH", "HL7", "SMTP", "FTP"];

/** Applies when the answer to the association request begins with bytes that pass `test`. */
function answered(test: (head: Uint8Array) => boolean): Applies {
  return when(
    "ProtocolViolation",
    ({ stage, violation, cause }) =>
      stage === "associate" && violation.kind === "pdu" &&
      violation.defect.kind === "unrecognized-type" &&
      test(cause instanceof PduDecodeError ? cause.head : new Uint8Array(0)),
  );
}

function speaks(protocol: Protocol): Applies {
  return answered((head) => protocolOf(head) === protocol);
}

/** TLS that comes in the clear, or inside of TLS. */
function speaksTls(isInside: boolean): Applies {
  const applies = speaks("TLS");
  return (failure, facts) => (facts.tls !== undefined) === isInside && applies(failure, facts);
}

/** All of stage `associate`. */
export const FOREIGN: readonly Situation[] = [
  {
    id: "foreign-http",
    stage: "associate",
    fault: "peer",
    title: "an HTTP server answers on the port",
    applies: speaks("HTTP"),
    hint: ({ host, port }) =>
      `port ${port} of ${host} is a web server (DICOMweb at best): its port for DICOM associations is another one, often 104 or 11112`,
  },
  {
    id: "foreign-tls",
    stage: "associate",
    fault: "peer",
    title: "the port expects TLS",
    applies: speaksTls(false),
    hint: ({ port }) =>
      `port ${port} wants TLS: use +tla, or +tls KEY CERT if the peer wants a certificate from this side, and name trusted certificates with +cf`,
  },
  {
    id: "foreign-tls-inside",
    stage: "associate",
    fault: "peer",
    title: "TLS comes inside of TLS",
    applies: speaksTls(true),
    hint: ({ host, port }) =>
      `what comes inside of TLS on port ${port} of ${host} is TLS again: something in between ends TLS and passes it on to a port that wants it too; one of them must let it be`,
  },
  {
    id: "foreign-ssh",
    stage: "associate",
    fault: "peer",
    title: "an SSH server answers on the port",
    applies: speaks("SSH"),
    hint: ({ host, port }) =>
      `port ${port} of ${host} is an SSH server: ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-hl7",
    stage: "associate",
    fault: "peer",
    title: "an HL7 interface answers on the port",
    applies: speaks("HL7"),
    hint: ({ host, port }) =>
      `port ${port} of ${host} speaks HL7 (MLLP), not DICOM: ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-smtp",
    stage: "associate",
    fault: "peer",
    title: "a mail server answers on the port",
    applies: speaks("SMTP"),
    hint: ({ host, port }) =>
      `port ${port} of ${host} is a mail server (SMTP): ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-ftp",
    stage: "associate",
    fault: "peer",
    title: "an FTP server answers on the port",
    applies: speaks("FTP"),
    hint: ({ host, port }) =>
      `port ${port} of ${host} is an FTP server: ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-service",
    stage: "associate",
    fault: "peer",
    title: "a service of another well-known protocol answers on the port",
    applies: answered((head) => {
      const protocol = protocolOf(head);
      return protocol !== undefined && !OWN.includes(protocol);
    }),
    hint: ({ host, port, protocol }) =>
      `port ${port} of ${host} speaks ${protocol}, not DICOM: ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-text",
    stage: "associate",
    fault: "peer",
    title: "a service that sends text answers on the port",
    applies: answered((head) => protocolOf(head) === undefined && isText(head)),
    hint: ({ host, port, firstBytes }) =>
      `port ${port} of ${host} is not a DICOM service, it sends "${firstBytes}": ask for the port of its DICOM service, often 104 or 11112`,
  },
  {
    id: "foreign-bytes",
    stage: "associate",
    fault: "peer",
    title: "what answers on the port sends bytes that are no PDU",
    applies: answered((head) => protocolOf(head) === undefined && !isText(head)),
    hint: ({ host, port, firstBytes }) =>
      `port ${port} of ${host} sends what is not a PDU (${firstBytes}): ask for the port of its DICOM service, often 104 or 11112`,
  },
];
