/** Appenders that send events elsewhere: as XML by UDP, and as binary records by TCP. */
import { type HostFailure, isFailure, NAME_NOT_FOUND, type StreamTarget } from "../../host.ts";
import { Appender, type AppenderTarget, readAppenderSettings } from "../appender.ts";
import { type ByteText, toBytes, toByteText, toText } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
import { OnceError } from "../diagnostics.ts";
import { renderDate } from "../dates.ts";
import type { EngineEvent } from "../engine_event.ts";
import { utcZone } from "../moment.ts";
import type { Properties } from "../properties.ts";
import { SendQueue } from "../send_queue.ts";

/** `log4cplus::Log4jUdpAppender`: one datagram of log4j's XML per event. */
export function makeLog4jUdpAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  const { diagnostics, host } = context;
  const name = properties.has("host") ? toText(properties.get("host")) : "localhost";
  const target = host.openDatagrams(name, properties.integer("port", 5000));
  const cannot = (what: string) =>
    diagnostics.error(`Log4jUdpAppender::append()- Cannot ${what} to server`);
  const sender = { name: "Log4jUdpAppender", giveUp: () => cannot("write") };
  const queue = new SendQueue(sender, context);
  const report = (failure: HostFailure) =>
    cannot(failure.code === NAME_NOT_FOUND ? "connect" : "write");
  return new Appender(settings, {
    write(event) {
      const bytes = toBytes(log4jXml(event, settings.layout(event), context));
      queue.add(() => target.send(bytes), { bytes: bytes.length, report });
    },
    close: () => diagnostics.debug("Entering Log4jUdpAppender::close()..."),
    async settled() {
      await queue.settled();
      target.close();
    },
  }, { context });
}

/** `log4cplus::SocketAppender`: records for a log4cplus server. The layout plays no part. */
export function makeSocketAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  const target = new SocketTarget({
    host: toText(properties.get("host")),
    port: properties.integer("port", 9998),
    serverName: properties.get("ServerName"),
  }, context);
  return new Appender(settings, target, { context });
}

/** Where records go. */
interface Server {
  readonly host: string;
  readonly port: number;
  readonly serverName: ByteText;
}

/** How long a server that was not reached, or has left, is left alone before the next event tries again: 5 s. */
const RECONNECT_MS = 5000;

class SocketTarget implements AppenderTarget {
  readonly #server: Server;
  readonly #context: EngineContext;
  readonly #queue: SendQueue;
  /** Speaks up until the server takes something again. */
  readonly #once: OnceError;
  #connecting: Promise<StreamTarget | HostFailure>;
  /** When connecting may be tried again; `undefined`: connecting, or connected. */
  #retryAt: number | undefined;
  #wasConnected = false;

  constructor(server: Server, context: EngineContext) {
    this.#server = server;
    this.#context = context;
    this.#once = new OnceError(context.diagnostics);
    this.#queue = new SendQueue({ name: "SocketAppender", giveUp: () => this.#giveUp() }, context);
    this.#connecting = this.#connect();
    this.#queue.add(() => this.#connected(), {
      bytes: 0,
      report: () => this.#complain(),
    });
  }

  write(event: EngineEvent): void {
    const record = socketRecord(event, {
      serverName: this.#server.serverName,
      context: this.#context,
    });
    this.#queue.add(() => this.#send(record), {
      bytes: record.length,
      report: () => this.#notSent(),
    });
  }

  close(): void {
    this.#context.diagnostics.debug("Entering SocketAppender::close()...");
  }

  async settled(): Promise<void> {
    await this.#queue.settled();
    this.#abandon();
  }

  #connect(): Promise<StreamTarget | HostFailure> {
    this.#retryAt = undefined;
    return this.#context.host.connect(this.#server.host, this.#server.port);
  }

  async #connected(): Promise<HostFailure | undefined> {
    const connecting = this.#connecting;
    const stream = await connecting;
    if (!isFailure(stream)) {
      this.#wasConnected = true;
      return undefined;
    }
    this.#retryAt ??= this.#context.host.now() + RECONNECT_MS;
    return stream;
  }

  async #send(record: Uint8Array): Promise<HostFailure | undefined> {
    if (this.#retryAt !== undefined && this.#context.host.now() >= this.#retryAt) {
      this.#connecting = this.#connect();
    }
    const missing = await this.#connected();
    if (missing !== undefined) return missing;
    const stream = await this.#connecting;
    if (isFailure(stream)) return stream;
    const failure = await stream.send(record);
    if (failure === undefined) {
      this.#once.reset();
      return undefined;
    }
    this.#abandon();
    return failure;
  }

  /** What a server that has left does not get is counted; where there never was one, saying so is enough. */
  #notSent(): void {
    if (this.#wasConnected) this.#queue.lose(1);
    this.#complain();
  }

  #giveUp(): void {
    this.#complain();
    this.#abandon();
  }

  /** Closes the connection, also one that still comes. */
  #abandon(): void {
    void this.#connecting.then((stream) => isFailure(stream) ? undefined : stream.close());
    this.#connecting = Promise.resolve({ code: 0, reason: "given up" });
    this.#retryAt = this.#context.host.now() + RECONNECT_MS;
  }

  #complain(): void {
    this.#once.error(
      this.#wasConnected
        ? "SocketAppender::append()- Cannot write to server"
        : "SocketAppender::ConnectorThread::run()- Cannot connect to server",
    );
  }
}

