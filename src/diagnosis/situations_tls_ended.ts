/** Situations in which a handshake ends, or goes on, without a word of why. */

import type { OwnCertificate, TlsProblem, TlsProgress } from "../tls/types.ts";
import type { Applies, Situation } from "./types.ts";
import { whenProblem } from "./when.ts";

type Ended = Extract<TlsProblem, { kind: "ended" }>;

/** The connection ended before the peer had answered in TLS. */
function endedUnanswered(
  test: (problem: Ended, progress: TlsProgress | undefined) => boolean,
): Applies {
  return whenProblem((problem) =>
    problem.kind === "ended" && problem.progress?.isAnswered !== true &&
    test(problem, problem.progress)
  );
}

/** It ended after that, in any way; what counts is what the peer had asked for. */
function endedAnswered(ownCertificate: OwnCertificate): Applies {
  return whenProblem((problem) =>
    problem.kind === "ended" && problem.progress?.isAnswered === true &&
    problem.progress.ownCertificate === ownCertificate
  );
}

function silent(isAnswered: boolean): Applies {
  return whenProblem((problem) =>
    problem.kind === "timed-out" && problem.limit === "idle" &&
    (problem.progress?.isAnswered === true) === isAnswered
  );
}

/** All of them: who answered in TLS does not speak plain DICOM. */
export const CUT_SHORT: readonly Situation[] = ([
  {
    id: "tls-closed",
    title: "the connection was closed on our first words of TLS",
    applies: endedUnanswered(({ how }, progress) =>
      how === "closed" && progress?.serverName === undefined
    ),
    hint: ({ host, port }) =>
      `${host} closed port ${port} on the first words of TLS: it may serve only those who name a server (--request-sni NAME), speak plain DICOM there, or filter addresses`,
  },
  {
    id: "tls-closed-named",
    title: "the connection was closed on our first words of TLS, which named a server",
    applies: endedUnanswered(({ how }, progress) =>
      how === "closed" && progress?.serverName !== undefined
    ),
    hint: ({ host, port, serverName }) =>
      `${host} closed port ${port} on the first words of TLS: it may know no server called "${serverName}" (--request-sni), speak plain DICOM there, or filter addresses`,
  },
  {
    id: "tls-reset",
    title: "the connection was reset on our first words of TLS",
    applies: endedUnanswered(({ how }) => how === "reset"),
    hint: ({ host, port }) =>
      `${host} broke off on port ${port}: many peers without TLS do that, so try it without; a peer that wants a server name (--request-sni NAME) and a firewall may do it too`,
  },
  {
    id: "tls-goodbye",
    title: "the peer took its leave on our first words of TLS",
    applies: endedUnanswered(({ how }) => how === "close-notify"),
    hint: () => "the peer ended TLS before it began; its log should say why",
  },
  {
    id: "tls-closed-certificate-wanted",
    title: "the peer asked for a certificate of ours, got none and ended the handshake",
    applies: endedAnswered("asked for, none sent"),
    hint: () =>
      "the peer asked for a client certificate, got none and ended the handshake: give key and certificate by +tls",
  },
  {
    id: "tls-closed-certificate-sent",
    title: "the peer asked for a certificate of ours, got it and ended the handshake",
    applies: endedAnswered("sent"),
    hint: () =>
      "the peer got our certificate and ended the handshake: check its dates and purpose, that CERT of +tls holds its intermediate CAs, and that the peer trusts their root; the peer's log may tell",
  },
  {
    id: "tls-closed-answered",
    title: "the peer answered in TLS, asked for no certificate and ended the handshake",
    applies: endedAnswered("not asked for"),
    hint: ({ host, port }) =>
      `${host} speaks TLS on port ${port}, but ended the handshake without saying why: its log should say, or something in between cuts it`,
  },
  {
    id: "tls-silent",
    title: "the peer does not answer our first words of TLS",
    applies: silent(false),
    hint: ({ host, port, limit }) =>
      `${host} accepts connections on port ${port} and says nothing for ${limit} (-ts): it may wait for plain DICOM, or hang`,
  },
  {
    id: "tls-silent-answered",
    title: "the peer answered in TLS and fell silent during the handshake",
    applies: silent(true),
    hint: ({ host, port, limit }) =>
      `${host} speaks TLS on port ${port}, but fell silent for ${limit} (-ts) in the middle of the handshake: it may be busy, hang, or large packets may get lost on the way`,
  },
  {
    id: "tls-slow",
    title: "the handshake goes on without coming to its end",
    applies: whenProblem((problem) => problem.kind === "timed-out" && problem.limit === "total"),
    hint: ({ limit }) => `the handshake was not done after ${limit}, though bytes kept coming`,
  },
] as const satisfies readonly Omit<Situation, "stage" | "fault">[])
  .map((row) => ({ stage: "tls", fault: "network", ...row }));
