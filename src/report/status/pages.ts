/** Everything that the status page answers, as pure functions of what is known. */

import { jsonText } from "../../common/visible.ts";
import type { ReportSettings } from "../settings.ts";
import { detailsOf, statusOf } from "./document.ts";
import type { StatusFacts } from "./facts.ts";
import { renderOverview } from "./overview.ts";
import { renderPeerPage } from "./peer_page.ts";
import { readQuery } from "./query.ts";
import { pageTime } from "./words.ts";

export { doorPage, enteredPage } from "./door.ts";
export { badIcon, goodIcon } from "./icons.ts";
export { STATUS_SCHEMA } from "./schema.ts";
export { STATUS_SCRIPT } from "./script.ts";
export { STATUS_STYLE } from "./style.ts";

/** What is known of watched peers, and the settings of the reports. */
export interface StatusSource {
  /** What is known. */
  readonly facts: StatusFacts;
  /** What it is worded with. */
  readonly settings: ReportSettings;
}

/** The page of all peers, as the query of its address asks for it. */
export function overviewPage(query: URLSearchParams, { facts, settings }: StatusSource): string {
  const status = statusOf(facts, settings);
  return renderOverview(status, { query: readQuery(query), time: pageTime(status.at, settings) });
}

/** The page of the peer of that `id`; `undefined` where there is none. */
export function peerPage(id: string, source: StatusSource): string | undefined {
  const peer = detailsOf(id, source);
  return peer && renderPeerPage(peer, pageTime(peer.at, source.settings));
}

/** All peers as JSON. */
export function statusJson({ facts, settings }: StatusSource): string {
  return `${jsonText(statusOf(facts, settings), 2)}\n`;
}

/** Everything about the peer of that `id` as JSON; `undefined` where there is none. */
export function peerJson(id: string, source: StatusSource): string | undefined {
  const peer = detailsOf(id, source);
  return peer && `${jsonText(peer, 2)}\n`;
}
