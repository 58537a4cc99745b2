/** Hints as sentences: words of our own, in which what peers, users and options are called has its place. */

import { escapeControls, shortened } from "../common/visible.ts";
import { inSpeech, type Speech } from "./speech.ts";

/** What a sentence is said of, and to whom. */
export interface Told<F> {
  /** What it is about. */
  readonly of: F;
  /** Whose words it is in. */
  readonly speech: Speech;
}

/** A sentence, or a piece of one, that can be said of every `F`. */
export interface Sentence<F = unknown> {
  /** As documents show it: `HOST` for what belongs to one case. */
  readonly outline: string;
  /** As it is printed: one line without control characters. */
  readonly said: (told: Told<F>) => string;
}

/** Longest text of one word, and of a whole clause; longer ones are cut. */
const LONGEST_WORD = 64;
const LONGEST_CLAUSE = 250;

/** What a peer, a user or the system named, called `outline` in documents. */
export function word<F>(outline: string, text: (of: F) => string | number): Sentence<F> {
  return { outline, said: ({ of }) => safe(`${text(of)}`, LONGEST_WORD) };
}

/** A whole clause that quotes a peer. */
export function clause<F>(outline: string, text: (of: F) => string): Sentence<F> {
  return { outline, said: ({ of }) => safeClause(text(of)) };
}

/** An option, or a clause of our own with options in it. */
export function ours<F>(outline: string, text: (of: F) => string): Sentence<F> {
  return { outline, said: ({ of, speech }) => inSpeech(safeClause(text(of)), speech) };
}

/** A sentence that depends on what it is said of; documents show the first that `choose` can come to. */
export function either<F>(
  first: Sentence<F>,
  choose: (of: F) => Sentence<F> | undefined,
): Sentence<F> {
  return { outline: first.outline, said: (told) => choose(told.of)?.said(told) ?? "" };
}

/** Makes a sentence of a template; only its own words are put into those of a speech. */
export function say(template: TemplateStringsArray): Sentence;
/** The same of whatever all `parts` can be said of. */
export function say<F>(
  template: TemplateStringsArray,
  ...parts: readonly Sentence<F>[]
): Sentence<F>;
export function say<F>(
  template: TemplateStringsArray,
  ...parts: readonly Sentence<F>[]
): Sentence<F> {
  return {
    outline: String.raw({ raw: template }, ...parts.map(({ outline }) => outline)),
    said(told) {
      // No text has a NUL: all is put into other words at once, so that no word loses what is next to it.
      const raw = inSpeech(template.join("\0"), told.speech).split("\0");
      return String.raw({ raw }, ...parts.map((part) => part.said(told)));
    },
  };
}

/** Nothing to say. */
export const NOTHING: Sentence = say``;

/** A clause that quotes a peer or a file, on one line and of bounded length. */
export function safeClause(text: string): string {
  return safe(text, LONGEST_CLAUSE);
}

function safe(text: string, longest: number): string {
  return shortened(escapeControls(text).replaceAll("\t", "\\x09"), longest);
}
