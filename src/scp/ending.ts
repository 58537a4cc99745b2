/** How an association comes to its end. */

import { type Indication, WriteError } from "../association/mod.ts";
import { Bug } from "../errors.ts";
import type { ConnectionEnd } from "./events.ts";
import { type ForeignCaller, foreignCaller } from "./foreign.ts";
import type { Session } from "./session.ts";

/** Does what an indication asks for that ends the association. Throws `WriteError`. */
export async function endBy(indication: Indication, session: Session): Promise<ConnectionEnd> {
  const { layer, deps, stream } = session;
  switch (indication.type) {
    case "release-requested":
      /* Before the answer: the peer may come back at once, and must not find its own place taken. */
      deps.place.end();
      await layer.respondRelease();
      return { type: "released" };
    case "aborted":
      return { type: "peer-aborted", source: indication.source, reason: indication.reason };
    case "closed": {
      const how = stream.ending === "reset" ? "reset" : "closed";
      return { type: "lost", how, within: indication.within, ...callerIn(session) };
    }
    case "timed-out":
      await abortAssociation(session);
      return timedOut(indication, session);
    case "cancelled":
      await abortAssociation(session);
      return { type: "dismissed", why: "stopping" };
    case "defect": {
      const { message, defect, head } = indication.error;
      const caller = callerOf(session, head);
      if (caller !== undefined) {
        return { type: "violation", violation: { kind: "foreign", caller } };
      }
      return { type: "violation", violation: { kind: "pdu", message, defect, head } };
    }
    case "unexpected": {
      const { header } = indication;
      const caller = callerOf(session);
      if (caller !== undefined) {
        return { type: "violation", violation: { kind: "foreign", caller } };
      }
      return { type: "violation", violation: { kind: "unexpected-pdu", header } };
    }
    default:
      throw new Bug(`${indication.type} at the acceptor`);
  }
}

/** Who called, if nothing of DICOM came: by the first bytes of the connection, or by those of its first "PDU". */
function callerOf(
  { request, stream, deps }: Session,
  head: Uint8Array = new Uint8Array(0),
): ForeignCaller | undefined {
  if (request !== undefined) return undefined;
  // With TLS the connection begins with the bytes of TLS.
  const began = stream.tls === undefined ? deps.place.head : head;
  return foreignCaller(began.length > 0 ? began : head);
}

function callerIn(session: Session): { readonly caller?: ForeignCaller } {
  const caller = callerOf(session);
  return caller === undefined ? {} : { caller };
}

function timedOut(
  { within, seconds }: Extract<Indication, { type: "timed-out" }>,
  session: Session,
): ConnectionEnd {
  const { deps, messages } = session;
  if (messages === undefined) {
    const seconds = deps.limits.artimSeconds;
    return { type: "timed-out", seconds, awaited: "request", ...callerIn(session) };
  }
  const awaited = messages.isInside || within !== "idle" ? "rest" : "message";
  return { type: "timed-out", seconds, awaited };
}

/** Sends A-ABORT if an association is established; without one the connection is just closed (AA-2, PS3.8 Table 9-9). */
async function abortAssociation({ layer }: Session): Promise<void> {
  if (layer.state === "Sta6" || layer.state === "Sta8") await layer.abort();
}

/** Our own closing looks to the reader like the peer's. */
export function dismissed({ deps }: Session): ConnectionEnd | undefined {
  const why = deps.place.dismissal;
  return why === undefined ? undefined : { type: "dismissed", why };
}

/** What our own failure to write, or a defect, ends a connection with. */
export function endOfError(error: unknown): ConnectionEnd {
  if (!(error instanceof WriteError)) return { type: "bug", error };
  const how = error.kind === "timeout" ? "timed-out" : "failed";
  return { type: "not-sent", pdu: error.pdu, how };
}
