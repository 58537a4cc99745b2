// data table
/** Situations in which the association request cannot be sent, or is not answered by a rejection or an acceptance. */

import type { Check } from "../check/mod.ts";
import { say } from "./sentence.ts";
import { BROKEN_TLS, CAS_AFTER_HANDSHAKE } from "./tls_words.ts";
import type { Facts, Guard, Situation } from "./types.ts";
import { anyOf, AtStage, type Named, when } from "./when.ts";
import {
  CALLED,
  CALLING,
  CUT_LIMIT,
  CUT_LIMIT_OPTION,
  HOST,
  IDENTITY,
  LIMIT_OPTION,
  PORT,
  PROPOSED,
  REASON,
  REASON_TEXT,
  RESERVED_SOURCE,
  UNDEFINED_SOURCE,
  WAITED,
  WAITED_TO_SEND,
} from "./words.ts";

const associate = new AtStage("associate");

/** Transfer syntaxes of one context that DCMTK's own SCPs take: to more they say nothing at all, or close (dcmqrscp). */
const MOST_SYNTAXES = 50;

const NONE_SENT = "asked for, none sent";

function isLong({ transferSyntaxes }: Check): boolean {
  return transferSyntaxes.length > MOST_SYNTAXES;
}

/** Whether the peer had asked for a certificate of ours. */
function wasAsked({ tls }: Facts): boolean {
  return tls?.ownCertificate === "sent" || tls?.ownCertificate === NONE_SENT;
}

/** The connection was gone, by a reset or where the request was to be sent, and `test` holds. */
function brokenOff(
  test: (facts: Facts) => boolean,
): Guard<Named<"ConnectionLost" | "SendFailed">> {
  return anyOf<Named<"ConnectionLost" | "SendFailed">>(
    associate.lost("reset", test),
    associate.unsent("another PDU", test),
  );
}

/** Whether the request is too long for some peers, and no certificate explains what came of it. */
function isTooLong(facts: Facts): boolean {
  return isLong(facts.check) && !wasAsked(facts);
}

