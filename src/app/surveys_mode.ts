/** Surveys the peers of a plan, one after another: `--survey` with `--plan` or `--peers`. Loaded when they are given. */

import type { CheckResult } from "../check/mod.ts";
import { escapeControls } from "../common/visible.ts";
import type { SurveysMode } from "../options/mod.ts";
import type { PlanPeer } from "../plan/mod.ts";
import { loadSurveyReport, type SurveyedPeer } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import type { ModeContext } from "./context.ts";
import { isObstacle, type Outcome } from "./outcome.ts";
import { peerTraces, readPeers, type SecuredPeers, securityOfPeers } from "./plan_peers.ts";
import { announce, tellSurvey } from "./survey_mode.ts";
import { LIMITS_TEXT, PAUSE_SECONDS, type PeerSurvey, surveyPeer } from "./survey_peer.ts";

/** Surveys the peers that `mode` chooses, and prints what is known, also when it is interrupted. */
export async function runSurveysMode(mode: SurveysMode, context: ModeContext): Promise<Outcome> {
  const plan = await readPeers(mode.plan, context);
  if (isObstacle(plan)) return plan;
  const { peers } = plan;
  const secured = await securityOfPeers(peers, context);
  if (isObstacle(secured)) return secured;
  context.recording?.expect(peers);
  const count = peers.length === 1 ? "1 peer" : `${peers.length} peers, one at a time`;
  announce(`Survey of ${count}: for each ${LIMITS_TEXT}; no data is sent`, context);
  const surveyed: SurveyedPeer[] = [];
  let failed: CheckResult | undefined;
  for await (const [peer, found] of surveysOf(peers, { mode, secured, context })) {
    surveyed.push({ name: peer.name, check: peer.check, found });
    if (found?.kind === "failed") failed ??= found.failed;
  }
  const { surveysDocument, renderSurveys } = await loadSurveyReport();
  const { settingsOf } = await import("./reports.ts");
  const document = surveysDocument(surveyed, settingsOf(context));
  const unwritten = await tellSurvey((format) => renderSurveys(format, document), context);
  return { kind: "surveyed", isComplete: document.complete, unwritten, failed };
}

/** The peers in their order, each with what came of it; `undefined`: an interruption came first. */
async function* surveysOf(
  peers: readonly PlanPeer[],
  { mode, secured, context }: {
    readonly mode: SurveysMode;
    readonly secured: Partial<SecuredPeers>;
    readonly context: ModeContext;
  },
): AsyncGenerator<readonly [PlanPeer, PeerSurvey | undefined]> {
  const { options, world: { clock, signal } } = context;
  const traceOf = peerTraces({ ...context, special: secured.special });
  for (const [at, peer] of peers.entries()) {
    if (at > 0) await pause(PAUSE_SECONDS, { clock, signal });
    if (signal.aborted) {
      yield [peer, undefined];
      continue;
    }
    announce(`${at + 1} of ${peers.length}: ${escapeControls(peer.name)}`, context);
    const found = await surveyPeer({
      check: peer.check,
      groups: mode.groups,
      trace: await traceOf(peer),
      secure: secured.secureOf?.(peer),
      deadlineSeconds: peer.deadlineSeconds ?? options.peerDeadlineSeconds,
      name: peer.name,
    }, context);
    yield [peer, found.kind === "failed" && signal.aborted ? undefined : found];
  }
}
