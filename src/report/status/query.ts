/** What somebody wants to see of the overview: search, filter and order, as the address of the page has them. */

import { PEER_STATES, type PeerDocument, type PeerStateName } from "./schema.ts";

/** Longest search that is looked at. */
const LONGEST_SEARCH = 200;

/** How peers are ordered; what has no value comes last. */
export const SORTS = {
  state: { label: "what is down first", key: ({ state }) => PEER_STATES.indexOf(state) },
  name: { label: "by name", key: ({ name }) => name },
  group: { label: "by group", key: ({ group }) => group },
  since: {
    label: "what changed last first",
    key: ({ since }) => since === undefined ? undefined : 0 - Date.parse(since),
  },
  time: {
    label: "the slowest first",
    key: ({ elapsedMs }) => elapsedMs === undefined ? undefined : 0 - elapsedMs,
  },
  available: {
    label: "the least available first",
    key: ({ availability }) => availability?.at(-1)?.availability,
  },
  certificate: {
    label: "by the end of certificates",
    key: ({ certificateDaysLeft }) => certificateDaysLeft,
  },
} as const satisfies Record<string, Sort>;

interface Sort {
  readonly label: string;
  readonly key: (peer: PeerDocument) => string | number | undefined;
}

/** The name of an order. */
export type SortName = keyof typeof SORTS;

/** What is wanted. */
export interface OverviewQuery {
  /** Words that all must be found. */
  readonly text: string;
  /** Only peers in this state. */
  readonly state: PeerStateName | undefined;
  /** The order. */
  readonly sort: SortName;
  /** Whether it is the other way round. */
  readonly isReversed: boolean;
}

/** Reads it from what follows the question mark; what is not understood counts as not given. */
export function readQuery(query: URLSearchParams): OverviewQuery {
  const state = query.get("state");
  const sort = query.get("sort") ?? "";
  return {
    text: (query.get("q") ?? "").slice(0, LONGEST_SEARCH).toWellFormed(),
    state: PEER_STATES.find((one) => one === state),
    sort: Object.hasOwn(SORTS, sort) ? sort as SortName : "state",
    isReversed: query.get("reverse") === "1",
  };
}

/** What reads back as `query`, with its question mark; empty where nothing is asked for. */
export function queryText({ text, state, sort, isReversed }: OverviewQuery): string {
  const query = new URLSearchParams();
  if (text !== "") query.set("q", text);
  if (state !== undefined) query.set("state", state);
  if (sort !== "state") query.set("sort", sort);
  if (isReversed) query.set("reverse", "1");
  return query.size === 0 ? "" : `?${query}`;
}

/** The peers that `query` asks for, in its order. */
export function chosen(
  peers: readonly PeerDocument[],
  { text, state, sort, isReversed }: OverviewQuery,
): readonly PeerDocument[] {
  const words = text.toLowerCase().split(/\s+/).filter((word) => word !== "");
  const found = peers.filter((peer) =>
    (state === undefined || peer.state === state) &&
    words.every((word) => searched(peer).includes(word))
  );
  const { key } = SORTS[sort];
  const keyed = found.map((peer) => ({ peer, value: key(peer) }));
  const sign = isReversed ? -1 : 1;
  return keyed.toSorted((left, right) => {
    if (left.value === undefined || right.value === undefined) {
      return Number(left.value === undefined) - Number(right.value === undefined);
    }
    return sign * compared(left.value, right.value);
  }).map(({ peer }) => peer);
}

const COLLATOR = new Intl.Collator("en", { numeric: true });

function compared(left: string | number, right: string | number): number {
  return typeof left === "number" && typeof right === "number"
    ? left - right
    : COLLATOR.compare(`${left}`, `${right}`);
}

function searched(peer: PeerDocument): string {
  const { name, group, tags, note, contact, host, port, calledAeTitle, reason, hint } = peer;
  return [name, group, ...tags, note, contact, `${host}:${port}`, calledAeTitle, reason, hint]
    .filter((one) => one !== undefined).join("\n").toLowerCase();
}
