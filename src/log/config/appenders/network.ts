/** Appenders that send events elsewhere: as XML by UDP, and as binary records by TCP. */
import { type HostFailure, isFailure, NAME_NOT_FOUND, type StreamTarget } from "../../host.ts";
import { Appender, type AppenderTarget, readAppenderSettings } from "../appender.ts";
import { type ByteText, toBytes, toByteText, toText } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
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
  const queue = new SendQueue();
  const report = (failure: HostFailure) => {
    const what = failure.code === NAME_NOT_FOUND ? "connect" : "write";
    diagnostics.error(`Log4jUdpAppender::append()- Cannot ${what} to server`);
  };
  return new Appender(settings, {
    write(event) {
      const bytes = toBytes(log4jXml(event, settings.layout(event), context));
      queue.add(() => target.send(bytes), report);
    },
    close: () => diagnostics.debug("Entering Log4jUdpAppender::close()..."),
    settled() {
      queue.finally(() => target.close());
      return queue.settled();
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

class SocketTarget implements AppenderTarget {
  readonly #serverName: ByteText;
  readonly #context: EngineContext;
  readonly #queue = new SendQueue();
  readonly #connecting: Promise<StreamTarget | HostFailure>;

  constructor(
    server: { readonly host: string; readonly port: number; readonly serverName: ByteText },
    context: EngineContext,
  ) {
    this.#serverName = server.serverName;
    this.#context = context;
    this.#connecting = context.host.connect(server.host, server.port);
    this.#queue.add(async () => {
      const stream = await this.#connecting;
      return isFailure(stream) ? stream : undefined;
    }, () => {
      const place = "SocketAppender::ConnectorThread::run()";
      this.#context.diagnostics.error(`${place}- Cannot connect to server`);
    });
  }

  write(event: EngineEvent): void {
    const record = socketRecord(event, {
      serverName: this.#serverName,
      context: this.#context,
    });
    this.#queue.add(async () => {
      const stream = await this.#connecting;
      // That there is no server has been said once, when connecting.
      return isFailure(stream) ? undefined : await stream.send(record);
    }, () => this.#context.diagnostics.error("SocketAppender::append()- Cannot write to server"));
  }

  close(): void {
    this.#context.diagnostics.debug("Entering SocketAppender::close()...");
  }

  async settled(): Promise<void> {
    await this.#queue.settled();
    const stream = await this.#connecting;
    if (!isFailure(stream)) stream.close();
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
