/**
 * `log4cplus::SysLogAppender`: the log of this computer, or of another one by UDP.
 *
 * Where the reference keeps silent about a local log that cannot be reached, one warning is given.
 */
import { type DatagramTarget, isFailure } from "../../host.ts";
import { Appender, type AppenderTarget, readAppenderSettings } from "../appender.ts";
import { type ByteText, toBytes, toByteText, toText } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
import { renderDate } from "../dates.ts";
import type { EngineEvent } from "../engine_event.ts";
import { utcZone } from "../moment.ts";
import type { Properties } from "../properties.ts";
import { SendQueue } from "../send_queue.ts";

const FACILITIES: ReadonlyMap<ByteText, number> = new Map([
  ["kern", 0],
  ["user", 1],
  ["mail", 2],
  ["daemon", 3],
  ["auth", 4],
  ["syslog", 5],
  ["lpr", 6],
  ["news", 7],
  ["uucp", 8],
  ["cron", 9],
  ["authpriv", 10],
  ["ftp", 11],
  ...Array.from({ length: 8 }, (_, index) => [`local${index}`, 16 + index] as const),
]);
const USER = 1;
const DEFAULT_PORT = 514;

/** Makes the appender. */
export function makeSysLogAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  const facility = readFacility(properties.get("facility"), context);
  const ident = properties.get("ident");
  const host = properties.get("host");
  const port = properties.integer("port", DEFAULT_PORT);
  const common = { context, format: settings.layout };
  const target = host === ""
    ? localTarget({ ...common, frame: localFrame({ ident, facility }, context) })
    : remoteTarget({ ...common, frame: remoteFrame({ ident, facility }, context) }, {
      host: toText(host),
      port,
    });
  return new Appender(settings, target, { context });
}

/** Puts the head of a datagram before the formatted event. */
type Frame = (event: EngineEvent, text: ByteText) => ByteText;

/** How entries name their sender. */
interface Sender {
  readonly ident: ByteText;
  readonly facility: number;
}

interface TargetParts {
  readonly context: EngineContext;
  readonly format: (event: EngineEvent) => ByteText;
  readonly frame: Frame;
}

/** What syslog(3) of the C library sends. */
function localFrame({ ident, facility }: Sender, { host }: EngineContext): Frame {
  const tag = ident === "" ? toByteText(host.programName) : ident;
  return (event, text) => {
    const time = renderDate("%h %e %T", { seconds: event.time / 1000, zone: host.zone });
    return `<${priority(facility, event)}>${time} ${tag}: ${text}`;
  };
}

/** RFC 5424 with the fields the reference fills in. */
function remoteFrame({ ident, facility }: Sender, { host }: EngineContext): Frame {
  const name = toByteText(host.fullHostName());
  return (event, text) => {
    const time = renderDate("%Y-%m-%dT%H:%M:%S.%qZ", { seconds: event.time / 1000, zone: utcZone });
    const head = `<${priority(facility, event)}>1 ${time} ${name} ${ident} ${host.pid}`;
    return `${head} ${event.logger} - ${text}`;
  };
}

function localTarget(parts: TargetParts): AppenderTarget {
  const { context, format, frame } = parts;
  let target: DatagramTarget | undefined;
  let warned = false;
  const sender = { name: "SysLogAppender", giveUp: () => warn("it takes nothing") };
  const queue = new SendQueue(sender, context);
  const warn = (reason: string) => {
    if (!warned) {
      context.diagnostics.warn(`SysLogAppender- no local system log: ${toByteText(reason)}`);
    }
    warned = true;
  };
  return {
    write(event) {
      if (target === undefined && !warned) {
        const opened = context.host.openSystemLog();
        if (isFailure(opened)) warn(opened.reason);
        else target = opened;
      }
      const open = target;
      if (open === undefined || warned) return;
      const bytes = toBytes(frame(event, format(event)));
      queue.add(() => open.send(bytes), {
        bytes: bytes.length,
        report: (failure) => warn(failure.reason),
      });
    },
    close: () => context.diagnostics.debug("Entering SysLogAppender::close()..."),
    async settled() {
      await queue.settled();
      target?.close();
    },
  };
}

function remoteTarget(
  parts: TargetParts,
  address: { readonly host: string; readonly port: number },
): AppenderTarget {
  const { context, format, frame } = parts;
  const target = context.host.openDatagrams(address.host, address.port);
  const report = () =>
    context.diagnostics.warn("SysLogAppender::appendRemote- socket write failed");
  const queue = new SendQueue({ name: "SysLogAppender", giveUp: report }, context);
  return {
    write(event) {
      const bytes = toBytes(frame(event, format(event)));
      queue.add(() => target.send(bytes), { bytes: bytes.length, report });
    },
    close: () => context.diagnostics.debug("Entering SysLogAppender::close()..."),
    async settled() {
      await queue.settled();
      target.close();
    },
  };
}

/** Facility and severity in one number. */
function priority(facility: number, event: EngineEvent): number {
  const severities: Readonly<Record<string, number>> = { FATAL: 2, ERROR: 3, WARN: 4, INFO: 6 };
  return facility * 8 + (severities[event.levelName] ?? 7);
}

function readFacility(value: ByteText, { diagnostics }: EngineContext): number {
  const name = value.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  const facility = name === "" ? USER : FACILITIES.get(name);
  if (facility === undefined) diagnostics.error(`Unknown syslog facility: ${name}`);
  return facility ?? USER;
}
