/** What log collectors want to know of the answering side besides the text of a line. */

import { beforeNul } from "../dicom/mod.ts";
import { unreachable } from "../errors.ts";
import type { Connection, ConnectionRecord, ScpEvent } from "../scp/mod.ts";
import { trimEndOf } from "../trim.ts";
import type { LogEvent } from "./types.ts";

/** Stage and figures of an event. */
export type ScpFacts = Pick<LogEvent, "stage" | "fields">;

/** Stage and figures of `event`; what a peer sent ends at its first NUL, without blanks at its end. */
export function scpFactsOf(event: ScpEvent): ScpFacts {
  switch (event.type) {
    case "listening":
      return {
        stage: "listen",
        fields: { local: event.local, maxAssociations: event.maxAssociations },
      };
    case "connection-accepted":
      return { stage: "connect", fields: callOf(event.connection) };
    case "connection-secured": {
      const { protocol, cipherSuite, trust } = event.facts;
      const fields = { ...callOf(event.connection), protocol, cipherSuite, trust };
      return { stage: "tls", fields };
    }
    case "association-requested":
    case "association-accepted":
      return { stage: "associate", fields: { ...callOf(event.connection), ...titlesOf(event) } };
    case "echo-answered":
    case "operation-refused": {
      const { connection, contextId, messageId, status } = event;
      return { stage: "echo", fields: { ...callOf(connection), contextId, messageId, status } };
    }
    case "data-set-ignored":
      return { stage: "echo", fields: { ...callOf(event.connection), how: event.how } };
    case "association-ended":
      return { stage: "end", fields: recordFields(event.record) };
    case "stopping":
      return {
        stage: "stop",
        fields: { running: event.running, graceSeconds: event.graceSeconds },
      };
    case "stopped":
      return { stage: "stop", fields: { associations: event.associations, echoes: event.echoes } };
    case "upper-layer":
      return { fields: callOf(event.connection) };
    default:
      return unreachable(event);
  }
}

function callOf({ number, remote }: Connection) {
  return { connection: number, remote };
}

function titlesOf({ request }: Pick<ConnectionRecord, "request">) {
  if (request === undefined) return {};
  const textOf = (title: string) => trimEndOf(beforeNul(title), " ");
  return {
    callingAeTitle: textOf(request.callingAeTitle),
    calledAeTitle: textOf(request.calledAeTitle),
  };
}

function recordFields(record: ConnectionRecord): Readonly<Record<string, unknown>> {
  const { connection, echoes, refusals, end, elapsedMs } = record;
  const figures = { echoes, refusals, end: end.type, elapsedMs };
  return { ...callOf(connection), ...titlesOf(record), ...figures };
}
