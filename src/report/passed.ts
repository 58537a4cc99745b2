/** What a person at a terminal is told of a check that passed: who answered, and how fast. */

import type { AcceptedAssociation, CheckResult } from "../check/mod.ts";
import { textOfByteString } from "../dicom/mod.ts";
import { claimedSoftware } from "../common/products.ts";
import { escapeControls } from "../common/visible.ts";
import { echoAverageMs } from "./statistics.ts";
import { durationText } from "./values.ts";

/** Such as `pacs port 104 answered as "ARCHIVE" (OFFIS_DCMTK_367): 1 echo in 2.1 ms`. */
export function passedLine(result: CheckResult): string {
  const { target, calledAeTitle } = result.check;
  const answered = result.echoes.length + (result.unlistedEchoes ?? 0);
  const echoes = answered === 1 ? "1 echo" : `${answered} echoes, on average`;
  const title = escapeControls(textOfByteString(calledAeTitle.trim()));
  return `${escapeControls(target.host)} port ${target.port} answered as "${title}"` +
    `${softwareOf(result.association)}: ${echoes} in ${durationText(echoAverageMs(result) ?? 0)}`;
}

function softwareOf(association: AcceptedAssociation | undefined): string {
  const name = association?.implementationVersionName ?? association?.implementationClassUid;
  return name === undefined || name === "" ? "" : ` (${escapeControls(textOfByteString(name))})`;
}

/** Such as `peer: names itself DCMTK ...`, for whom hints are; `undefined` where it is not known. */
export function softwareLine(association: AcceptedAssociation | undefined): string | undefined {
  const software = association && claimedSoftware(association);
  return software === undefined ? undefined : `peer: ${software.claim}`;
}
