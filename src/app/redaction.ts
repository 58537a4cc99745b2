/** What a run knows that says where and whose something is: for `--redact`. */

import { Redactor } from "../capture/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { textOfByteString } from "../dicom/mod.ts";
import type { ModeContext } from "./context.ts";
import type { ExpectedPeer } from "./recording_types.ts";

/** A redactor that knows what the options and this machine say. */
export function redactorFor({ options, world }: ModeContext): Redactor {
  const redactor = new Redactor();
  const { mode, operator, callingAeTitle, calledAeTitle } = options;
  const machine = world.machineName();
  if (machine !== undefined) redactor.learn("machine", machine);
  if (operator !== undefined) redactor.learn("operator", operator);
  learnTitles(redactor, { callingAeTitle, calledAeTitle });
  if ("peer" in mode) redactor.learn("host", mode.peer);
  return redactor;
}

/** Learns what is known of a peer before it is asked. */
export function learnPeer(redactor: Redactor, { name, check }: ExpectedPeer): void {
  redactor.learn("host", check.target.host);
  learnTitles(redactor, check);
  const { userIdentity } = check;
  if (userIdentity !== undefined && NAMED.includes(userIdentity.userIdentityType)) {
    redactor.learn("user", new TextDecoder().decode(userIdentity.primaryField));
  }
  const place = hostAndPort(check.target);
  const isGiven = name !== place && name !== `${textOfByteString(check.calledAeTitle)}@${place}`;
  if (isGiven) redactor.learn("peer", name);
}

/** Types of user identity that begin with a name (PS3.7 Table D.3-14). */
const NAMED = [1, 2];

function learnTitles(
  redactor: Redactor,
  { callingAeTitle, calledAeTitle }: {
    readonly callingAeTitle: string;
    readonly calledAeTitle: string;
  },
): void {
  for (const title of [callingAeTitle, calledAeTitle]) {
    redactor.learn("title", textOfByteString(title));
    redactor.learn("title", textOfByteString(title.slice(0, 16)));
  }
}
