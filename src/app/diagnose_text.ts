/** What `--diagnose` prints. */

import type { CheckResult } from "../check/mod.ts";
import { escapeControls, shortened } from "../common/visible.ts";
import { type Asked, diagnose, type Security, type Verdict, type Way } from "../diagnosis/mod.ts";

const LONGEST = 200;

function safe(text: string): string {
  return escapeControls(shortened(text, LONGEST));
}

const SECURITY: Readonly<Record<Security, string>> = {
  plain: "plain",
  tls: "TLS",
  "tls-with-certificate": "TLS with our certificate",
  "tls-unverified": "TLS, any certificate",
};

/** Said before anybody is contacted. */
export function openingLine(
  host: string,
  most: { readonly ways: number; readonly seconds: number },
): string {
  return `${safe(host)}: one check as asked; if it fails, at most ${most.ways} more, one after ` +
    `another, each for at most ${most.seconds} s, as far as the failure leaves it open: TLS or ` +
    "plain, with our certificate or without, other AE titles, ports 104, 2762 and 11112";
}

/** Such as `port 104, plain, calling "ECHOSCU", called "ANY-SCP"`. */
export function wayText({ port, security, calling, called }: Way): string {
  return `port ${port}, ${SECURITY[security]}, calling "${safe(calling)}", called "${
    safe(called)
  }"`;
}

/** What came of a way, in a few words. */
export function answerOf(result: CheckResult): string {
  if (result.outcome === "verified" && result.endingError === undefined) return "verified";
  const { title } = diagnose(result);
  return result.outcome === "verified" ? `verified, but ${title}` : title;
}

/** The last lines: verdict, command line, what to ask. */
export function verdictLines(
  verdict: Verdict,
  command: string | undefined,
): readonly string[] {
  return [
    `verdict: ${escapeControls(verdict.sentence)}`,
    ...(command === undefined ? [] : [`command: ${escapeControls(command)}`]),
    ...(verdict.ask === undefined ? [] : [`ask ${escapeControls(verdict.ask)}`]),
  ];
}

/** The whole as a value for JSON. */
export function documentOf(
  { asked, verdict, words, host }: {
    readonly asked: readonly Asked[];
    readonly verdict: Verdict;
    readonly words: readonly string[] | undefined;
    readonly host: string;
  },
): object {
  return {
    peer: host,
    works: verdict.works,
    verdict: verdict.sentence,
    command: words === undefined ? null : ["echoscu", ...words],
    ask: verdict.ask ?? null,
    ways: asked.map(({ way, result }) => {
      const isTroubled = result.outcome === "failed" || result.endingError !== undefined;
      return {
        ...way,
        outcome: result.outcome,
        elapsedMs: Math.round(result.elapsedMs * 1000) / 1000,
        diagnosis: isTroubled ? diagnose(result) : null,
      };
    }),
  };
}
