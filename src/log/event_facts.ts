/** What log collectors want to know of an event besides its text: how far the check is, and its figures. */

import type { Check, CheckEvent } from "../check/mod.ts";
import { textOfByteString } from "../dicom/mod.ts";
import { hostAndPort } from "../common/host.ts";

/** Whom a check is about, in every event of it. */
export interface PeerFields extends Readonly<Record<string, unknown>> {
  /** Its name in the plan; without one `host:port`. */
  readonly peer: string;
  /** As it was given, not resolved. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
  /** Ours. */
  readonly callingAeTitle: string;
  /** The peer's. */
  readonly calledAeTitle: string;
}

/** Whom `check` is about, by the peer's name in the plan where it has one. */
export function peerFields(
  check: Pick<Check, "callingAeTitle" | "calledAeTitle"> & {
    readonly target: Pick<Check["target"], "host" | "port">;
  },
  name: string = hostAndPort(check.target),
): PeerFields {
  const { host, port } = check.target;
  return {
    peer: name,
    host,
    port,
    callingAeTitle: textOfByteString(check.callingAeTitle),
    calledAeTitle: textOfByteString(check.calledAeTitle),
  };
}

/** The stage of a check after `event`; `undefined` when the event does not change it. */
export function stageAfter(event: CheckEvent): string | undefined {
  switch (event.type) {
    case "requesting-association":
      return "connect";
    case "connected":
      return "associate";
    case "securing":
      return "tls";
    case "secured":
      return "associate";
    case "sending-echo":
      return "echo";
    case "releasing-association":
      return "release";
    case "aborting-association":
      return "abort";
    default:
      return "error" in event ? event.error.stage : undefined;
  }
}

/** The figures of an event; `undefined` when its text says everything. */
export function fieldsOf(event: CheckEvent): Readonly<Record<string, unknown>> | undefined {
  switch (event.type) {
    case "connected":
      return { remote: event.remote };
    case "secured": {
      const { protocol, cipherSuite, trust } = event.facts;
      return { protocol, cipherSuite, trust };
    }
    case "association-accepted":
      return { maxSendPdv: event.maxSendPdv };
    case "user-identity-taken": {
      const { userIdentityType, positiveResponseRequested, answerBytes } = event;
      return { userIdentity: { userIdentityType, positiveResponseRequested, answerBytes } };
    }
    case "sending-echo":
      return { messageId: event.messageId };
    case "echo-received": {
      const { messageId, status, elapsedMs } = event;
      return { messageId, status, elapsedMs };
    }
    default:
      return "error" in event
        ? { error: event.error.name, fault: event.error.fault, message: event.error.message }
        : undefined;
  }
}
