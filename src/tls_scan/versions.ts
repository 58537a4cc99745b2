/** Versions, and the suites of each in their order. */

import { VERSION } from "../tls_engine/mod.ts";
import type { Answer } from "./answer.ts";
import { ask, choice, MOST_OFFERED, type One, probeFor, type Questions, SSL30 } from "./asking.ts";
import { suiteGroups } from "./catalogue.ts";
import type { Findings, VersionState } from "./findings.ts";

/** The highest first: a server shows its best before anybody tries its worst. */
const VERSIONS = [VERSION.tls13, VERSION.tls12, VERSION.tls11, VERSION.tls10, SSL30];

/** Who answers to none of these, each of which takes its time, answers to no version. */
const ASKED_IN_SILENCE: readonly number[] = [VERSION.tls13, VERSION.tls12, VERSION.tls10];

/** Alerts about the version: other suites change nothing. */
const PROTOCOL_VERSION = 70;

/** Asks for every version, until it is clear that no TLS is spoken. */
export function* everyVersion(findings: Findings): Questions {
  for (const version of VERSIONS) {
    const isSilent = !findings.hasTls && findings.lastFailure?.kind === "silent";
    if (isSilent && !ASKED_IN_SILENCE.includes(version)) continue;
    const state: VersionState = {
      isOffered: false,
      refusal: undefined,
      suites: [],
      order: undefined,
      groups: [],
    };
    findings.versions.set(version, state);
    yield* oneVersion(findings, { version, state });
    const { lastFailure } = findings;
    const isHopeless = lastFailure?.kind === "foreign" || lastFailure?.kind === "unreachable";
    if (!findings.hasTls && isHopeless) return;
  }
}

function* oneVersion(findings: Findings, { version, state }: One): Questions {
  const lists: (readonly number[])[] = [];
  for (const group of suiteGroups(version)) {
    const list: number[] = [];
    lists.push(list);
    const last = yield* shrink(findings, { version, state, offer: group, list });
    if (version === SSL30 && list.length > 0) break;
    const isSettled = last.kind !== "alert" && !(last.kind === "closed" && findings.hasTls);
    if (isSettled || (last.kind === "alert" && last.alert === PROTOCOL_VERSION)) break;
  }
  const found = lists.filter((list) => list.length > 0);
  state.suites = found.flat();
  if (state.suites.length < 2 || version === SSL30) return;
  state.order = yield* whoseOrder(findings, { version, state });
  if (state.order === "server" && found.length > 1) {
    state.suites = yield* merged(findings, { version, lists: found });
  }
}

/** Offers, leaves out what is chosen, and offers again; gives the answer that chose nothing. */
function* shrink(
  findings: Findings,
  { version, state, offer, list }: One & {
    readonly offer: readonly number[];
    readonly list: number[];
  },
): Questions<Answer> {
  let left = offer;
  while (true) {
    const answer = yield* ask(findings, probeFor(findings, { version, suites: left }));
    const chosen = choice(answer, { version, offer: left });
    if (chosen === undefined) {
      if (!state.isOffered) state.refusal = refusalOf(answer);
      return answer;
    }
    state.isOffered = true;
    state.refusal = undefined;
    list.push(chosen);
    state.suites = [...state.suites, chosen];
    left = left.filter((code) => code !== chosen);
    // Which suites SSL 3.0 has does not matter: it is broken with all of them.
    if (left.length === 0 || version === SSL30) return { kind: "alert", alert: 40 };
  }
}

function refusalOf(answer: Answer): number | string {
  switch (answer.kind) {
    case "alert":
      return answer.alert;
    case "hello":
      return `answers with ${versionText(answer.version)}`;
    case "closed":
      return "closes the connection";
    case "silent":
      return "does not answer";
    case "unreachable":
      return "cannot be reached";
    case "foreign":
      return "does not speak TLS";
    default:
      return "breaks the rules of TLS";
  }
}

function versionText(version: number): string {
  if (version === SSL30) return "SSL 3.0";
  return version >> 8 === 3 ? `TLS 1.${(version & 0xff) - 1}` : "an unknown version";
}

/** Whether the server goes by its own order: the other way round it then chooses the same. */
function* whoseOrder(
  findings: Findings,
  { version, state: { suites } }: One,
): Questions<VersionState["order"]> {
  const offer = suites.slice(0, MOST_OFFERED).toReversed();
  const answer = yield* ask(findings, probeFor(findings, { version, suites: offer }));
  const chosen = choice(answer, { version, offer });
  if (chosen === undefined) return undefined;
  return chosen === offer[0] ? "client" : "server";
}

/** One order out of several: the first of each list are offered, and what is chosen comes next. */
function* merged(
  findings: Findings,
  { version, lists }: { readonly version: number; readonly lists: readonly (readonly number[])[] },
): Questions<readonly number[]> {
  const left = lists.map((list) => [...list]);
  const merged: number[] = [];
  while (left.filter((list) => list.length > 0).length > 1) {
    const suites = left.flatMap((list) => list.slice(0, 1));
    const answer = yield* ask(findings, probeFor(findings, { version, suites }));
    const chosen = choice(answer, { version, offer: suites });
    const from = left.find(([first]) => first === chosen);
    if (chosen === undefined || from === undefined) break;
    merged.push(chosen);
    from.shift();
  }
  return [...merged, ...left.flat()];
}
