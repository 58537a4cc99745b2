/**
 * What watched peers do that is worth telling somebody: a state machine for each peer, fed with runs.
 *
 * Told is that a peer is down once it has failed so many times in a row, that it is up only after it was told to be
 * down, and nothing at all of a peer that has always been up. A peer that goes down and up all the time is told to do
 * so, once; then nothing more until it has been the same for a while.
 */

import type { EntryDocument, NoticeEvent } from "../report/mod.ts";

/** When to tell. */
export interface RuleSettings {
  /** Failures in a row before a peer is told to be down: 1 or more. */
  readonly after: number;
  /** Time between reminders of a peer that is still down, in milliseconds; absent: none. */
  readonly againMs?: number | undefined;
}

/** One peer of a run. */
export interface SeenPeer {
  /** It as JSON. */
  readonly entry: EntryDocument;
  /** When its check began, in milliseconds since 1970. */
  readonly at: number;
}

/** Something worth telling. */
export interface Happening {
  /** What. */
  readonly event: NoticeEvent["event"];
  /** The peer as it is now. */
  readonly entry: EntryDocument;
  /** When its check began, in milliseconds since 1970. */
  readonly at: number;
  /** When the first check of its present state began, in milliseconds since 1970. */
  readonly since: number;
  /** Checks in a row that failed. */
  readonly failures: number;
  /** How long it has been down, or was until now, in milliseconds. */
  readonly downMs?: number;
}

/** So many times down and up within `UNSTABLE_MS` are enough to call a peer unstable. */
const MOST_TOLD = 6;

/** 30 min. */
const UNSTABLE_MS = 1_800_000;

/** How long an unstable peer must be the same before it is believed: 10 min. */
const STEADY_MS = 600_000;

/** What is known of one peer. */
interface State {
  isUp: boolean;
  /** When the first check of this state began: by the calendar and by the clock. */
  since: number;
  sinceNow: number;
  /** Clock time when it last began to be down. */
  downNow: number;
  failures: number;
  /** Why it is down, and how often in a row for that reason. */
  reason: string;
  sameReason: number;
  /** What was told last. */
  told: "nothing" | "down" | "unstable";
  toldReason: string;
  toldAt: number;
  /** Clock times of the latest events of going down and coming up. */
  recent: readonly number[];
  /** Whether the end of a certificate has been told. */
  hasToldCertificate: boolean;
}

/** The rules, with what they remember of each peer. */
export class Rules {
  readonly #settings: RuleSettings;
  #states = new Map<string, State>();

  /** Remembers nothing yet. */
  constructor(settings: RuleSettings) {
    this.#settings = settings;
  }

  /**
   * What is worth telling of a run, in its order. `now` is the clock's, in milliseconds.
   *
   * A peer that was skipped is as it was; one that is not among `peers` is forgotten.
   */
  see(peers: readonly SeenPeer[], now: number): readonly Happening[] {
    const before = this.#states;
    this.#states = new Map();
    return peers.flatMap((peer) => {
      const { name, verdict } = peer.entry;
      const known = before.get(name);
      if (verdict === "skipped") {
        if (known !== undefined) this.#states.set(name, known);
        return [];
      }
      const state = known ?? newState(peer, now);
      this.#states.set(name, state);
      advance(state, { ...peer, now });
      const event = this.#eventOf(state, now);
      const found = event === undefined ? [] : [happening(event, { state, peer, now })];
      return hasNewWarning(state, peer.entry)
        ? [...found, happening("certificate", { state, peer, now })]
        : found;
    });
  }

  #eventOf(state: State, now: number): NoticeEvent["event"] | undefined {
    const { after, againMs = Infinity } = this.#settings;
    const isDown = !state.isUp && state.failures >= after;
    const isDue = now - state.toldAt >= againMs;
    const tell = (event: NoticeEvent["event"], told: State["told"]) => {
      if (event === "down" || event === "up") state.recent = [...state.recent, now];
      Object.assign(state, { told, toldAt: now, toldReason: state.reason });
      return event;
    };
    if (state.told === "unstable") {
      const isSteady = now - state.sinceNow >= STEADY_MS;
      if (isSteady && state.isUp) return tell("up", "nothing");
      if (isSteady && isDown) return tell("down", "down");
      return isDue ? tell("unstable", "unstable") : undefined;
    }
    if (state.told === "down") {
      if (state.isUp) return tell("up", "nothing");
      if (state.reason !== state.toldReason && state.sameReason >= after) {
        return tell("changed", "down");
      }
      return isDue ? tell("still-down", "down") : undefined;
    }
    if (!isDown) return undefined;
    state.recent = state.recent.filter((time) => now - time < UNSTABLE_MS);
    if (state.recent.length < MOST_TOLD) return tell("down", "down");
    state.recent = [];
    return tell("unstable", "unstable");
  }
}

function newState({ entry, at }: SeenPeer, now: number): State {
  return {
    isUp: entry.verdict === "passed",
    since: at,
    sinceNow: now,
    downNow: now,
    failures: 0,
    reason: "",
    sameReason: 0,
    told: "nothing",
    toldReason: "",
    toldAt: now,
    recent: [],
    hasToldCertificate: false,
  };
}

function advance(
  state: State,
  { entry, at, now }: SeenPeer & { readonly now: number },
): void {
  const isUp = entry.verdict === "passed";
  if (isUp !== state.isUp) {
    Object.assign(state, { isUp, since: at, sinceNow: now, failures: 0, sameReason: 0 });
    if (!isUp) state.downNow = now;
  }
  if (isUp) return;
  const reason = reasonKey(entry);
  state.failures += 1;
  state.sameReason = reason === state.reason ? state.sameReason + 1 : 1;
  state.reason = reason;
}

/** Whether the end of a certificate comes near that was not told before. */
function hasNewWarning(state: State, entry: EntryDocument): boolean {
  const isNear = certificateWarning(entry) !== undefined;
  // Of a peer that cannot be reached no certificate is known.
  if (!isNear && entry.verdict !== "passed") return false;
  const isNew = isNear && !state.hasToldCertificate;
  state.hasToldCertificate = isNear;
  return isNew;
}

/** What is said of a certificate that ends soon; `undefined` where none does. */
export function certificateWarning({ warnings = [] }: EntryDocument): string | undefined {
  return warnings.find(({ name }) => name === "tls.warnDaysValid")?.message;
}

/** Failures with the same key look the same to somebody who is told of them. */
function reasonKey({ failure, unmet }: EntryDocument): string {
  const { name, stage, situation } = failure ?? {};
  return [name, stage, situation, ...unmet.map(({ name }) => name)].join(" ");
}

function happening(
  event: NoticeEvent["event"],
  { state, peer, now }: { readonly state: State; readonly peer: SeenPeer; readonly now: number },
): Happening {
  const { since, failures, isUp, sinceNow, downNow } = state;
  const downMs = event === "up" ? sinceNow - downNow : isUp ? undefined : now - downNow;
  return { event, ...peer, since, failures, ...(downMs === undefined ? {} : { downMs }) };
}
