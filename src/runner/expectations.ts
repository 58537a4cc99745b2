/** Whether a peer did what the plan expects of it. */

import type { CheckFailure, CheckResult } from "../check/mod.ts";
import { textOfByteString } from "../dicom/mod.ts";
import type { Expectations, RejectionCodes } from "../plan/types.ts";
import type { UnmetExpectation, Verdict } from "./result.ts";
import { escapeControls } from "../common/visible.ts";

/** The verdict on a result, and what was not met. */
export interface Judgement {
  /** Whether it did. */
  readonly verdict: Exclude<Verdict, "skipped">;
  /** Each expectation that was not met though nothing failed, or that asked for a failure. */
  readonly unmet: readonly UnmetExpectation[];
}

/** Judges `result`. */
export function judge(result: CheckResult, expect: Expectations): Judgement {
  if (!expect.reachable) return verdictOf(unreachable(result));
  if (expect.rejected !== undefined) return verdictOf(rejection(result, expect.rejected));
  if (expect.refused !== undefined) return verdictOf(refusal(result));
  if (result.outcome === "failed") return { verdict: "failed", unmet: [] };
  return verdictOf([
    ...latency(result, expect),
    ...version(result, expect),
    ...validity(result, expect),
  ]);
}

function verdictOf(unmet: readonly UnmetExpectation[]): Judgement {
  return { verdict: unmet.length === 0 ? "passed" : "failed", unmet };
}

/** Nothing may take the connection; a name that is not known is not proof of that. */
function unreachable(result: CheckResult): readonly UnmetExpectation[] {
  if (result.outcome === "verified") {
    return [{ name: "reachable", message: "expected nobody to answer, but the echo was answered" }];
  }
  const { error } = result;
  if (error.stage === "connect" && isFromOutside(error)) return [];
  const message = result.remote === undefined
    ? "expected nobody to answer, but whether somebody does could not be found out"
    : "expected nobody to answer, but the connection was taken";
  return [{ name: "reachable", message }];
}

/** Whether the failure says something about the peer, and not about this machine. */
function isFromOutside(error: CheckFailure): boolean {
  return error.name !== "DialFailed" ||
    !["no-descriptors", "not-allowed", "not-permitted"].includes(error.reason);
}

function rejection(
  result: CheckResult,
  expected: "any" | RejectionCodes,
): readonly UnmetExpectation[] {
  const wanted = expected === "any" ? "a rejection" : `rejection ${codesText(expected)}`;
  const unmet = (found: string) => [{
    name: "rejected",
    message: `expected ${wanted}, found ${found}`,
  }];
  if (result.outcome === "verified") return unmet("an answered echo");
  const { error } = result;
  if (error.name !== "AssociationRejected") return unmet(`another failure: ${error.message}`);
  if (expected === "any" || codesText(expected) === codesText(error.codes)) return [];
  return unmet(`rejection ${codesText(error.codes)}`);
}

/** Rejected, or accepted and aborted before an echo was answered; what just fails is not a refusal. */
function refusal(result: CheckResult): readonly UnmetExpectation[] {
  const unmet = (found: string) => [{
    name: "refused",
    message: `expected a rejection or an abort, found ${found}`,
  }];
  if (result.echoes.length > 0 || result.outcome === "verified") return unmet("an answered echo");
  const { error } = result;
  if (error.name === "AssociationRejected" || error.name === "PeerAborted") return [];
  return unmet(`another failure: ${error.message}`);
}

function codesText({ result, source, reason }: RejectionCodes): string {
  return `${result}/${source}/${reason}`;
}

function latency(
  { echoes }: CheckResult,
  { maxLatencyMs }: Expectations,
): readonly UnmetExpectation[] {
  const slowest = echoes.reduce((most, { elapsedMs }) => Math.max(most, elapsedMs), 0);
  if (maxLatencyMs === undefined || slowest <= maxLatencyMs) return [];
  const message = `expected an echo within ${maxLatencyMs} ms, the slowest took ${
    slowest.toFixed(1)
  } ms`;
  return [{ name: "maxLatency", message }];
}

function version(
  { association }: CheckResult,
  { implementationVersion }: Expectations,
): readonly UnmetExpectation[] {
  if (implementationVersion === undefined) return [];
  const bytes = association?.implementationVersionName;
  const found = bytes === undefined ? undefined : textOfByteString(bytes);
  if (found !== undefined && matches(found, implementationVersion)) return [];
  const shown = found === undefined ? "no implementation version name" : escapeControls(found);
  const message = `expected ${implementationVersion}, found ${shown}`;
  return [{ name: "implementationVersion", message }];
}

/**
 * Whether the whole of `text` is like `pattern`: `*` is any text, `?` one character; blanks around do not count.
 *
 * When the rest does not fit, the last `*` takes one character more: a peer that sends long text to a pattern with
 * many stars must not keep the program busy, as it would with a regular expression.
 */
export function matches(text: string, pattern: string): boolean {
  const [characters, parts] = [[...text.trim()], [...pattern]];
  let [at, part] = [0, 0];
  let star: { readonly part: number; taken: number } | undefined;
  while (at < characters.length) {
    if (parts[part] === "*") {
      star = { part, taken: at };
      part += 1;
    } else if (parts[part] === "?" || parts[part] === characters[at]) {
      at += 1;
      part += 1;
    } else if (star !== undefined) {
      star.taken += 1;
      at = star.taken;
      part = star.part + 1;
    } else return false;
  }
  return parts.slice(part).every((one) => one === "*");
}

function validity(
  { tls }: CheckResult,
  { minDaysValid }: Expectations,
): readonly UnmetExpectation[] {
  const daysLeft = tls?.facts.chain[0]?.daysLeft;
  if (minDaysValid === undefined) return [];
  if (daysLeft !== undefined && daysLeft >= minDaysValid) return [];
  const found = daysLeft === undefined ? "no certificate is known" : `it is for ${daysLeft}`;
  const message = `expected a certificate that is valid for ${minDaysValid} more days, ${found}`;
  return [{ name: "tls.minDaysValid", message }];
}
