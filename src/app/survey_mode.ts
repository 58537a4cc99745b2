/** Asks which SOP classes and transfer syntaxes a peer accepts: `--survey`. Loaded when it is given. */

import type { Check, CheckEvent, CheckResult, CheckTrace } from "../check/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import { VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import type { SurveyMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { loadSurveyReport } from "../report/mod.ts";
import { pause } from "../runner/mod.ts";
import type { SurveyAnswer, SurveyStep } from "../survey/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { explainFailure } from "./explanation.ts";
import { isQuiet, logTrace } from "./logging.ts";
import type { Outcome } from "./outcome.ts";

/** Between associations: some peers limit how fast connections may come. */
const PAUSE_SECONDS = 0.1;
/** For one association, where `--peer-deadline` says nothing. */
const STEP_SECONDS = 30;
/** For all of them. */
const TOTAL_SECONDS = 300;
/** For the connection, where `-to` says nothing. */
const CONNECT_SECONDS = 10;

/** Surveys the peer of `mode`, and prints what is known, also when it is interrupted. */
export async function runSurveyMode(mode: SurveyMode, context: ModeContext): Promise<Outcome> {
  const { options, world } = context;
  const secured = await securityOf(context);
  if ("kind" in secured) return secured;
  const { Survey, SYNTAXES, MOST_ASSOCIATIONS } = await import("../survey/mod.ts");
  if (!isQuiet(options)) world.writeErr(openingLine(mode, MOST_ASSOCIATIONS));
  const survey = new Survey(mode.groups);
  const { connectTimeoutSeconds = CONNECT_SECONDS } = options;
  const check = checkOf({ ...mode, kind: "check" }, { ...options, connectTimeoutSeconds });
  const startedAt = world.wallTime();
  const began = world.clock.now();
  const log = await logTrace({ ...context, ...secured });
  const trace: CheckTrace = (event) => isRefusal(event) ? undefined : log(event);
  const deadlineSeconds = options.peerDeadlineSeconds ?? STEP_SECONDS;
  const ask = (step: SurveyStep) =>
    checkPeer(stepCheck(check, step), { world, trace, secure: secured.secure, deadlineSeconds });
  const asked = await askAll(survey, { ask, endMs: began + TOTAL_SECONDS * 1000, context });
  const { failed, associations, association } = asked;
  if (associations === 1 && failed?.outcome === "failed") {
    await explainFailure(failed, context);
    return { kind: "diagnosed", result: failed };
  }
  const result = {
    check,
    groups: mode.groups,
    association,
    syntaxes: SYNTAXES,
    findings: survey.findings(),
    associations,
    incomplete: asked.incomplete ??
      (survey.isComplete ? undefined : `more than ${MOST_ASSOCIATIONS} associations are needed`),
    startedAt,
    elapsedMs: world.clock.now() - began,
  };
  const unwritten = await tell(result, context);
  return { kind: "surveyed", isComplete: result.incomplete === undefined, unwritten };
}

/** A peer that accepts none of the contexts has answered. */
function isRefusal(event: CheckEvent): boolean {
  return event.type === "association-request-failed" && event.error.name === "NoAcceptedContext";
}

/** Said before anybody is contacted. */
function openingLine({ peer, port }: SurveyMode, most: number): Uint8Array {
  const whom = escapeControls(hostAndPort({ host: peer, port }));
  return new TextEncoder().encode(
    `Survey of ${whom}: at most ${most} associations, one after another, in at most ` +
      `${TOTAL_SECONDS} s; no data is sent\n`,
  );
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
  survey: import("../survey/mod.ts").Survey,
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

/** Prints the result and writes its reports; whether one of them could not be written. */
async function tell(
  result: import("../report/mod.ts").SurveyResult,
  context: ModeContext,
): Promise<boolean> {
  const { options } = context;
  const { surveyDocument, renderSurvey } = await loadSurveyReport();
  const { deliverTexts, settingsOf } = await import("./reports.ts");
  const document = surveyDocument(result, settingsOf(context).program);
  const hasStdout = options.reports.some(({ file }) => file === undefined);
  const requests = hasStdout
    ? options.reports
    : [{ format: "text" as const, file: undefined }, ...options.reports];
  return await deliverTexts(requests, {
    ...context,
    render: (format) => renderSurvey(format, document),
  });
}
