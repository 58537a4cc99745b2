/** Targets as people write them: `TITLE@HOST:PORT`, `HOST:PORT`. */

/** What such a word consists of; nothing in it has been checked. */
export interface TargetWords {
  /** The called AE title; absent: none is in the word. */
  readonly called?: string;
  /** Name or address; an IPv6 address is in its brackets. */
  readonly host: string;
  /** Decimal digits. */
  readonly port: string;
}

/**
 * Takes `word` apart; `undefined` when it is not of this form.
 *
 * The last `@` counts, for a title may have one and a host has none. Without a port it is not a target.
 */
export function splitTarget(word: string): TargetWords | undefined {
  const at = word.lastIndexOf("@");
  const [, host, port] = /^(\[[^\]:\s]*:[^\]\s]*\]|[^:[\]\s]+):(\d+)$/.exec(word.slice(at + 1)) ??
    [];
  if (host === undefined || port === undefined || at === 0) return undefined;
  return { ...(at < 0 ? {} : { called: word.slice(0, at) }), host, port };
}
