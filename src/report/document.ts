/** A run as data: what the JSON formats print and the other formats are made from. */

import type { AcceptedAssociation, Check, CheckResult, TroubledCheck } from "../check/mod.ts";
import { bareFailureOf, failureOf, troubleIn } from "./failure.ts";
import {
  type AssociationDocument,
  type CheckDocument,
  type EntryDocument,
  LAYOUT_VERSION,
  type ReportDocument,
  type SummaryDocument,
  type SummaryLine,
} from "./report_schema.ts";
import { nameOfWellKnownUid, USER_IDENTITY_TYPES, VERIFICATION_SOP_CLASS } from "../dicom/mod.ts";
import { claimedSoftware } from "../common/products.ts";
import { obstacleFailure } from "./obstacle.ts";
import { renderIsoTime } from "../common/local_time.ts";
import { tlsDocumentOf } from "./document_tls.ts";
import type { ReportSettings } from "./settings.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import { echoStatistics } from "./statistics.ts";
import { warningsOf } from "./warnings.ts";
import { isoTime, peerText, roundMs } from "./values.ts";

/** The whole run. */
export function documentOf(report: RunReport, settings: ReportSettings): ReportDocument {
  return {
    version: LAYOUT_VERSION,
    kind: "report",
    ...runOf(report, settings),
    entries: report.entries.map((entry) => entryOf(entry, settings)),
  };
}

/** The run without its entries. */
export function runOf(
  report: RunReport,
  settings: ReportSettings,
): Omit<SummaryLine, "version" | "kind"> {
  const { program, origin } = settings;
  const { title, site, sources, startedAt, elapsedMs, interrupted } = report;
  return {
    program,
    ...given({
      title: title?.toWellFormed(),
      site: site?.toWellFormed(),
      operator: origin?.operator?.toWellFormed(),
      machine: origin?.machine?.toWellFormed(),
      commit: origin?.commit,
    }),
    startedAt: isoTime(startedAt),
    ...given({
      startedAtLocal: localTime(startedAt, settings),
      planFiles: sources?.map(({ file, sha256 }) => ({ file: file.toWellFormed(), sha256 })),
    }),
    elapsedMs: roundMs(elapsedMs),
    ...given({ interrupted }),
    summary: summaryOf(report),
    ...obstacleOf(settings),
    ...given({ exitCode: settings.obstacle?.exitCode }),
  };
}

function obstacleOf({ obstacle }: ReportSettings): Partial<EntryDocument> {
  return obstacle === undefined ? {} : { failure: obstacleFailure(obstacle) };
}

/** How many peers did what. */
export function summaryOf({ entries }: RunReport): SummaryDocument {
  const count = (verdict: ReportEntry["verdict"]) =>
    entries.filter((entry) => entry.verdict === verdict).length;
  return {
    total: entries.length,
    passed: count("passed"),
    failed: count("failed"),
    skipped: count("skipped"),
  };
}

/** One peer. */
export function entryOf(entry: ReportEntry, settings: ReportSettings): EntryDocument {
  const { result, startedAt } = entry;
  const warnings = warningsOf(entry).map(({ name, message }) => ({
    name,
    message: peerText(message),
  }));
  const check = result?.check ?? entry.check;
  return {
    name: entry.name.toWellFormed(),
    ...given({
      group: entry.group?.toWellFormed(),
      note: entry.note?.toWellFormed(),
      contact: entry.contact?.toWellFormed(),
    }),
    tags: entry.tags.map((tag) => tag.toWellFormed()),
    verdict: entry.verdict,
    unmet: entry.unmet.map(({ name, message }) => ({ name, message: peerText(message) })),
    ...given({ warnings: warnings.length === 0 ? undefined : warnings }),
    attempts: entry.attempts,
    ...given({
      startedAt: startedAt === undefined ? undefined : isoTime(startedAt),
      startedAtLocal: startedAt === undefined ? undefined : localTime(startedAt, settings),
    }),
    ...given({ check: check === undefined ? undefined : checkDocumentOf(check) }),
    ...(result === undefined ? obstacleOf(settings) : resultOf(result, settings)),
  };
}

function localTime(at: number, { offsetMinutes }: ReportSettings): string | undefined {
  return offsetMinutes && renderIsoTime(at, offsetMinutes(at));
}

/** The name of a UID that a check meets; the UID itself where it has none. */
function nameOf(uid: string): string {
  return nameOfWellKnownUid(uid) ?? uid;
}

