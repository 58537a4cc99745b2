/** Which way to ask next, and what all answers together mean. Pure: nothing is asked here. */

import type { CheckResult } from "../check/mod.ts";
import type { Stage } from "../errors.ts";
import { diagnose } from "./diagnose.ts";
import { openQuestions, otherWays, type Way } from "./ways.ts";

/** A way that was asked, and what came of it. */
export interface Asked {
  /** How it was asked. */
  readonly way: Way;
  /** What came of it. */
  readonly result: CheckResult;
}

/** How many ways are asked after the first. */
export const MOST_OTHER_WAYS = 8;

/** What all answers together mean. */
export interface Verdict {
  /** Whether the peer answers as asked, in another way, or in none that was tried. */
  readonly works: "as-asked" | "otherwise" | "not";
  /** The way that works, else the one that got furthest. */
  readonly best: Asked;
  /** One sentence without its full stop. */
  readonly sentence: string;
  /** What to ask whom: one sentence without its full stop; `undefined`: nothing. */
  readonly ask: string | undefined;
}

/**
 * The next way to ask after those of `asked`, the first of which is the user's own; `undefined`: there is nothing more
 * to learn, or enough has been asked.
 *
 * The way that got furthest is followed first; ways that got less far than the first are not followed.
 */
export function nextWay(asked: readonly Asked[]): Way | undefined {
  const [first] = asked;
  if (first === undefined || asked.length > MOST_OTHER_WAYS) return undefined;
  if (asked.some(({ result }) => result.outcome === "verified")) return undefined;
  const tried = new Set(asked.map(({ way }) => keyOf(way)));
  const followed = asked.filter(({ result }) => progress(result) >= progress(first.result))
    .toSorted((a, b) => progress(b.result) - progress(a.result));
  for (const { way, result } of followed) {
    for (const question of openQuestions(result)) {
      if (question === "ports" && way.port !== first.way.port) continue;
      const other = otherWays(question, way).find((other) => !tried.has(keyOf(other)));
      if (other !== undefined) return other;
    }
  }
  return undefined;
}

/** What `asked` means; the first of them is the user's own way. */
export function verdictOf(asked: readonly [Asked, ...Asked[]]): Verdict {
  const [first] = asked;
  const best = asked.toSorted((a, b) => progress(b.result) - progress(a.result))[0] ?? first;
  if (first.result.outcome === "verified") {
    const { result } = first;
    return result.endingError === undefined
      ? { works: "as-asked", best: first, sentence: "the peer answers as asked", ask: undefined }
      : {
        works: "as-asked",
        best: first,
        sentence: `the peer answers as asked, but ${diagnose(result).hint}`,
        ask: undefined,
      };
  }
  if (best.result.outcome === "verified") {
    const differences = differencesOf(best.way, first.way);
    const sentence = `the peer answers ${differences.map(({ how }) => how).join(" and ")}`;
    const asks = differences.map(({ ask }) => ask).join("; ");
    return { works: "otherwise", best, sentence, ask: `the peer's administrator: ${asks}` };
  }
  const { situation, hint } = diagnose(best.result);
  const ask = whomToAsk(best);
  if (best !== first) {
    const how = differencesOf(best.way, first.way).map(({ how }) => how).join(" and ");
    const sentence = `nothing that was tried works; it gets furthest ${how}: ${hint}`;
    return { works: "not", best, sentence, ask };
  }
  const isPlainDicom = WORDLESS.includes(situation) &&
    asked.some(({ way, result }) =>
      way.port === best.way.port && result.outcome !== "verified" &&
      diagnose(result).situation === "tls-plain-dicom"
    );
  const why = isPlainDicom
    ? `asked in TLS, the port answers in plain DICOM; so a DICOM service is there that filters addresses or titles ("${best.way.calling}"), or is busy: have its log read, or try again`
    : hint;
  return { works: "not", best, sentence: `nothing that was tried works: ${why}`, ask };
}

