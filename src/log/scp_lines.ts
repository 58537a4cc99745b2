/**
 * The log lines of the answering side; the reference has none, so the words are ours.
 *
 * One line for each association at info, when it is over; a peer that did wrong gets it at warn. Whatever a peer sent
 * is printed with its control characters made visible.
 */

import { type UidNames, userIdentityTypeText } from "../dicom/mod.ts";
import { unreachable } from "../errors.ts";
import type {
  AssociateAc,
  AssociateRq,
  ContextResult,
  ProposedContext,
  UserItem,
} from "../pdu/types.ts";
import type { Connection, ScpEvent } from "../scp/mod.ts";
import type { Endpoint } from "../transport/types.ts";
import { shown, uidText } from "./dump.ts";
import { LOGGERS, type LogMessage } from "./lines.ts";
import { endMessage } from "./scp_end_lines.ts";
import { callerOf, counted, hex, placeOf } from "./scp_words.ts";
import type { LogLevel } from "./types.ts";

export { scpFactsOf, scpFactsWithPeers } from "./scp_facts.ts";

/** What came of a self-test: it passed, or why it did not. */
export type SelftestVerdict =
  | {
    readonly failure?: undefined;
    /** Where our own answering side listened. */
    readonly local: Endpoint;
    /** Echoes that both sides agree on. */
    readonly echoes: number;
    /** The whole check, in milliseconds. */
    readonly elapsedMs: number;
    /** What it went over, when not plain TCP. */
    readonly tls?: { readonly protocol: string; readonly cipherSuite: string };
  }
  | { readonly failure: string };

/** One kind of event. */
type EventOf<T extends ScpEvent["type"]> = Extract<ScpEvent, { type: T }>;

/** The messages for `event`, in order; none for events that only other readers care about. */
export function scpMessagesOf(event: ScpEvent, names: UidNames): readonly LogMessage[] {
  switch (event.type) {
    case "listening":
      return [app("info", () => listeningText(event))];
    case "connection-accepted":
      return [on(event.connection, () => `from ${placeOf(event.connection.remote)}`)];
    case "connection-secured":
      return [on(event.connection, () => securedText(event))];
    case "association-requested":
      return [
        on(event.connection, () => requestText(event.request, names)),
        ...extrasMessages(event, names),
      ];
    case "association-accepted":
      return [on(event.connection, () => answerText(event.answer, names))];
    case "echo-answered":
      return [on(event.connection, () => echoText(event))];
    case "operation-refused":
      return [on(event.connection, () => refusalText(event))];
    case "data-set-ignored":
      return [app("warn", () => dataSetText(event))];
    case "association-ended":
      return [endMessage(event.record)];
    case "stopping":
      return [app("info", () => stoppingText(event))];
    case "stopped":
      return [app("info", () => stoppedText(event))];
    case "upper-layer":
      return [];
    default:
      return unreachable(event);
  }
}

/** Where to find this side, for standard output: a line that scripts read the port from. */
export function listeningLine(local: Endpoint): string {
  return `Listening on ${placeOf(local)}`;
}

/** The listening socket could not be opened; `why` is what the system said. */
export function cannotListenText(
  where: { readonly address: string | undefined; readonly port: number },
  why: string,
): string {
  const { address, port } = where;
  return `Cannot listen on ${
    address === undefined ? "" : `${shown(address)} `
  }port ${port}: ${why}`;
}

/** Connections cannot be accepted for now; `why` is what the system said. */
export function cannotAcceptText(why: string): string {
  return `Cannot accept connections: ${why} (they wait until others have ended; said once)`;
}

/** What came of a self-test, in one line. */
export function selftestLine(verdict: SelftestVerdict): string {
  if (verdict.failure !== undefined) return `Self-test failed: ${verdict.failure}`;
  const { echoes, local, elapsedMs, tls } = verdict;
  const over = tls === undefined ? "TCP" : `${tls.protocol} (${tls.cipherSuite})`;
  const done = `${counted(echoes, "echo")} verified over ${over} at ${placeOf(local)}`;
  return `Self-test passed: ${done} in ${elapsedMs.toFixed(1)} ms`;
}

function app(level: LogLevel, text: () => string): LogMessage {
  return { logger: LOGGERS.app, level, text };
}

/** What happens on one of many connections, for those who look closely. */
function on({ number }: Connection, text: () => string): LogMessage {
  return app("debug", () => `Connection ${number}: ${text()}`);
}

function securedText({ facts }: EventOf<"connection-secured">): string {
  const [client] = facts.chain;
  const who = client === undefined ? "without a certificate" : `${client.subject} (${facts.trust})`;
  return `${facts.protocol} with ${facts.cipherSuite}, client ${who}`;
}

function requestText(request: AssociateRq, names: UidNames): string {
  return [
    `Association requested by ${callerOf(request)}`,
    ...request.presentationContexts.map((context) => `  ${proposalText(context, names)}`),
    ...request.userInformation.flatMap((item) => itemText(item, names) ?? []).map((text) =>
      `  ${text}`
    ),
  ].join("\n");
}

