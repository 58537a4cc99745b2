/**
 * Reports for people: a table that fits the terminal, one line for each check where there is none, and what to do
 * about failures.
 */

import type { TroubledCheck } from "../check/mod.ts";
import { type Paint, paintWith, type Tone } from "./color.ts";
import { cutTo, fillTo, widthOf, wrapTo } from "./columns.ts";
import { runOf, summaryOf } from "./document.ts";
import { failureTextOf, troubleIn } from "./failure.ts";
import { obstacleText } from "./obstacle.ts";
import type { SummaryLine } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import { heldBack, stagesLine } from "./stages.ts";
import { echoStatistics, statisticsLine } from "./statistics.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { durationText, oneLine, peerText } from "./values.ts";
import { warningsOf } from "./warnings.ts";

/** How a stream shows text. */
export interface TextLook {
  /** Columns; missing: as many as it takes. */
  readonly width?: number | undefined;
  /** Whether to color. */
  readonly isColored: boolean;
}

/** Renders `report` for a file or a mail: neither color nor an end of the line. */
export function renderText(report: RunReport, settings: ReportSettings): string {
  const facts = settings.origin === undefined ? [] : originLines(runOf(report, settings));
  const origin = facts.map((line) => `${line}\n`);
  const { obstacle } = settings;
  const result = obstacle === undefined
    ? renderTable(report, { settings, look: { isColored: false } })
    : obstacleText(report, obstacle);
  return result +
    (origin.length === 0 ? "" : `\n${origin.join("")}`);
}

/** Renders `report` as a table in the order of the plan, a summary, and hints for what failed. */
export function renderTable(
  report: RunReport,
  { settings, look }: { readonly settings: ReportSettings; readonly look: TextLook },
): string {
  const paint = paintWith(look.isColored);
  const rows = report.entries.map((entry) => rowOf(entry, settings));
  const table = tableLines(rows, { look, paint });
  const closing = renderClosing(report, { settings, look });
  const above = [...table, "", ...stageLines(report, look)];
  return `${above.map((line) => `${line}\n`).join("")}${closing}`;
}

/** Where the time went, of a single peer: of many nobody could read it. */
function stageLines({ entries }: RunReport, look: TextLook): readonly string[] {
  const [only] = entries;
  if (only?.result === undefined || entries.length > 1) return [];
  const { local } = only.result;
  const facts = {
    source: local === undefined ? undefined : oneLine(hostAndPort(local)),
    stages: stagesLine(only.result.timings),
    note: heldBack(only.result),
  };
  return Object.entries(facts).flatMap(([label, text]) =>
    text === undefined || text === "" ? [] : wrapTo(`${label}: ${text}`, look.width ?? Infinity)
  );
}

/** The summary of `report`, and hints for what failed. */
export function renderClosing(
  report: RunReport,
  { settings, look }: { readonly settings: ReportSettings; readonly look: TextLook },
): string {
  const paint = paintWith(look.isColored);
  const tone = summaryOf(report).passed === report.entries.length ? "good" : "bad";
  const failures = failureLines(report, { settings, look, paint });
  const warnings = warningLines(report, look);
  return [paint(tone, summaryLine(report)), ...failures, ...warnings].map((line) => `${line}\n`)
    .join("");
}

/**
 * One finished check as one line: verdict, name, peer, time and details, separated by tabs.
 *
 * For pipes and files: the fields and their order stay.
 */
export function renderLine(entry: ReportEntry, settings: ReportSettings): string {
  const { verdict, name, peer, time, details } = rowOf(entry, settings);
  return `${[verdict, name, peer, time, details].join("\t")}\n`;
}

/** Such as `Radiology: 4 peers in 1.2 s: 2 passed, 1 failed, 1 skipped (interrupted)`. */
export function summaryLine(report: RunReport): string {
  const { entries, interrupted, title, elapsedMs } = report;
  const why = interrupted === "deadline" ? "deadline" : "interrupted";
  const early = interrupted === undefined ? "" : ` (${why})`;
  const peers = entries.length === 1 ? "1 peer" : `${entries.length} peers`;
  const name = title === undefined ? "" : `${oneLine(title)}: `;
  return `${name}${peers} in ${durationText(elapsedMs)}: ${countsText(report)}${early}`;
}

/** Such as `2 passed, 1 failed, 1 skipped`. */
export function countsText(report: RunReport): string {
  const { passed, failed, skipped } = summaryOf(report);
  const counts = [`${passed} passed`, `${failed} failed`];
  if (skipped > 0) counts.push(`${skipped} skipped`);
  return counts.join(", ");
}