/** Situations of which nobody knows yet whether a DICOM service is there. */
const WORDLESS: readonly string[] = [
  "closed-without-answer",
  "reset-without-answer",
  "association-silent",
];

/** In words, how `way` differs from `first`, and what that leaves to be asked. */
export function differencesOf(
  way: Way,
  first: Way,
): readonly { readonly how: string; readonly ask: string }[] {
  const found: { how: string; ask: string }[] = [];
  if (way.port !== first.port) {
    const ask = `is port ${way.port} the one that is meant for this, in place of ${first.port}`;
    found.push({ how: `on port ${way.port}`, ask });
  }
  if (way.security !== first.security) found.push(SECURITY_WORDS[way.security]);
  const { calling, called } = way;
  if (calling === first.calling && called === first.called) return found;
  const isSwapped = calling === first.called || called === first.calling;
  const ask =
    `by which AE title does it go ("${called}" works), and under which does it know this machine ("${calling}" works)`;
  const titles = `as "${called}", called by "${calling}"`;
  found.push({ how: isSwapped ? `${titles} (the titles are swapped)` : titles, ask });
  return found;
}

const SECURITY_WORDS: Readonly<Record<Way["security"], { how: string; ask: string }>> = {
  plain: {
    how: "in plain DICOM, without TLS",
    ask: "shall this connection be encrypted, and on which port is TLS set up",
  },
  tls: {
    how: "over TLS without our certificate",
    ask: "which CA must have signed our certificate, and does the peer trust it",
  },
  "tls-with-certificate": { how: "over TLS with our certificate", ask: "which CA it trusts" },
  "tls-unverified": {
    how: "over TLS (its certificate was not checked)",
    ask: "the certificate of its CA, to be given by +cf in place of -ic",
  },
};

/** The peer wants a certificate, and got none. */
const CERTIFICATE_WANTED: readonly string[] = [
  "tls-own-certificate-wanted",
  "tls-closed-certificate-wanted",
  "closed-certificate-wanted",
  "reset-certificate-wanted",
];

/** Of what failed in every way. */
function whomToAsk({ way, result }: Asked): string | undefined {
  if (result.outcome === "verified" || result.error.name === "Interrupted") return undefined;
  const { host } = result.check.target;
  if (CERTIFICATE_WANTED.includes(diagnose(result).situation)) {
    return "the peer's administrator: which CA must have signed a client's certificate, and who issues one for this machine";
  }
  switch (result.error.stage) {
    case "resolve":
      return "who runs the network's name service: by which name or address the peer is known";
    case "connect":
      return `the peer's administrator: on which address and port DICOM is served; the network's: may this machine reach ${host} port ${way.port}`;
    case "tls":
      return "the peer's administrator: which TLS versions and CA it uses, whether it wants a certificate or server name, and what its log says";
    case "associate":
      return `the peer's administrator: is "${way.calling}" at this machine's address known to it, does it go by "${way.called}", and what does its log say`;
    default:
      return "the peer's administrator: what its log says of this check";
  }
}

const STAGES: readonly Stage[] = ["options", "plan", "resolve", "connect", "tls", "associate"];

/** How far a check came: the higher, the farther. An answer in TLS counts, one in DICOM more. */
function progress(result: CheckResult): number {
  if (result.outcome === "verified") return 100;
  const { error } = result;
  if (result.association !== undefined) return 50;
  const isAnswer = error.name === "AssociationRejected" || error.name === "PeerAborted";
  if (isAnswer) return 40;
  const isAnswerInTls = error.name === "TlsFailed" &&
    (error.problem.kind === "alert" || error.problem.kind === "refused");
  if (isAnswerInTls) return CONNECTED + 1;
  if (error.stage !== "associate") return Math.min(STAGES.indexOf(error.stage), CONNECTED);
  return result.tls === undefined ? CONNECTED : CONNECTED + 2;
}

/** Connected, but neither TLS nor DICOM came about. */
const CONNECTED = STAGES.indexOf("tls");

function keyOf({ port, security, calling, called }: Way): string {
  return JSON.stringify([port, security, calling, called]);
}
