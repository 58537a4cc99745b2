/**
 * Asks which SOP classes and transfer syntaxes a peer accepts, or one peer of a plan after another: `--survey`. Loaded
 * when it is given.
 */

import type { Check, CheckEvent, CheckResult, CheckTrace, Secure } from "../check/mod.ts";
import { hostAndPort } from "../common/host.ts";
import type { SurveyGroup } from "../common/survey_groups.ts";
import { escapeControls } from "../common/visible.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";
import type { SurveyMode, SurveysMode } from "../options/mod.ts";
import { checkOf, type PlanPeer } from "../plan/mod.ts";
import { loadSurveyReport, type SurveyedPeer, type SurveyResult } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import {
  MOST_ASSOCIATIONS,
  Survey,
  type SurveyAnswer,
  type SurveyStep,
  SYNTAXES,
} from "../survey/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { explainFailure } from "./explanation.ts";
import { isJsonLog, isQuiet, logMessage, logTrace } from "./logging.ts";
import { isObstacle, type Outcome } from "./outcome.ts";
import type { SecuredPeers } from "./plan_peers.ts";

/** Between associations, and between peers: some limit how fast connections may come. */
const PAUSE_SECONDS = 0.1;
/** For one association, where nothing else is said. */
const STEP_SECONDS = 30;
/** For all of a peer. */
const TOTAL_SECONDS = 300;
/** For the connection, where nothing else is said. */
const CONNECT_SECONDS = 10;

/** What a survey of one peer may take, said before anybody is contacted. */
const LIMITS_TEXT =
  `at most ${MOST_ASSOCIATIONS} associations, one after another, in at most ${TOTAL_SECONDS} s`;

/** Surveys the peer of `mode`, and prints what is known, also when it is interrupted. */
export async function runSurveyMode(mode: SurveyMode, context: ModeContext): Promise<Outcome> {
  const { options } = context;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const whom = escapeControls(hostAndPort({ host: mode.peer, port: mode.port }));
  announce(`Survey of ${whom}: ${LIMITS_TEXT}; no data is sent`, context);
  const found = await surveyPeer({
    check: checkOf({ ...mode, kind: "check" }, options),
    groups: mode.groups,
    trace: await logTrace({ ...context, ...secured }),
    secure: secured.secure,
    deadlineSeconds: options.peerDeadlineSeconds,
  }, context);
  if (found.kind === "failed") {
    await explainFailure(found.failed, context);
    return { kind: "diagnosed", result: found.failed };
  }
  const { surveyDocument, renderSurvey } = await loadSurveyReport();
  const { deliverTexts, settingsOf } = await import("./reports.ts");
  const document = surveyDocument(found.result, settingsOf(context).program);
  const unwritten = await deliverTexts((format) => renderSurvey(format, document), context);
  return { kind: "surveyed", isComplete: document.complete, unwritten };
}

/** Surveys the peers that `mode` chooses, and prints what is known, also when it is interrupted. */
export async function runSurveysMode(mode: SurveysMode, context: ModeContext): Promise<Outcome> {
  const { peerTraces, readPeers, securityOfPeers } = await import("./plan_peers.ts");
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
  const traceOf = peerTraces({ ...context, special: secured.special });
  for await (const [peer, found] of surveysOf(peers, { mode, secured, traceOf, context })) {
    surveyed.push({ name: peer.name, check: peer.check, found });
    if (found?.kind === "failed") failed ??= found.failed;
  }
  const { surveysDocument, renderSurveys } = await loadSurveyReport();
  const { deliverTexts, settingsOf } = await import("./reports.ts");
  const document = surveysDocument(surveyed, settingsOf(context));
  const unwritten = await deliverTexts((format) => renderSurveys(format, document), context);
  return { kind: "surveyed", isComplete: document.complete, unwritten, failed };
}