function proposalText(context: ProposedContext, names: UidNames): string {
  const { id, abstractSyntax, transferSyntaxes } = context;
  const syntaxes = transferSyntaxes.map((uid) => uidText(uid, names));
  return `Context ${id}: ${uidText(abstractSyntax ?? "", names)} in ${syntaxes.join(", ")}`;
}

/** The items that say something about the peer. */
function itemText(item: UserItem, names: UidNames): string | undefined {
  switch (item.type) {
    case "maximum-length":
      return `Maximum length: ${item.maximumLength}`;
    case "implementation-class-uid":
      return `Implementation class UID: ${shown(item.implementationClassUid)}`;
    case "implementation-version-name":
      return `Implementation version name: ${shown(item.implementationVersionName)}`;
    case "role-selection":
    case "asynchronous-operations-window":
    case "user-identity-rq":
      return extraText(item, names);
    default:
      return undefined;
  }
}

/** At info, what a requestor proposes that few do and that is answered by a refusal or not at all. */
function extrasMessages(
  { request }: EventOf<"association-requested">,
  names: UidNames,
): readonly LogMessage[] {
  const extras = request.userInformation.flatMap((item) => extraText(item, names) ?? []);
  if (extras.length === 0) return [];
  const shownExtras = extras.slice(0, MOST_EXTRAS);
  const more = extras.length - shownExtras.length;
  return [
    app(
      "info",
      () =>
        `Proposed by ${callerOf(request)}: ${
          [...shownExtras, ...(more > 0 ? [`${more} more`] : [])].join("; ")
        }`,
    ),
  ];
}

/** How many items one line lists: storage SCUs propose roles by the dozen. */
const MOST_EXTRAS = 8;

/** Roles, asynchronous operations and user identities (PS3.7 D.3.3.3, D.3.3.4, D.3.3.7). */
function extraText(item: UserItem, names: UidNames): string | undefined {
  switch (item.type) {
    case "role-selection":
      return `Roles for ${uidText(item.sopClassUid, names)}: ${roleText(item)}`;
    case "asynchronous-operations-window": {
      const { maximumOperationsInvoked: invoked, maximumOperationsPerformed: performed } = item;
      return `Asynchronous operations: ${windowText(invoked)} invoked, ${
        windowText(performed)
      } performed (one at a time is served)`;
    }
    case "user-identity-rq": {
      const { userIdentityType: type, positiveResponseRequested } = item;
      const wanted = positiveResponseRequested ? ", answer wanted" : "";
      return `User identity of ${userIdentityTypeText(type)}${wanted}: not looked at`;
    }
    default:
      return undefined;
  }
}

function roleText({ scuRole, scpRole }: Extract<UserItem, { type: "role-selection" }>): string {
  if (scuRole !== 0) return scpRole !== 0 ? "SCU and SCP" : "SCU";
  return scpRole !== 0 ? "SCP" : "none";
}

function windowText(count: number): string {
  return count === 0 ? "any number" : `${count}`;
}

function answerText({ presentationContexts }: AssociateAc, names: UidNames): string {
  return [
    "Association accepted",
    ...presentationContexts.map((context) => `  Context ${context.id}: ${outcome(context, names)}`),
  ].join("\n");
}

function outcome(context: ContextResult, names: UidNames): string {
  return context.result === "acceptance"
    ? `accepted with ${uidText(context.transferSyntax, names)}`
    : `refused, ${context.result}`;
}

function echoText({ messageId, contextId, status }: EventOf<"echo-answered">): string {
  return `C-ECHO request ${messageId} on context ${contextId} answered with ${hex(status)}`;
}

function refusalText(event: EventOf<"operation-refused">): string {
  const { commandField, messageId, contextId, status } = event;
  const message = `message ${messageId} on context ${contextId}`;
  return `Operation ${hex(commandField)}, ${message}, refused with ${hex(status)}`;
}

function dataSetText({ how, connection }: EventOf<"data-set-ignored">): string {
  const from = placeOf(connection.remote);
  return `Data set ${how} from ${from}, but C-ECHO has none: ignored`;
}

function listeningText({ local, maxAssociations }: EventOf<"listening">): string {
  return `${listeningLine(local)}, at most ${counted(maxAssociations, "association")} at once`;
}

function stoppedText({ associations, echoes }: EventOf<"stopped">): string {
  return `Stopped after ${counted(associations, "association")}, ${counted(echoes, "echo")}`;
}

function stoppingText({ reason, running, graceSeconds }: EventOf<"stopping">): string {
  const why = typeof reason === "string" ? `Stopping because of ${reason}` : "Stopping";
  if (running === 0) return why;
  const time = counted(graceSeconds, "second");
  return `${why}: ${counted(running, "association")} may end within ${time}`;
}
