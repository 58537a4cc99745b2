/** Situations in which the connection ends before the association request is answered. */

import type { Applies, Facts, Situation } from "./types.ts";
import { STALLED, when, whenTlsBroke } from "./when.ts";

const CERTIFICATE_MISSING = "asked for, none sent";

/** The peer closed between two PDUs before it had answered, and `test` holds. */
function closedSilently(test: (facts: Facts) => boolean): Applies {
  return when(
    "ConnectionLost",
    ({ stage, details: { how, within } }, facts) =>
      stage === "associate" && within === "idle" && how === "closed" && test(facts),
  );
}

/** The connection was gone, by a reset or where the request was to be sent, and `test` holds. */
function brokenOff(test: (facts: Facts) => boolean): Applies {
  const isReset = when(
    "ConnectionLost",
    ({ stage, details: { how, within } }) =>
      stage === "associate" && within === "idle" && how === "reset",
  );
  return (failure, facts) => (isReset(failure, facts) || isUnsent(failure, facts)) && test(facts);
}

const isUnsent = when(
  "SendFailed",
  ({ stage, details: { pdu, systemText } }) =>
    stage === "associate" && pdu !== "A-ABORT" && systemText !== STALLED,
);

/** Whether the peer had asked for a certificate of ours. */
function wasAsked({ tls }: Facts): boolean {
  return tls?.ownCertificate === "sent" || tls?.ownCertificate === CERTIFICATE_MISSING;
}

const WANTED_HINT = "the peer wants a client certificate: give key and certificate by +tls";

/** All of stage `associate`. */
export const UNANSWERED: readonly Situation[] = [
  {
    id: "request-not-sent",
    stage: "associate",
    fault: "network",
    title: "the connection was gone before the association request was out",
    applies: (failure, facts) => isUnsent(failure, facts) && !wasAsked(facts),
    hint: ({ host, port }) =>
      `${host} port ${port} took the connection and ended it at once: a load balancer or container port whose server does not run, or a filter for this machine's address`,
  },
  {
    id: "request-not-taken",
    stage: "associate",
    fault: "network",
    title: "the peer did not take the association request",
    applies: when(
      "SendFailed",
      ({ stage, details: { pdu, systemText } }) =>
        stage === "associate" && pdu !== "A-ABORT" && systemText === STALLED,
    ),
    hint: ({ limit, limitOption }) =>
      `the request did not get out within ${limit} (${limitOption}): the peer does not read, or the network loses large packets; fewer contexts (-ppc, -pts) make it smaller`,
  },
  {
    id: "association-tls-broken",
    stage: "associate",
    fault: "peer",
    title: "TLS broke after its handshake, before the association request was answered",
    applies: whenTlsBroke("associate"),
    hint: ({ finding }) =>
      `what came after the TLS handshake is not sound TLS (${finding}): the peer's TLS or what passes it on is broken, or something on the way changes bytes`,
  },
  {
    id: "closed-certificate-wanted",
    stage: "associate",
    fault: "peer",
    title: "the peer asked for a certificate during the handshake, got none, and closed",
    applies: closedSilently(({ tls }) => tls?.ownCertificate === CERTIFICATE_MISSING),
    hint: () => WANTED_HINT,
  },
  {
    id: "reset-certificate-wanted",
    stage: "associate",
    fault: "network",
    title: "the peer asked for a certificate during the handshake, got none, and broke off",
    applies: brokenOff(({ tls }) => tls?.ownCertificate === CERTIFICATE_MISSING),
    hint: () => WANTED_HINT,
  },
  {
    id: "reset-certificate-sent",
    stage: "associate",
    fault: "network",
    title: "the peer got our certificate during the handshake and broke off instead of an answer",
    applies: brokenOff(({ tls }) => tls?.ownCertificate === "sent"),
    hint: () =>
      "broken off over TLS: the peer may refuse our certificate (check its dates, its purpose, that CERT of +tls holds its intermediate CAs), or its program may have failed",
  },
  {
    id: "closed-certificate-sent",
    stage: "associate",
    fault: "peer",
    title: "the peer got our certificate during the handshake and closed instead of an answer",
    applies: closedSilently(({ tls }) => tls?.ownCertificate === "sent"),
    hint: ({ calling }) =>
      `closed without a word over TLS: the peer may refuse our certificate (CERT of +tls must hold its intermediate CAs), filter by address or title ("${calling}"), or pass TLS on to no server`,
  },
  {
    id: "closed-over-tls",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the TLS connection instead of answering the association request",
    applies: closedSilently(({ tls }) => tls?.ownCertificate === "not asked for"),
    hint: ({ calling }) =>
      `closed without a word over TLS: a TLS terminator or load balancer whose server does not run, no DICOM service, or a filter by address or title ("${calling}")`,
  },
  {
    id: "closed-without-answer",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the connection instead of answering the association request",
    applies: closedSilently(({ tls }) => tls === undefined),
    hint: ({ calling }) =>
      `closed without a word: a load balancer or container port whose server does not run, a port for TLS (+tla, +tls), no DICOM service, or a filter by address or title ("${calling}")`,
  },
  {
    id: "reset-over-tls",
    stage: "associate",
    fault: "network",
    title: "the TLS connection was reset instead of an answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }, facts) =>
        stage === "associate" && within === "idle" && how === "reset" &&
        facts.tls !== undefined && !wasAsked(facts),
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} broke the connection off after the TLS handshake: a TLS terminator or load balancer whose server does not run, a filter by address, or a failed program`,
  },
  {
    id: "reset-without-answer",
    stage: "associate",
    fault: "network",
    title: "the connection was reset instead of an answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }, { tls }) =>
        stage === "associate" && within === "idle" && how === "reset" && tls === undefined,
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} broke the connection off: a load balancer or container port whose server does not run, a filter by address, a port for TLS (+tla, +tls), or a firewall`,
  },
  {
    id: "association-answer-closed",
    stage: "associate",
    fault: "peer",
    title: "the peer closed the connection inside its answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }) =>
        stage === "associate" && within !== "idle" && how === "closed",
    ),
    hint: () =>
      "the peer stopped in the middle of its answer: its program may have failed, or it is not a DICOM service; its log should say",
  },
  {
    id: "association-answer-reset",
    stage: "associate",
    fault: "network",
    title: "the connection was reset inside the answer to the association request",
    applies: when(
      "ConnectionLost",
      ({ stage, details: { how, within } }) =>
        stage === "associate" && within !== "idle" && how === "reset",
    ),
    hint: () =>
      "the connection broke off inside the answer: the peer's program may have failed, or something on the way cuts connections",
  },
  {
    id: "association-answer-unexpected-lost",
    stage: "associate",
    fault: "network",
    title:
      "a PDU that is not an answer came, and the connection was gone before it could be met with an abort",
    applies: when(
      "SendFailed",
      ({ stage, details }) => stage === "associate" && details.pdu === "A-ABORT",
    ),
    hint: ({ host, port }) =>
      `${host} port ${port} neither accepts nor rejects and ended the connection: its program may have failed, or it is not a DICOM service; its log should say`,
  },
];
