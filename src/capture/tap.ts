/** From connections to conversations: where they are tapped, and what time it is. */

import type { Clock } from "../association/mod.ts";
import { TlsError } from "../transport/mod.ts";
import type { ByteStream } from "../transport/types.ts";
import { Conversation } from "./conversation.ts";
import { maskIdentity } from "./mask.ts";
import type { Redactor } from "./redactor.ts";
import type { Answering, CaptureEvent, Connecting, Parties } from "./types.ts";

/** A conversation that is tapped. */
export interface Talk extends Tap {
  /** Says what no byte says. */
  readonly note: (text: string) => void;
}

/** Begins a conversation now. */
export function newTalk(
  parties: Omit<Parties, "at">,
  { clock, wallTime, emit, redactor }: {
    readonly clock: Clock;
    readonly wallTime: () => number;
    readonly emit: (event: CaptureEvent) => void;
    readonly redactor?: Redactor | undefined;
  },
): Talk {
  const offsetMs = wallTime() - clock.now();
  const now = () => Math.floor((offsetMs + clock.now()) * 1000);
  const begun = { ...parties, at: now() };
  const talk = redactor === undefined
    ? new Conversation(begun, { emit, mask: maskIdentity })
    : new Conversation(redactor.parties(begun), {
      emit,
      mask: (bytes) => redactor.bytes(maskIdentity(bytes)),
    });
  return {
    sent: (bytes) => talk.data("sent", { bytes, at: now() }),
    received: (bytes) => talk.data("received", { bytes, at: now() }),
    ended: (how) => talk.end("received", { how, at: now() }),
    closed: () => talk.close(now()),
    note: (text) => talk.note(text, now()),
  };
}

/** Begins the conversation of a connection. */
export type Begin = (stream: ByteStream, isSecured: boolean) => Talk;

/** One check, recorded: its connections come one after another. */
export function recordedCheck({ dial, secure }: Connecting, begin: Begin): Connecting {
  if (secure === undefined) {
    return {
      async dial(target, signal) {
        const stream = await dial(target, signal);
        return tapped(stream, begin(stream, false));
      },
    };
  }
  let talk: Talk | undefined;
  return {
    async dial(target, signal) {
      const stream = await dial(target, signal);
      giveUp(talk, "TLS was not established, another connection is tried");
      talk = begin(stream, true);
      return stream;
    },
    async secure(stream, about) {
      try {
        const secured = await secure(stream, about);
        return talk === undefined ? secured : tapped(secured, talk);
      } catch (error) {
        giveUp(talk, tlsText(error));
        throw error;
      }
    },
  };
}

/** What an answering side gets, recorded. */
export function recordedListen({ listening, secure }: Answering, begin: Begin): Answering {
  const { local, connections } = listening;
  const close = () => listening.close();
  if (secure === undefined) {
    const taps = mapped(connections, (stream) => tapped(stream, begin(stream, false)));
    return { listening: { local, connections: taps, close } };
  }
  return {
    listening,
    async secure(stream, about) {
      const talk = begin(stream, true);
      try {
        return tapped(await secure(stream, about), talk);
      } catch (error) {
        giveUp(talk, tlsText(error));
        throw error;
      }
    },
  };
}

async function* mapped<From, To>(
  source: AsyncIterable<From>,
  map: (one: From) => To,
): AsyncIterable<To> {
  for await (const one of source) yield map(one);
}

function giveUp(talk: Talk | undefined, text: string): void {
  talk?.note(text);
  talk?.closed();
}

function tlsText(error: unknown): string {
  const why = error instanceof TlsError ? ` (${error.problem.kind})` : "";
  return `TLS was not established${why}`;
}

/** Who looks on. The bytes are only lent. */
export interface Tap {
  /** About to be written. */
  readonly sent: (bytes: Uint8Array) => void;
  /** Came, before anybody else sees them. */
  readonly received: (bytes: Uint8Array) => void;
  /** The peer's direction has ended, or the connection was broken off. */
  readonly ended: (how: "fin" | "reset") => void;
  /** We have closed both directions. */
  readonly closed: () => void;
}

/** `stream` with `tap` on it; nobody else uses `stream` from then on. */
function tapped(stream: ByteStream, tap: Tap): ByteStream {
  const { local, remote, tls } = stream;
  return {
    readable: readableOf(stream, tap),
    writable: writableOf(stream, tap),
    local,
    remote,
    ...(tls === undefined ? {} : { tls }),
    get ending() {
      return stream.ending;
    },
    close() {
      stream.close();
      tap.closed();
    },
  };
}

function readableOf(stream: ByteStream, tap: Tap): ReadableStream<Uint8Array> {
  const reader = stream.readable.getReader();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (!done) {
        tap.received(value);
        return controller.enqueue(value);
      }
      if (stream.ending === "fin" || stream.ending === "reset") tap.ended(stream.ending);
      controller.close();
    },
    cancel: (reason) => reader.cancel(reason),
  }, { highWaterMark: 0 });
}

function writableOf(stream: ByteStream, tap: Tap): WritableStream<Uint8Array> {
  const writer = stream.writable.getWriter();
  return new WritableStream({
    async write(chunk) {
      tap.sent(chunk);
      await writer.write(chunk);
    },
    close: () => writer.close(),
    abort: (reason) => writer.abort(reason),
  });
}
