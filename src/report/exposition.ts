/** The text format of Prometheus, version 0.0.4. */

import { oneLine } from "./values.ts";

/** Labels by name; one without a value is left out. */
export type Labels = Readonly<Record<string, string | undefined>>;

/** One value of a metric. */
export interface Sample {
  /** What it belongs to. */
  readonly labels: Labels;
  /** The value. */
  readonly value: number;
}

/** A metric with all its values. */
export interface MetricFamily {
  /** In base units, with the unit as suffix; counters end in `_total`. */
  readonly name: string;
  /** One sentence. */
  readonly help: string;
  /** How it changes. */
  readonly type: "gauge" | "counter";
  /** Its values, each with other labels. */
  readonly samples: readonly Sample[];
}

/** Media type of what `exposition` makes. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** Renders metrics; those without values are left out. */
export function exposition(families: readonly MetricFamily[]): string {
  return families.filter(({ samples }) => samples.length > 0).map(familyText).join("");
}

function familyText({ name, help, type, samples }: MetricFamily): string {
  const head = `# HELP ${name} ${help.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n` +
    `# TYPE ${name} ${type}\n`;
  return head +
    samples.map(({ labels, value }) => `${name}${labelText(labels)} ${valueText(value)}\n`).join(
      "",
    );
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}="${escaped(value)}"`]
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** Control characters would be legal, but nobody could see them. */
function escaped(value: string): string {
  return oneLine(value).replaceAll("\\", "\\\\").replaceAll('"', '\\"');
}

function valueText(value: number): string {
  if (Number.isFinite(value)) return `${value}`;
  return Number.isNaN(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
}