/** All of stage `associate`. */
export const ASSOCIATING: readonly Situation[] = [
  associate.byNetwork(associate.unsent("another PDU", (facts) => !wasAsked(facts)), {
    id: "request-not-sent",
    title: "the connection was gone before the association request was out",
    hint:
      say`${HOST} port ${PORT} took the connection and ended it at once: a load balancer or container port whose server does not run, or a filter for this machine's address`,
  }),
  associate.byNetwork(associate.untaken(), {
    id: "request-not-taken",
    title: "the peer did not take the association request",
    hint:
      say`the request did not get out within ${WAITED_TO_SEND}: the peer does not read, or the network loses large packets; fewer contexts (-ppc, -pts) make it smaller`,
  }),
  associate.byPeer(associate.brokenByTls(), {
    id: "association-tls-broken",
    title: "TLS broke after its handshake, before the association request was answered",
    hint:
      say`what came after the TLS handshake is not sound TLS (${BROKEN_TLS}): the peer's TLS or what passes it on is broken, or something on the way changes bytes`,
  }),
  associate.byPeer(associate.lost("closed", ({ tls }) => tls?.ownCertificate === NONE_SENT), {
    id: "closed-certificate-wanted",
    title: "the peer asked for a certificate during the handshake, got none, and closed",
    hint:
      say`the peer wants a client certificate: give key and certificate by +tls${CAS_AFTER_HANDSHAKE}`,
  }),
  associate.byNetwork(brokenOff(({ tls }) => tls?.ownCertificate === NONE_SENT), {
    id: "reset-certificate-wanted",
    title: "the peer asked for a certificate during the handshake, got none, and broke off",
    hint:
      say`the peer wants a client certificate: give key and certificate by +tls${CAS_AFTER_HANDSHAKE}`,
  }),
  associate.byNetwork(brokenOff(({ tls }) => tls?.ownCertificate === "sent"), {
    id: "reset-certificate-sent",
    title: "the peer got our certificate during the handshake and broke off instead of an answer",
    hint:
      say`broken off over TLS: the peer may refuse our certificate (check its dates, its purpose, that CERT of +tls holds its intermediate CAs), or its program may have failed${CAS_AFTER_HANDSHAKE}`,
  }),
  associate.byPeer(associate.lost("closed", ({ tls }) => tls?.ownCertificate === "sent"), {
    id: "closed-certificate-sent",
    title: "the peer got our certificate during the handshake and closed instead of an answer",
    hint:
      say`closed without a word over TLS: the peer may refuse our certificate (CERT of +tls must hold its intermediate CAs), filter by address or title ("${CALLING}"), or pass TLS on to no server${CAS_AFTER_HANDSHAKE}`,
  }),
  associate.byPeer(
    associate.lost(
      "closed",
      ({ tls, check }) => tls?.ownCertificate === "not asked for" && !isLong(check),
    ),
    {
      id: "closed-over-tls",
      title: "the peer closed the TLS connection instead of answering the association request",
      hint:
        say`closed without a word over TLS: a TLS terminator or load balancer whose server does not run, no DICOM service, or a filter by address or title ("${CALLING}")`,
    },
  ),
  associate.byPeer(associate.lost("closed", isTooLong), {
    id: "closed-many-syntaxes",
    title: "the peer closed on a request with more transfer syntaxes than some peers can take",
    hint:
      say`closed without a word on ${PROPOSED} transfer syntaxes in a context: peers made with DCMTK take at most 50; try -pts 50`,
  }),
  associate.byNetwork(associate.lost("reset", isTooLong), {
    id: "reset-many-syntaxes",
    title:
      "the connection was reset on a request with more transfer syntaxes than some peers can take",
    hint:
      say`broken off on ${PROPOSED} transfer syntaxes in a context: peers made with DCMTK take at most 50; try -pts 50`,
  }),
  associate.byPeer(associate.lost("closed", ({ tls, check }) => !tls && !isLong(check)), {
    id: "closed-without-answer",
    title: "the peer closed the connection instead of answering the association request",
    hint:
      say`closed without a word: a load balancer or container port whose server does not run, a port for TLS (+tla, +tls), no DICOM service, or a filter by address or title ("${CALLING}")`,
  }),
  associate.byNetwork(
    associate.lost(
      "reset",
      (facts) => facts.tls !== undefined && !wasAsked(facts) && !isLong(facts.check),
    ),
    {
      id: "reset-over-tls",
      title: "the TLS connection was reset instead of an answer to the association request",
      hint:
        say`${HOST} port ${PORT} broke the connection off after the TLS handshake: a TLS terminator or load balancer whose server does not run, a filter by address, or a failed program`,
    },
  ),
  associate.byNetwork(associate.lost("reset", ({ tls, check }) => !tls && !isLong(check)), {
    id: "reset-without-answer",
    title: "the connection was reset instead of an answer to the association request",
    hint:
      say`${HOST} port ${PORT} broke the connection off: a load balancer or container port whose server does not run, a filter by address, a port for TLS (+tla, +tls), or a firewall`,
  }),
  associate.byPeer(associate.cut("closed"), {
    id: "association-answer-closed",
    title: "the peer closed the connection inside its answer to the association request",
    hint:
      say`the peer stopped in the middle of its answer: its program may have failed, or it is not a DICOM service; its log should say`,
  }),
  associate.byNetwork(associate.cut("reset"), {
    id: "association-answer-reset",
    title: "the connection was reset inside the answer to the association request",
    hint:
      say`the connection broke off inside the answer: the peer's program may have failed, or something on the way cuts connections`,
  }),
  associate.byNetwork(associate.unsent("A-ABORT"), {
    id: "association-answer-unexpected-lost",
    title:
      "a PDU that is not an answer came, and the connection was gone before it could be met with an abort",
    hint:
      say`${HOST} port ${PORT} neither accepts nor rejects and ended the connection: its program may have failed, or it is not a DICOM service; its log should say`,
  }),
  associate.byUser(when("InvalidParameter", ({ parameter }) => parameter === "called AE title"), {
    id: "called-title-empty",
    title: "the called AE title is empty",
    hint: say`an empty title cannot be sent: give the peer's AE title with -aec, or leave -aec out`,
  }),
  associate.byUser(when("InvalidParameter", ({ parameter }) => parameter === "calling AE title"), {
    id: "calling-title-empty",
    title: "the calling AE title is empty",
    hint: say`an empty title cannot be sent: give an AE title with -aet, or leave -aet out`,
  }),
  associate.byPeer(
    associate.silent("idle", (_, { check, tls }) => tls === undefined && !isLong(check)),
    {
      id: "association-silent",
      title: "the peer took the connection but did not answer the association request",
      hint:
        say`no answer within ${WAITED}: the peer may be busy with someone else (then try again), wait for TLS (+tla, +tls), or be no DICOM service`,
    },
  ),
  associate.byPeer(
    associate.silent("idle", (_, { check, tls }) => tls !== undefined && !isLong(check)),
    {
      id: "association-silent-over-tls",
      title: "the peer took the TLS connection but did not answer the association request",
      hint:
        say`no answer over TLS within ${WAITED}: the peer may be busy with someone else (then try again), pass TLS on to a server that does not run, or be no DICOM service`,
    },
  ),
  associate.byPeer(associate.silent("idle", (_, { check }) => isLong(check)), {
    id: "association-silent-many-syntaxes",
    title: "the peer did not answer a request with more transfer syntaxes than some peers can take",
    hint:
      say`no answer within ${WAITED} to ${PROPOSED} transfer syntaxes in a context: peers made with DCMTK take at most 50 and stay silent otherwise; try -pts 50`,
  }),
  associate.byNetwork(associate.silent("header"), {
    id: "association-answer-slow",
    title: "only the first bytes of the answer to the association request came in time",
    hint:
      say`an answer began but did not go on within ${WAITED}: the peer is very slow or hangs; a longer ${LIMIT_OPTION} shows which`,
  }),
  associate.byNetwork(associate.silent("body"), {
    id: "association-answer-stalled",
    title: "the answer to the association request stopped in its middle",
    hint:
      say`the answer stopped in its middle for ${WAITED}: the peer hangs, or large packets get lost on the way (VPN, MTU)`,
  }),
  associate.byPeer(associate.aborted((source) => source === 0), {
    id: "association-aborted-by-application",
    title: "the peer's application met the association request with an abort",
    hint:
      say`the peer's application aborted (source 0): it may not take "${CALLED}" or "${CALLING}" or this machine's address, or it ${IDENTITY}; its log should say`,
  }),
  associate.byPeer(associate.aborted((source) => source === 2), {
    id: "association-aborted-by-provider",
    title: "the peer's upper layer met the association request with an abort",
    hint:
      say`the peer's upper layer aborted: ${REASON_TEXT} (source 2, reason ${REASON}); its log should say what it did not like in the request`,
  }),
  associate.byPeer(associate.aborted((source) => source === 1), {
    id: "association-aborted-source-reserved",
    title: "the peer aborted with a source that the standard reserves",
    hint: RESERVED_SOURCE,
  }),
  associate.byPeer(associate.aborted((source) => source > 2), {
    id: "association-aborted-source-undefined",
    title: "the peer aborted with a source that the standard does not define",
    hint: UNDEFINED_SOURCE,
  }),
  associate.byUser(associate.when("Interrupted"), {
    id: "interrupted-associating",
    title: "ended by a signal before the association request was answered",
    hint:
      say`connected, but the association request was not yet answered; ${CUT_LIMIT_OPTION} sets the limit of that wait (${CUT_LIMIT} now)`,
  }),
];
