/**
 * JUnit's XML, as CI systems read it: one suite for each group, one test case for each peer.
 *
 * There is no standard. What is written here satisfies the two schemas that validators use: that of Ant's task (which
 * wants `properties`, `system-out` and `system-err` in each suite and no zone in times) and that of Jenkins.
 */

import { jsonText } from "../common/visible.ts";
import { documentOf } from "./document.ts";
import { failureText } from "./failure.ts";
import { entriesToShow, isObstacleFailure } from "./obstacle.ts";
import type { EntryDocument, FailureDocument, ReportDocument } from "./report_schema.ts";
import type { ReportSettings } from "./settings.ts";
import { stageTotals } from "./stages.ts";
import type { RunReport } from "../runner/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { decimal, durationText, oneLine } from "./values.ts";

/** Renders `report` as JUnit XML. */
export function renderJunit(report: RunReport, settings: ReportSettings): string {
  const run = documentOf(report, settings);
  const groups = Map.groupBy(entriesToShow(run), ({ group }) => group);
  const suites = [...groups].map(([group, entries], id) => suite(entries, { id, group, run }));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

interface Suite {
  readonly id: number;
  readonly group: string | undefined;
  readonly run: ReportDocument;
}

function suite(entries: readonly EntryDocument[], { id, group, run }: Suite): string {
  const cases = entries.map((entry) => ({ entry, ending: endingOf(entry) }));
  const count = (kind: Ending["kind"]) => cases.filter(({ ending }) => ending.kind === kind).length;
  const time = entries.reduce((sum, { elapsedMs }) => sum + (elapsedMs ?? 0), 0);
  const attributes = attributesOf({
    id: `${id}`,
    name: oneLine(group || run.title || "echoscu"),
    package: "echoscu",
    hostname: oneLine(run.machine ?? "localhost"),
    timestamp: run.startedAt.slice(0, 19),
    tests: `${entries.length}`,
    failures: `${count("failure")}`,
    errors: `${count("error")}`,
    skipped: `${count("skipped")}`,
    time: seconds(time),
  });
  return `  <testsuite${attributes}>
    <properties>
${properties(run)}    </properties>
${cases.map(({ entry, ending }) => testCase(entry, ending)).join("")}    ${warnings(entries)}
    <system-err/>
  </testsuite>
`;
}

/** Who made the report of what. */
function properties(run: ReportDocument): string {
  const files = run.planFiles?.map(({ file, sha256 }) => [`SHA-256 of ${file}`, sha256] as const);
  const known: readonly (readonly [string, string | undefined])[] = [
    ["program", run.program],
    ["commit", run.commit],
    ["site", run.site],
    ["operator", run.operator],
    ["started", run.startedAtLocal ?? run.startedAt],
    ...files ?? [],
  ];
  return known.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`      <property${attributesOf({ name: oneLine(name), value: oneLine(value) })}/>\n`]
  ).join("");
}

/** What is to be said of peers that passed all the same, which a test case has no place for in every schema. */
function warnings(entries: readonly EntryDocument[]): string {
  const lines = entries.flatMap(({ name, outcome, endingFailure, warnings = [] }) => [
    ...(outcome !== "verified" || endingFailure === undefined
      ? []
      : [`warning: ${name}: verified, but ${failureText(endingFailure)}`]),
    ...warnings.map(({ message }) => `warning: ${name}: ${message}`),
  ]).map(oneLine);
  return lines.length === 0
    ? "<system-out/>"
    : `<system-out>${escapeXml(lines.join("\n"))}</system-out>`;
}

/** How a test case ends. */
type Ending =
  | { readonly kind: "passed" }
  /** The check was carried out, and its outcome is wrong. */
  | { readonly kind: "failure"; readonly type: string; readonly message: string }
  /** The check could not be carried out. */
  | { readonly kind: "error"; readonly type: string; readonly message: string }
  | { readonly kind: "skipped"; readonly message: string };

function endingOf({ verdict, failure, unmet }: EntryDocument): Ending {
  if (verdict === "passed") return { kind: "passed" };
  if (verdict === "skipped" && !isObstacleFailure(failure)) {
    return { kind: "skipped", message: "the run ended before this check did" };
  }
  const [first] = unmet;
  if (failure === undefined || first !== undefined) {
    const message = unmet.map(({ message }) => message).join("; ");
    return { kind: "failure", type: `unmet:${first?.name ?? ""}`, message };
  }
  const kind = failure.fault === "peer" ? "failure" : "error";
  return { kind, type: failure.situation ?? failure.name, message: failureText(failure) };
}

function testCase(entry: EntryDocument, ending: Ending): string {
  const classname = ["echoscu", entry.group].filter((part) => part !== undefined).join(".");
  const open = `    <testcase${
    attributesOf({
      name: oneLine(entry.name),
      classname: oneLine(classname),
      time: seconds(entry.elapsedMs ?? 0),
    })
  }`;
  switch (ending.kind) {
    case "passed":
      return `${open}/>\n`;
    case "skipped":
      return `${open}>\n      <skipped${
        attributesOf({ message: ending.message })
      }/>\n    </testcase>\n`;
    case "failure":
    case "error": {
      const { kind, type, message } = ending;
      const text = escapeXml(factsOf(entry).join("\n"));
      const attributes = attributesOf({ message: oneLine(message), type: oneLine(type) });
      return `${open}>\n      <${kind}${attributes}>${text}</${kind}>\n    </testcase>\n`;
    }
  }
}

/** What a person wants to know of a failure, line by line. */
function factsOf(entry: EntryDocument): readonly string[] {
  const { check, failure, contact, note, timings = [] } = entry;
  const times = [...stageTotals(timings)].map(([stage, ms]) => `${stage} ${durationText(ms)}`);
  const facts: readonly (readonly [string, string | undefined])[] = [
    ["peer", check === undefined ? undefined : hostAndPort(check)],
    ["source address", entry.local && hostAndPort(entry.local)],
    ["AE titles", check && `${check.callingAeTitle} calls ${check.calledAeTitle}`],
    ...entry.unmet.map(({ name, message }) => [`expected ${name}`, message] as const),
    ...failureFacts(failure),
    ["times", times.join(", ")],
    ["attempts", `${entry.attempts}`],
    ["note", note],
    ["contact", contact],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) =>
    `${name}: ${oneLine(value ?? "")}`
  );
}

function failureFacts(
  failure: FailureDocument | undefined,
): readonly (readonly [string, string | undefined])[] {
  if (failure === undefined) return [];
  const { name, stage, fault, message, fields, situation, hint } = failure;
  return [
    ["failure", `${name}: ${message}`],
    ["facts", jsonText(fields)],
    ["stage", stage],
    ["fault", fault],
    ["situation", situation],
    ["hint", hint],
  ];
}

function seconds(ms: number): string {
  return decimal(ms / 1000, 6);
}

function attributesOf(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeXml(value)}"`)
    .join("");
}

/** Everything XML 1.0 cannot hold has been made visible before, the noncharacters excepted. */
function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replace(/[\ufffe\uffff]/g, "\ufffd");
}
