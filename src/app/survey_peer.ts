/** One peer surveyed, by one association after another: for `--survey` of a peer and of the peers of a plan. */

import type { Check, CheckEvent, CheckResult, CheckTrace, Secure } from "../check/mod.ts";
import { VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { SurveyGroup } from "../common/survey_groups.ts";
import type { SurveyResult } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import {
  MOST_ASSOCIATIONS,
  Survey,
  type SurveyAnswer,
  type SurveyStep,
  SYNTAXES,
} from "../survey/mod.ts";
import { checkPeer } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";

/** Between associations, and between peers: some limit how fast connections may come. */
export const PAUSE_SECONDS = 0.1;
/** For one association, where nothing else is said. */
const STEP_SECONDS = 30;
/** For all of a peer. */
const TOTAL_SECONDS = 300;
/** For the connection, where nothing else is said. */
const CONNECT_SECONDS = 10;

/** What a survey of one peer may take, said before anybody is contacted. */
export const LIMITS_TEXT =
  `at most ${MOST_ASSOCIATIONS} associations, one after another, in at most ${TOTAL_SECONDS} s`;

/** Whom to survey, and how. */
export interface Surveyed {
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
export type PeerSurvey =
  | { readonly kind: "surveyed"; readonly result: SurveyResult }
  | { readonly kind: "failed"; readonly failed: CheckResult & { readonly outcome: "failed" } };

/** Surveys one peer, at most as long and as often as `LIMITS_TEXT` says. */
export async function surveyPeer(
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
