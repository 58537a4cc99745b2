/** The reference's lines about the settings of a connection that is established. */

import type { Check, SocketVariables } from "../check/mod.ts";
import { shown } from "./dump.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import type { LogLevel } from "./types.ts";

/** The limits set on the socket. */
export function socketLimits(check: Check): readonly LogMessage[] {
  const seconds = check.socketTimeoutSeconds;
  if (seconds === undefined) return [];
  const limit = seconds === 0 ? "0 (infinite)" : `${seconds} seconds`;
  return ["send", "receive"].map((way) =>
    net("debug", `setting network ${way} timeout to ${limit}`)
  );
}

/** A number as `scanf` finds it: what follows the digits does not matter. */
const SCANNED_NUMBER = /^\s*[+-]?\d+/;

/** What the environment says about sockets. The size cannot be set on this runtime, and that is said. */
export function socketVariables({ bufferLength, noDelay }: SocketVariables): readonly LogMessage[] {
  return [
    ...bufferLengthLines(bufferLength),
    ...noDelayLines(noDelay),
  ];
}

/** What `TCP_BUFFER_LENGTH` does: nothing. */
export function bufferLengthLines(value: string | undefined): readonly LogMessage[] {
  if (value === undefined) return [];
  if (!SCANNED_NUMBER.test(value)) return [unparsable("TCP_BUFFER_LENGTH", value)];
  const text = "DULFSM: leaving TCP buffer length to the system " +
    `(TCP_BUFFER_LENGTH=${shown(value)} has no effect)`;
  return [net("debug", text)];
}

/** What `TCP_NODELAY` does: nothing, since nothing is delayed anyway. */
export function noDelayLines(value: string | undefined): readonly LogMessage[] {
  if (value === undefined) return [];
  const [number] = SCANNED_NUMBER.exec(value) ?? [];
  if (number === undefined) return [unparsable("TCP_NODELAY", value)];
  if (Number(number) === 0) return [];
  const text = "DULFSM: disabling Nagle algorithm as requested at runtime " +
    `(TCP_NODELAY=${shown(value)})`;
  return [net("debug", text)];
}

function unparsable(name: string, value: string): LogMessage {
  const text = `DULFSM: cannot parse environment variable ${name}=${shown(value)}`;
  return net("warn", text);
}

function net(level: LogLevel, text: string): LogMessage {
  return messageTo(LOGGERS.net, { level, text });
}
