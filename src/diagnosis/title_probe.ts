/** Whether a peer looks at AE titles: which associations show it, and what their answers mean. */

import type { CheckResult } from "../check/mod.ts";

/** What is changed in the titles that were given. */
export type Variation =
  | "as asked"
  | "another called title"
  | "another calling title"
  | "called title in the other case"
  | "calling title in the other case"
  | "blank before the called title";

/** Titles to ask with. */
export interface TitlePair {
  /** Ours. */
  readonly calling: string;
  /** The peer's. */
  readonly called: string;
}

/** One association that was asked for. */
export interface Probed extends TitlePair {
  /** What was changed. */
  readonly variation: Variation;
  /** Whether it was accepted; `undefined`: the peer gave no answer that shows it. */
  readonly accepted: boolean | undefined;
}

/** Most associations of a probe. */
export const MOST_PROBES = 6;

/** Titles that nobody has. */
const NOBODY = { called: "ZZ_PROBE_CALLED", calling: "ZZ_PROBE_CALLING" } as const;

const LONGEST_TITLE = 16;

/** The next titles to ask with after those in `asked`, with `own` as given; `undefined` when nothing is open. */
export function nextTitles(
  own: TitlePair,
  asked: readonly Probed[],
): TitlePair & { readonly variation: Variation } | undefined {
  const of = (variation: Variation) => asked.find((one) => one.variation === variation);
  const first = of("as asked");
  if (first === undefined) return { ...own, variation: "as asked" };
  if (first.accepted !== true || asked.some(({ accepted }) => accepted === undefined)) {
    return undefined;
  }
  const open = variationsOf(own).filter(({ variation, needs }) =>
    of(variation) === undefined && (needs === undefined || of(needs)?.accepted === false)
  );
  const [next] = open;
  if (next === undefined) return undefined;
  const { needs: _, ...titles } = next;
  return titles;
}

/** What can be asked, in this order; case and blanks only where another title is refused. */
function variationsOf(
  { calling, called }: TitlePair,
): readonly (TitlePair & { readonly variation: Variation; readonly needs?: Variation })[] {
  const swapped = { calling: swapCase(calling), called: swapCase(called) };
  return [
    { calling, called: NOBODY.called, variation: "another called title" },
    { calling: NOBODY.calling, called, variation: "another calling title" },
    ...(swapped.called === called ? [] : [
      {
        calling,
        called: swapped.called,
        variation: "called title in the other case",
        needs: "another called title",
      } as const,
    ]),
    ...(called.length >= LONGEST_TITLE || called.startsWith(" ") ? [] : [
      {
        calling,
        called: ` ${called}`,
        variation: "blank before the called title",
        needs: "another called title",
      } as const,
    ]),
    ...(swapped.calling === calling ? [] : [
      {
        calling: swapped.calling,
        called,
        variation: "calling title in the other case",
        needs: "another calling title",
      } as const,
    ]),
  ];
}

function swapCase(title: string): string {
  return title === title.toUpperCase() ? title.toLowerCase() : title.toUpperCase();
}

/** Reasons of the service user that are about titles, and "no reason given", which many peers give for them. */
const ABOUT_TITLES: readonly number[] = [1, 3, 7];

/**
 * Whether `result` shows that the titles were accepted; `undefined`: it shows nothing of them. A peer that answered as
 * asked, and then rejects, aborts or closes, does so for the one title that was changed; the first time that shows
 * nothing, unless it says that it is for the titles.
 */
export function acceptsTitles(result: CheckResult, variation: Variation): boolean | undefined {
  if (result.outcome === "verified" || result.echoes.length > 0) return true;
  const isFirst = variation === "as asked";
  switch (result.error.name) {
    case "AssociationRejected": {
      const { result: kind, source, reason } = result.error.codes;
      // Transient: too many associations, and the like.
      if (kind === 2) return undefined;
      return isFirst && !(source === 1 && ABOUT_TITLES.includes(reason)) ? undefined : false;
    }
    case "PeerAborted":
    case "ConnectionLost":
      return isFirst ? undefined : false;
    case "NoAcceptedContext":
    case "EchoFailed":
      return true;
    default:
      return undefined;
  }
}

/** What a peer does with one title; `undefined`: not known. */
export interface TitleHabit {
  /** Whether another title is refused. */
  readonly isChecked: boolean | undefined;
  /** Whether upper and lower case are the same to it. */
  readonly ignoresCase: boolean | undefined;
  /** Whether blanks before it do not count. */
  readonly ignoresBlanks: boolean | undefined;
}

/** What a peer does with both titles. */
export interface TitleVerdict {
  /** With the called title, its own. */
  readonly called: TitleHabit;
  /** With the calling title, ours. */
  readonly calling: TitleHabit;
  /** One sentence without a full stop. */
  readonly sentence: string;
}

/** What `asked` shows. */
export function titleVerdict(asked: readonly Probed[]): TitleVerdict {
  const accepted = (variation: Variation) =>
    asked.find((one) => one.variation === variation)?.accepted;
  const isRefused = (variation: Variation) => {
    const is = accepted(variation);
    return is === undefined ? undefined : !is;
  };
  const called: TitleHabit = {
    isChecked: isRefused("another called title"),
    ignoresCase: accepted("called title in the other case"),
    ignoresBlanks: accepted("blank before the called title"),
  };
  const calling: TitleHabit = {
    isChecked: isRefused("another calling title"),
    ignoresCase: accepted("calling title in the other case"),
    ignoresBlanks: undefined,
  };
  return { called, calling, sentence: sentenceOf(accepted("as asked"), { called, calling }) };
}

function sentenceOf(
  isFine: boolean | undefined,
  { called, calling }: { readonly called: TitleHabit; readonly calling: TitleHabit },
): string {
  if (isFine === undefined) {
    return "the peer neither accepted nor refused the titles as given, so nothing is known of them";
  }
  if (!isFine) {
    return "the peer does not accept the titles as given, so it checks at least one of them: " +
      "ask its administrator for both, or let --diagnose try others";
  }
  if (called.isChecked === undefined || calling.isChecked === undefined) {
    return `the peer stopped answering: ${habitText("called", called)}, ${
      habitText("calling", calling)
    }`;
  }
  return `the peer ${habitText("called", called)} and ${habitText("calling", calling)}`;
}

function habitText(which: string, { isChecked, ignoresCase, ignoresBlanks }: TitleHabit): string {
  if (isChecked === undefined) return `nothing is known of the ${which} title`;
  if (!isChecked) return `accepts any ${which} title`;
  const details = [
    ...(ignoresCase === undefined
      ? []
      : [ignoresCase ? "upper or lower case is the same" : "upper and lower case count"]),
    ...(ignoresBlanks === undefined
      ? []
      : [ignoresBlanks ? "blanks before it do not count" : "blanks before it count"]),
  ];
  return `checks the ${which} title${details.length === 0 ? "" : ` (${details.join(", ")})`}`;
}
