/** One connection of a scan: bytes in, bytes and an answer out. */

import {
  ALERT,
  type EngineEvent,
  type Negotiated,
  plainProtection,
  type Random,
  RECORD,
  TlsClient,
  VERSION,
} from "../tls_engine/mod.ts";
import { type Answer, AnswerReader, type HandshakeAnswer } from "./answer.ts";
import { type HandshakeProbe, type HelloProbe, helloRecord } from "./probe.ts";

/** What a step of it comes to. */
export interface TalkStep {
  /** To be sent; may be empty. */
  readonly send: Uint8Array;
  /** Once it is known: the connection can be closed. */
  readonly answer?: Answer | undefined;
  /** What is left to see is whether the peer closes soon. */
  readonly isDone?: boolean;
}

/** A connection that asks. */
export interface Talk {
  /** What is sent first. */
  start(): Uint8Array;
  /** Takes bytes of the peer, cut anywhere. */
  receive(chunk: Uint8Array): TalkStep;
  /** The answer where nothing more comes. */
  end(how: "closed" | "silent"): Answer;
}

/** Makes the talk of a probe. */
export function talkOf(probe: HelloProbe | HandshakeProbe, random: Random): Talk {
  return probe.kind === "hello" ? helloTalk(probe, random) : handshakeTalk(probe, random);
}

function helloTalk(probe: HelloProbe, random: Random): Talk {
  const reader = new AnswerReader();
  return {
    start: () => helloRecord(probe, random),
    receive(chunk) {
      const answer = reader.receive(chunk);
      return { send: answer?.kind === "hello" ? goodbye(answer.version) : NOTHING, answer };
    },
    end: (how) => reader.end(how),
  };
}

const NOTHING = new Uint8Array();

/** close_notify in the clear: nobody shall wait for the rest of the handshake. */
function goodbye(version: number): Uint8Array {
  const bytes = Uint8Array.of(1, ALERT.closeNotify);
  return plainProtection(Math.min(version, VERSION.tls12)).seal({ type: RECORD.alert, bytes });
}

function handshakeTalk(probe: HandshakeProbe, random: Random): Talk {
  const { version, suites, groups, shares, schemes, serverName } = probe;
  const shown: Shown = { certificates: [], negotiated: undefined };
  const client = new TlsClient({
    offer: { versions: [version], suites, groups, shares, schemes },
    serverName,
    identity: undefined,
    random,
    judge: ({ certificates }) => {
      shown.certificates = certificates;
      return undefined;
    },
  });
  return {
    start: () => client.start().send,
    receive(chunk) {
      const { send, events } = client.receive(chunk);
      for (const event of events) {
        const answer = answerTo(event, shown);
        if (answer !== undefined) return { send, answer };
      }
      return { send, isDone: shown.negotiated !== undefined };
    },
    end(how) {
      if (shown.negotiated === undefined) return { kind: how };
      return handshakeAnswer(how === "closed" ? "refused" : "established", shown);
    },
  };
}

/** What a handshake showed so far. */
interface Shown {
  certificates: readonly Uint8Array[];
  negotiated: Negotiated | undefined;
}

/** What an event settles; in TLS 1.3 a server refuses a missing certificate only after the handshake. */
function answerTo(event: EngineEvent, shown: Shown): Answer | undefined {
  switch (event.type) {
    case "established":
      shown.negotiated = event.negotiated;
      return event.negotiated.request === undefined
        ? handshakeAnswer("established", shown)
        : undefined;
    case "data":
      return handshakeAnswer("established", shown);
    case "alert":
      return { ...handshakeAnswer("refused", shown), alert: event.alert };
    case "goodbye":
      return handshakeAnswer("refused", shown);
    case "refused":
    case "violation":
      return handshakeAnswer("broken", shown);
  }
}

function handshakeAnswer(
  end: HandshakeAnswer["end"],
  { certificates, negotiated }: Shown,
): HandshakeAnswer {
  return {
    kind: "handshake",
    end,
    alert: undefined,
    certificates,
    authorities: negotiated?.request?.authorities,
    scheme: negotiated?.scheme,
  };
}