/** The peers in their order, each with what came of it; `undefined`: an interruption came first. */
async function* surveysOf(
  peers: readonly PlanPeer[],
  { mode, secured, traceOf, context }: {
    readonly mode: SurveysMode;
    readonly secured: Partial<SecuredPeers>;
    readonly traceOf: (peer: PlanPeer) => Promise<CheckTrace>;
    readonly context: ModeContext;
  },
): AsyncGenerator<readonly [PlanPeer, PeerSurvey | undefined]> {
  const { options, world: { clock, signal } } = context;
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

/** Says on standard error what is going to happen, unless the log is to be quiet. */
function announce(text: string, context: ModeContext): void {
  const { options, world } = context;
  if (isQuiet(options)) return;
  if (isJsonLog(context)) return logMessage(context, { level: "info", text, unconditional: true });
  world.writeErr(new TextEncoder().encode(`${text}\n`));
}

/** Whom to survey, and how. */
interface Surveyed {
  /** Titles, address, limits and user; its contexts are not asked for. */
  readonly check: Check;
  /** Which classes. */
  readonly groups: readonly SurveyGroup[];
  /** Gets what happens; refusals of all contexts, which are answers, left out. */
  readonly trace: CheckTrace;
  /** Puts TLS over the connections. */
  readonly secure?: Secure | undefined;
  /** Limit of one association; default 30. */
  readonly deadlineSeconds?: number | undefined;
  /** The peer's name in a plan. */
  readonly name?: string;
}

/** What came of a peer: what is known, or the failure of the very first association. */
type PeerSurvey =
  | { readonly kind: "surveyed"; readonly result: SurveyResult }
  | { readonly kind: "failed"; readonly failed: CheckResult & { readonly outcome: "failed" } };

/** Surveys one peer, at most as long and as often as `LIMITS_TEXT` says. */
async function surveyPeer(
  { check: given, groups, trace, secure, deadlineSeconds = STEP_SECONDS, name }: Surveyed,
  context: ModeContext,
): Promise<PeerSurvey> {
  const { world, recording } = context;
  const survey = new Survey(groups);
  const { connectTimeoutSeconds = CONNECT_SECONDS } = given.target;
  const check = { ...given, target: { ...given.target, connectTimeoutSeconds } };
  const startedAt = world.wallTime();
  const began = world.clock.now();
  const checking = {
    world,
    trace: (event: CheckEvent) => isRefusal(event) ? undefined : trace(event),
    secure,
    deadlineSeconds,
    recording,
    ...(name === undefined ? {} : { name }),
  };
  const ask = (step: SurveyStep) => checkPeer(stepCheck(check, step), checking);
  const asked = await askAll(survey, { ask, endMs: began + TOTAL_SECONDS * 1000, context });
  const { failed, associations, association } = asked;
  if (associations === 1 && failed?.outcome === "failed") return { kind: "failed", failed };
  const result = {
    check,
    groups,
    association,
    syntaxes: SYNTAXES,
    findings: survey.findings(),
    associations,
    incomplete: asked.incomplete ??
      (survey.isComplete ? undefined : `more than ${MOST_ASSOCIATIONS} associations are needed`),
    startedAt,
    elapsedMs: world.clock.now() - began,
  };
  return { kind: "surveyed", result };
}

/** A peer that accepts none of the contexts has answered. */
function isRefusal(event: CheckEvent): boolean {
  return event.type === "association-request-failed" && event.error.name === "NoAcceptedContext";
}

/** What came of all associations. */
interface Asked {
  readonly associations: number;
  readonly association: CheckResult["association"];
  /** The one that failed, after which nothing was asked. */
  readonly failed?: CheckResult;
  /** Why not everything was asked. */
  readonly incomplete?: string;
}

async function askAll(
  survey: Survey,
  { ask, endMs, context: { world } }: {
    readonly ask: (step: SurveyStep) => Promise<CheckResult>;
    readonly endMs: number;
    readonly context: ModeContext;
  },
): Promise<Asked> {
  const { clock, signal } = world;
  let associations = 0;
  let association: CheckResult["association"];
  for (let step = survey.next(); step !== undefined; step = survey.next()) {
    if (associations > 0) await pause(PAUSE_SECONDS, { clock, signal });
    const known = { associations, association };
    if (signal.aborted) return { ...known, incomplete: "it was interrupted" };
    if (clock.now() >= endMs) return { ...known, incomplete: "its time was up" };
    associations += 1;
    const result = await ask(step);
    association = result.association ?? association;
    const answer = answerOf(step, result);
    if (answer === undefined) {
      const why = signal.aborted ? "it was interrupted" : failureText(step, result);
      return { associations, association, failed: result, incomplete: why };
    }
    survey.take(step, answer);
  }
  return { associations, association };
}

function failureText({ aim }: SurveyStep, result: CheckResult): string {
  const why = result.outcome === "failed" ? diagnose(result).title : "no answer";
  return aim === "roles" ? `the peer does not take an offer of roles (${why})` : why;
}

/** The association of a step: its contexts, and no echo. Offering roles is a step of its own. */
function stepCheck(check: Check, { aim, contexts }: SurveyStep): Check {
  const proposals = contexts.map(({ sopClass, syntaxes }) => ({
    abstractSyntax: sopClass.uid,
    transferSyntaxes: syntaxes.map(({ uid }) => uid),
  }));
  const uids = [...new Set(contexts.map(({ sopClass }) => sopClass.uid))];
  return {
    ...check,
    proposals,
    repeat: 0,
    ending: "release",
    ...(aim === "roles"
      ? {
        roles: uids.filter((uid) => uid !== VERIFICATION_SOP_CLASS)
          .map((sopClassUid) => ({ sopClassUid, scuRole: 1, scpRole: 1 })),
      }
      : {}),
  };
}

/** How the contexts of `step` were answered; `undefined`: the association failed. */
function answerOf({ contexts }: SurveyStep, result: CheckResult): SurveyAnswer | undefined {
  const answers = result.association?.contexts ??
    (result.outcome === "failed" && result.error.name === "NoAcceptedContext"
      ? result.error.contexts
      : undefined);
  if (answers === undefined) return undefined;
  const byId = new Map(answers.map((answer) => [answer.id, answer]));
  return {
    results: contexts.map((_, at) => {
      const answer = byId.get(2 * at + 1);
      if (answer === undefined) return { refused: "unanswered" };
      return answer.result === "acceptance"
        ? { accepted: answer.transferSyntax }
        : { refused: answer.result };
    }),
    roles: new Map((result.association?.roles ?? []).map((role) => [role.sopClassUid, role])),
  };
}