function log4jXml(event: EngineEvent, text: ByteText, { host }: EngineContext): ByteText {
  const { position } = event;
  return `<log4j:event logger="${escapeXml(event.logger)}" level="${event.levelName}"` +
    ` timestamp="${
      renderDate("%s%q", { seconds: event.time / 1000, zone: utcZone })
    }" thread="${host.threadId}">` +
    `<log4j:message>${escapeXml(text)}</log4j:message><log4j:NDC></log4j:NDC>` +
    `<log4j:locationInfo class="" file="${escapeXml(position?.file ?? "")}"` +
    ` method="${escapeXml(position?.function ?? "")}" line="${
      position?.line ?? -1
    }"/></log4j:event>`;
}

function escapeXml(text: ByteText): ByteText {
  const names: Readonly<Record<string, string>> = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "'": "&apos;",
    '"': "&quot;",
  };
  // deno-lint-ignore no-control-regex
  return text.replace(/[<>&'"\x00-\x1f\x7f]/g, (character) => {
    const code = character.charCodeAt(0).toString(16).padStart(2, "0");
    return names[character] ?? `&#x${code};`;
  });
}

/** Room for one record without its length field, as a log4cplus server has it. */
const MAX_RECORD_BYTES = 8188;
const RECORD_VERSION = 3;
const BYTES_PER_CHARACTER = 1;

/** Length, version, character size, then texts with their lengths and numbers, all big endian. */
function socketRecord(
  event: EngineEvent,
  { serverName, context }: { readonly serverName: ByteText; readonly context: EngineContext },
): Uint8Array {
  const body: number[] = [RECORD_VERSION, BYTES_PER_CHARACTER];
  const integer = (value: number) => {
    body.push(value >>> 24 & 0xff, value >>> 16 & 0xff, value >>> 8 & 0xff, value & 0xff);
  };
  const text = (value: ByteText) => {
    if (body.length + 4 + value.length > MAX_RECORD_BYTES) {
      const place = "SocketBuffer::appendString()";
      context.diagnostics.error(`${place}- Attempt to write beyond end of buffer`);
      return;
    }
    integer(value.length);
    body.push(...toBytes(value));
  };
  const micros = Math.floor(event.time * 1000);
  text(serverName);
  text(event.logger);
  integer(event.level);
  text(""); // nested diagnostic context
  text(event.message);
  text(toByteText(context.host.threadId));
  integer(Math.floor(micros / 1_000_000));
  integer(micros % 1_000_000);
  text(event.position?.file ?? "");
  integer(event.position?.line ?? -1);
  text(event.position?.function ?? "");
  const length = body.length;
  return Uint8Array.of(
    length >>> 24,
    length >>> 16 & 0xff,
    length >>> 8 & 0xff,
    length & 0xff,
    ...body,
  );
}
