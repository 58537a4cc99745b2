/** Asks which SOP classes and transfer syntaxes a peer accepts: `--survey`. Loaded when it is given. */

import { hostAndPort } from "../common/host.ts";
import { escapeControls } from "../common/visible.ts";
import type { SurveyMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { loadSurveyReport, type ReportFormat } from "../report/mod.ts";
import { securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { explainFailure } from "./explanation.ts";
import { isJsonLog, isQuiet, logMessage, logTrace } from "./logging.ts";
import { isObstacle, type Outcome } from "./outcome.ts";
import { LIMITS_TEXT, surveyPeer } from "./survey_peer.ts";

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
  const { settingsOf } = await import("./reports.ts");
  const document = surveyDocument(found.result, settingsOf(context).program);
  const unwritten = await tellSurvey((format) => renderSurvey(format, document), context);
  return { kind: "surveyed", isComplete: document.complete, unwritten };
}

/** Says on standard error what is going to happen, unless the log is to be quiet. */
export function announce(text: string, context: ModeContext): void {
  const { options, world } = context;
  if (isQuiet(options)) return;
  if (isJsonLog(context)) return logMessage(context, { level: "info", text, unconditional: true });
  world.writeErr(new TextEncoder().encode(`${text}\n`));
}

/** Prints what `render` makes, as text unless another report has standard output, and writes the reports; whether one could not be written. */
export async function tellSurvey(
  render: (format: ReportFormat) => string,
  context: ModeContext,
): Promise<boolean> {
  const { options } = context;
  const { deliverTexts } = await import("./reports.ts");
  const hasStdout = options.reports.some(({ file }) => file === undefined);
  const requests = hasStdout
    ? options.reports
    : [{ format: "text" as const, file: undefined }, ...options.reports];
  return await deliverTexts(requests, { ...context, render });
}