function checkDocumentOf(check: Check): CheckDocument {
  const { connectTimeoutSeconds } = check.target;
  return {
    host: check.target.host.toWellFormed(),
    port: check.target.port,
    callingAeTitle: peerText(check.callingAeTitle),
    calledAeTitle: peerText(check.calledAeTitle),
    echoes: check.repeat,
    contexts: check.contexts,
    transferSyntaxes: check.transferSyntaxes,
    transferSyntaxNames: check.transferSyntaxes.map(nameOf),
    maximumLength: check.maximumLength,
    ending: check.ending,
    ...given({ connectTimeoutSeconds }),
    acseTimeoutSeconds: check.acseTimeoutSeconds,
    ...given({
      dimseTimeoutSeconds: check.dimseTimeoutSeconds,
      socketTimeoutSeconds: check.socketTimeoutSeconds,
      userIdentity: identityOf(check),
    }),
  };
}

/** What may be said of an identity: not who it is, and nothing that is secret. */
function identityOf({ userIdentity }: Check): CheckDocument["userIdentity"] {
  if (userIdentity === undefined) return undefined;
  const { userIdentityType: type, positiveResponseRequested: responseRequested } = userIdentity;
  return { type, typeName: USER_IDENTITY_TYPES[type] ?? `type ${type}`, responseRequested };
}

function resultOf(result: CheckResult, settings: ReportSettings): Partial<EntryDocument> {
  const { outcome, elapsedMs, timings, echoes, local, remote, tls, association, unlistedEchoes } =
    result;
  return {
    outcome,
    elapsedMs: roundMs(elapsedMs),
    ...given({ local, remote, tls: tls === undefined ? undefined : tlsDocumentOf(tls) }),
    ...given({ association: association === undefined ? undefined : associationOf(association) }),
    timings: timings.map((timing) => ({
      stage: timing.stage,
      startedMs: roundMs(timing.startedMs),
      elapsedMs: roundMs(timing.elapsedMs),
    })),
    echoes: echoes.map((echo) => ({
      messageId: echo.messageId,
      status: echo.status,
      elapsedMs: roundMs(echo.elapsedMs),
    })),
    ...given({ unlistedEchoes, statistics: statisticsOf(result) }),
    ...failuresOf(troubleIn(result), settings),
  };
}

function statisticsOf(result: CheckResult): EntryDocument["statistics"] {
  const statistics = echoStatistics(result);
  if (statistics === undefined) return undefined;
  const rounded = Object.entries(statistics).map(([name, value]) => [name, roundMs(value)]);
  return Object.fromEntries(rounded) as EntryDocument["statistics"];
}

function failuresOf(
  result: TroubledCheck | undefined,
  settings: ReportSettings,
): Partial<EntryDocument> {
  if (result === undefined) return {};
  const failure = failureOf(result, settings);
  if (result.outcome === "verified") return { endingFailure: failure };
  const { endingError } = result;
  return endingError === undefined
    ? { failure }
    : { failure, endingFailure: bareFailureOf(endingError) };
}

function associationOf(association: AcceptedAssociation): AssociationDocument {
  const { implementationClassUid, implementationVersionName } = association;
  return {
    ...given({
      implementationClassUid: optionalText(implementationClassUid),
      implementationVersionName: optionalText(implementationVersionName),
      userIdentityAnswer: association.userIdentityAnswer,
    }),
    ...softwareOf(association),
    peerMaximumLength: association.peerMaximumLength,
    contexts: association.contexts.map((context) => ({
      ...context,
      abstractSyntax: VERIFICATION_SOP_CLASS,
      abstractSyntaxName: nameOf(VERIFICATION_SOP_CLASS),
      ...("transferSyntax" in context ? syntaxOf(peerText(context.transferSyntax)) : {}),
    })),
  };
}

function softwareOf(association: AcceptedAssociation): Pick<AssociationDocument, "software"> {
  const software = claimedSoftware(association);
  return software === undefined ? {} : { software };
}

function syntaxOf(uid: string) {
  return { transferSyntax: uid, transferSyntaxName: nameOf(uid) };
}

function optionalText(byteString: string | undefined): string | undefined {
  return byteString === undefined ? undefined : peerText(byteString);
}

/** Members with a value; the others are left out, as JSON reports do. */
function given<T extends Readonly<Record<string, unknown>>>(
  members: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } {
  const found = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(found) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
