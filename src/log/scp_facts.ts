/** What log collectors want to know of the answering side besides the text of a line. */

import { beforeNul } from "../dicom/mod.ts";
import { unreachable } from "../errors.ts";
import type { AssociateRq } from "../pdu/types.ts";
import type { Connection, ConnectionRecord, ScpEvent } from "../scp/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { trimEndOf } from "../common/trim.ts";
import type { LogEvent } from "./types.ts";

/** Stage and figures of an event. */
export type ScpFacts = Pick<LogEvent, "stage" | "fields">;

/** Stage and figures of `event`; what a peer sent ends at its first NUL, without blanks at its end. */
export function scpFactsOf(event: ScpEvent): ScpFacts {
  switch (event.type) {
    case "listening": {
      const { local, maxAssociations } = event;
      return { stage: "listen", fields: { local, maxAssociations } };
    }
    case "connection-accepted":
      return { stage: "connect", fields: callOf(event.connection) };
    case "connection-secured": {
      const { protocol, cipherSuite, trust } = event.facts;
      const fields = { ...callOf(event.connection), protocol, cipherSuite, trust };
      return { stage: "tls", fields };
    }
    case "association-requested":
      return { stage: "associate", fields: { ...askedBy(event), ...proposalOf(event.request) } };
    case "association-accepted":
      return { stage: "associate", fields: askedBy(event) };
    case "echo-answered":
    case "operation-refused": {
      const { connection, contextId, messageId, status } = event;
      return { stage: "echo", fields: { ...callOf(connection), contextId, messageId, status } };
    }
    case "data-set-ignored":
      return { stage: "echo", fields: { ...callOf(event.connection), how: event.how } };
    case "association-ended":
      return { stage: "end", fields: recordFields(event.record) };
    case "stopping": {
      const { running, graceSeconds } = event;
      return { stage: "stop", fields: { running, graceSeconds } };
    }
    case "stopped":
      return { stage: "stop", fields: { associations: event.associations, echoes: event.echoes } };
    case "upper-layer":
      return { fields: callOf(event.connection) };
    default:
      return unreachable(event);
  }
}

/**
 * As `scpFactsOf()`, with caller and titles in every event of a connection, once they are known.
 *
 * Gives a function that sees all events of an answering side; it forgets a connection when its association ends.
 */
export function scpFactsWithPeers(): (event: ScpEvent) => ScpFacts {
  const titles = new Map<number, ReturnType<typeof titlesOf>>();
  return (event) => {
    const facts = scpFactsOf(event);
    const connection = event.type === "association-ended"
      ? event.record.connection
      : "connection" in event
      ? event.connection
      : undefined;
    if (connection === undefined) return facts;
    const { number, remote } = connection;
    if (event.type === "association-requested") titles.set(number, titlesOf(event));
    const whom = { peer: hostAndPort(remote), host: remote.host, port: remote.port };
    const fields = { ...whom, ...titles.get(number), ...facts.fields };
    if (event.type === "association-ended") titles.delete(number);
    return { ...facts, fields };
  };
}

/** What few requestors propose; nothing where they do not. */
function proposalOf({ userInformation }: AssociateRq): Readonly<Record<string, unknown>> {
  const roles = userInformation.flatMap((item) =>
    item.type === "role-selection"
      ? [{ sopClassUid: item.sopClassUid, scu: item.scuRole, scp: item.scpRole }]
      : []
  );
  const operations = userInformation.findLast((item) =>
    item.type === "asynchronous-operations-window"
  );
  const identity = userInformation.findLast((item) => item.type === "user-identity-rq");
  return {
    ...(roles.length === 0 ? {} : { roles }),
    ...(operations === undefined ? {} : {
      asynchronousOperations: {
        invoked: operations.maximumOperationsInvoked,
        performed: operations.maximumOperationsPerformed,
      },
    }),
    ...(identity === undefined ? {} : {
      userIdentity: {
        type: identity.userIdentityType,
        positiveResponseRequested: identity.positiveResponseRequested,
      },
    }),
  };
}

function callOf({ number, remote }: Connection) {
  return { connection: number, remote };
}

function askedBy(event: Pick<ConnectionRecord, "connection" | "request">) {
  return { ...callOf(event.connection), ...titlesOf(event) };
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
  const { connection, request, findings, echoes, refusals, end, elapsedMs } = record;
  const figures = { echoes, refusals, end: end.type, elapsedMs };
  return {
    ...callOf(connection),
    ...titlesOf(record),
    ...figures,
    ...(request === undefined ? {} : proposalOf(request)),
    ...(findings.length === 0 ? {} : { findings }),
  };
}