/** The texts of one peer, on one line each. */
interface Row {
  readonly verdict: ReportEntry["verdict"];
  readonly name: string;
  readonly peer: string;
  readonly titles: string;
  readonly time: string;
  readonly details: string;
}

function rowOf(entry: ReportEntry, settings: ReportSettings): Row {
  const { verdict, result } = entry;
  const check = result?.check ?? entry.check;
  const target = check?.target;
  return {
    verdict,
    name: oneLine(entry.name),
    peer: target === undefined ? "" : oneLine(hostAndPort(target)),
    titles: check === undefined
      ? ""
      : oneLine(`${peerText(check.callingAeTitle)} calls ${peerText(check.calledAeTitle)}`),
    time: result === undefined ? "" : durationText(result.elapsedMs),
    details: oneLine(detailsOf(entry, settings)),
  };
}

/** What is to be said of a peer in short: why it failed, what was not met, or what it is; may be empty. */
export function detailsOf(entry: ReportEntry, settings: ReportSettings): string {
  const { result, unmet, attempts } = entry;
  if (result === undefined) return "";
  const tries = attempts > 1 ? [`${attempts} attempts`] : [];
  if (unmet.length > 0) return [...unmet.map(({ message }) => message), ...tries].join("; ");
  const statistics = result.echoes.length > 1 ? echoStatistics(result) : undefined;
  const sums = statistics === undefined ? [] : [statisticsLine(statistics)];
  if (result.outcome === "failed") {
    const why = failureTextOf(result, settings);
    const first = entry.verdict === "passed" ? `as expected: ${why}` : why;
    return [first, ...sums, ...tries].join("; ");
  }
  const version = result.association?.implementationVersionName;
  const name = version === undefined ? [] : [peerText(version).trim()];
  const trouble = troubleIn(result);
  const ending = trouble === undefined ? [] : [`verified, but ${failureTextOf(trouble, settings)}`];
  const warnings = warningsOf(entry).map(({ message }) => `warning: ${message}`);
  return [...name, ...sums, ...tries, ...ending, ...warnings].join("; ");
}

/** What to try where a peer failed of itself; where an expectation was not met, nobody knows. */
export function hintOf(
  { result, unmet, verdict }: ReportEntry,
  settings: ReportSettings,
): string | undefined {
  if (verdict !== "failed" || result?.outcome !== "failed" || unmet.length > 0) return undefined;
  return hintOfFailure(result, settings);
}

/** What to try after a failure. */
export function hintOfFailure(
  result: TroubledCheck,
  settings: ReportSettings,
): string | undefined {
  const error = result.outcome === "failed" ? result.error : result.endingError;
  return settings.diagnose?.(result).hint ?? error.hint;
}

const TONES: Readonly<Record<Row["verdict"], Tone>> = {
  passed: "good",
  failed: "bad",
  skipped: "dim",
};

/** Failures are to be found without color, too. */
const MARKS: Readonly<Record<Row["verdict"], string>> = {
  passed: "passed",
  failed: "FAILED",
  skipped: "skipped",
};

const GAP = "  ";
/** Widest and narrowest columns: our judgement of what can be read. */
const WIDEST = { name: 32, peer: 36, titles: 39 } as const;
const LEAST = { name: 8, peer: 21, details: 20 } as const;

function tableLines(
  rows: readonly Row[],
  { look, paint }: { readonly look: TextLook; readonly paint: Paint },
): readonly string[] {
  const header = {
    name: "NAME",
    peer: "PEER",
    titles: "AE TITLES",
    time: "TIME",
    details: "DETAILS",
  };
  const all = [header, ...rows];
  const { name, peer, titles, time, details } = widthsOf(all, look.width);
  const lineOf = (verdict: string, row: typeof header) =>
    [
      verdict,
      fillTo(cutTo(row.name, name), name),
      ...(peer === 0 ? [] : [fillTo(cutTo(row.peer, peer), peer)]),
      ...(titles === 0 ? [] : [fillTo(cutTo(row.titles, titles), titles)]),
      row.time.padStart(time),
      cutTo(row.details, details),
    ].join(GAP).trimEnd();
  return [
    paint("strong", lineOf("RESULT ", header)),
    ...rows.map((row) =>
      lineOf(paint(TONES[row.verdict], MARKS[row.verdict].padEnd("skipped".length)), row)
    ),
  ];
}

