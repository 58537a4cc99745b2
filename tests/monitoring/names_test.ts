/** What docs/reports.md and docs/monitoring.md name is what there is. */

import assert from "node:assert/strict";
import monitoring from "../../docs/monitoring.md" with { type: "text" };
import reports from "../../docs/reports.md" with { type: "text" };
import schema from "../../docs/report.schema.json" with { type: "json" };
import { FAILURES } from "../support/report_runs.ts";
import { exporter } from "../support/memory_exporter.ts";
import { type Exposed, exposedByRuns, exposedNames } from "./exposed.ts";

Deno.test("docs/monitoring.md has every metric of a peer and a run, with its labels, and no other", async () => {
  const exposed = await exposedByRuns();
  const peer = ["peer", "host", "port", "called", "calling", "group"];
  assertDocumented(exposed, { others: peer, isMeant: (name) => !isOwn(name) });
});

Deno.test("docs/monitoring.md has every metric of the exporter itself, with its labels, and no other", async () => {
  const { ask, end } = await exporter();
  await ask("/probe?target=archive");
  const exposed = exposedNames((await ask("/metrics")).body);
  await end();
  assertDocumented(exposed, { others: [], isMeant: isOwn });
});

function isOwn(name: string): boolean {
  return /^(echoscu_exporter|process)_/.test(name);
}

/** Those names of the page that are meant are `exposed`, with the labels that its tables say and `others`. */
function assertDocumented(
  exposed: Exposed,
  { others, isMeant }: {
    readonly others: readonly string[];
    readonly isMeant: (name: string) => boolean;
  },
): void {
  const named = [...monitoring.matchAll(/`((?:echoscu|process)_[a-z_]+)[`, ]/g)]
    .map(([, name = ""]) => name).filter(isMeant);
  assert.deepEqual([...new Set(named)].sort(), [...exposed.keys()].sort());
  for (
    const [, names = "", labels = ""] of monitoring.matchAll(/^\| (`[a-z_]+_.*?) +\|(.*?)\|/gm)
  ) {
    for (const [, name = ""] of names.matchAll(/`([a-z_]+)`/g)) {
      if (!isMeant(name)) continue;
      const documented = [...labels.matchAll(/`([a-z_]+)`/g)].map(([, label]) => label);
      const real = [...exposed.get(name) ?? []].filter((label) => !others.includes(label));
      assert.deepEqual(documented.sort(), real.sort(), name);
    }
  }
}

Deno.test("docs/reports.md has a row for every class of failures, with its fields", () => {
  const rows = new Map(
    [...reports.matchAll(/^\| `([A-Z]\w+)` +\| (.*) \|$/gm)].map((
      [, name, fields],
    ) => [name, fields]),
  );
  assert.deepEqual([...rows.keys()].sort(), [...new Set(FAILURES.map(({ name }) => name))].sort());
  for (const error of FAILURES) {
    const common = ["name", "stage", "fault", "message", "hint", "stack", "cause"];
    for (const field of Object.keys(error).filter((name) => !common.includes(name))) {
      assert.ok(rows.get(error.name)?.includes(`\`${field}\``), `${error.name} ${field}`);
    }
  }
});

Deno.test("the schema describes every member", () => {
  function look(value: unknown, at: string): void {
    if (typeof value !== "object" || value === null) return;
    for (const [name, member] of Object.entries(value)) look(member, `${at}.${name}`);
    if (!("properties" in value)) return;
    for (const [name, member] of Object.entries(value.properties as object)) {
      const described = "$ref" in member || /\.$/.test(member.description ?? "");
      assert.ok(described, `${at}.${name}`);
    }
  }
  look(schema, "$");
});