type Columns = Readonly<Record<"name" | "peer" | "titles" | "time" | "details", number>>;

/** How wide the columns are; 0: left out. Titles go first when there is no room, then the address. */
function widthsOf(rows: readonly Omit<Row, "verdict">[], width: number | undefined): Columns {
  const widest = (column: keyof Columns, most: number = Infinity) =>
    Math.min(most, Math.max(...rows.map((row) => widthOf(row[column]))));
  const time = widest("time");
  if (width === undefined) {
    const texts = { name: widest("name"), peer: widest("peer"), titles: widest("titles") };
    return { ...texts, time, details: Infinity };
  }
  const free = width - "skipped".length - time - 3 * GAP.length;
  const wanted = widest("name", WIDEST.name);
  const room = free - LEAST.name - GAP.length - LEAST.details;
  const whole = widest("peer", WIDEST.peer);
  const peer = room < Math.min(whole, LEAST.peer) ? 0 : Math.min(whole, room);
  const left = free - (peer === 0 ? 0 : peer + GAP.length);
  const name = Math.max(LEAST.name, Math.min(wanted, left - LEAST.details));
  const most = widest("titles", WIDEST.titles);
  const titles = peer > 0 && left - wanted - most - GAP.length >= LEAST.details ? most : 0;
  const rest = left - name - (titles === 0 ? 0 : titles + GAP.length);
  return { name, peer, titles, time, details: Math.max(0, rest) };
}

/** Most failures that are explained one by one: more cannot be read. */
const MOST_EXPLAINED = 20;

function failureLines(
  report: RunReport,
  deps: {
    readonly settings: ReportSettings;
    readonly look: TextLook;
    readonly paint: Paint;
  },
): readonly string[] {
  const failed = report.entries.filter(({ verdict }) => verdict === "failed");
  const lines = failed.slice(0, MOST_EXPLAINED).flatMap((entry) => explanation(entry, deps));
  const more = failed.length - MOST_EXPLAINED;
  return more > 0 ? [...lines, "", `and ${more} more; --report html=FILE explains all`] : lines;
}

/** What a table cuts off: the warnings of peers that passed. */
function warningLines({ entries }: RunReport, look: TextLook): readonly string[] {
  const lines = entries.filter(({ verdict }) => verdict === "passed").flatMap((entry) =>
    warningsOf(entry).map(({ message }) => `warning: ${entry.name}: ${message}`)
  );
  const more = lines.length - MOST_EXPLAINED;
  const shown = lines.slice(0, MOST_EXPLAINED).map(oneLine);
  if (more > 0) shown.push(`and ${more} more warnings`);
  if (shown.length === 0) return [];
  return ["", ...shown.flatMap((line) => wrapTo(line, look.width ?? Infinity))];
}

function explanation(
  entry: ReportEntry,
  { settings, look, paint }: Parameters<typeof failureLines>[1],
): readonly string[] {
  const { contact, note } = entry;
  const { name, peer, details } = rowOf(entry, settings);
  const hint = hintOf(entry, settings);
  const facts = Object.entries({ hint, note, contact }).flatMap(([label, text]) =>
    text === undefined ? [] : [`${label}: ${oneLine(text)}`]
  );
  const width = Math.max(LEAST.details, (look.width ?? Infinity) - 2);
  const [first = "", ...rest] = wrapTo(
    `${name === peer ? name : `${name} (${peer})`}: ${details}`,
    width,
  );
  return [
    "",
    paint("bad", first),
    ...rest.map((line) => `  ${line}`),
    ...facts.flatMap((fact) => wrapTo(fact, width).map((line) => `  ${line}`)),
  ];
}

/** Who checked from where, by which plan, with which build: what makes a report a proof. */
function originLines(run: Omit<SummaryLine, "version" | "kind">): readonly string[] {
  const { program, commit, startedAt, startedAtLocal, planFiles = [] } = run;
  const local = startedAtLocal === undefined ? "" : ` (${startedAtLocal})`;
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["site", run.site],
    ["operator", run.operator],
    ["machine", run.machine],
    ["program", commit === undefined ? program : `${program}, commit ${commit}`],
    ["started", `${startedAt}${local}`],
    ...planFiles.map(({ file, sha256 }) => ["plan", `${file}, SHA-256 ${sha256}`] as const),
  ];
  return facts.flatMap(([label, text]) => text === undefined ? [] : [`${label}: ${oneLine(text)}`]);
}
