/** What docs/monitoring shows, tried against the programs it is for. */

import assert from "node:assert/strict";
import dashboard from "../../docs/monitoring/grafana-dashboard.json" with { type: "json" };
import { exposedByRuns } from "./exposed.ts";
import { missing, pathOf } from "../support/installed.ts";
import { runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

function path(name: string): string {
  return pathOf(`../../docs/monitoring/${name}`);
}

async function succeeds(command: string, args: readonly string[]): Promise<void> {
  const run = await runProgram({ command, args: [] }, { args });
  assert.equal(run.code, 0, run.stdout + run.stderr);
}

testWith({
  name: "promtool takes the configurations with their rules",
  missing: missing({ program: "promtool" }),
  fn: async () => {
    for (const name of ["prometheus.yml", "site.yml", "center.yml"]) {
      await succeeds("promtool", ["check", "config", path(name)]);
    }
  },
});

testWith({
  name: "the rules do what their tests say",
  missing: missing({ program: "promtool" }),
  fn: async () => {
    const files = ["alerts", "availability", "availability_sites"].map((name) =>
      pathOf(`../monitoring/${name}_test.yml`)
    );
    await succeeds("promtool", ["test", "rules", ...files]);
  },
});

testWith({
  name: "amtool takes the configuration of the Alertmanager",
  missing: missing({ program: "amtool" }),
  fn: async () => {
    await succeeds("amtool", ["check-config", path("alertmanager.yml")]);
  },
});

interface Target {
  readonly expr: string;
}

/** The queries of the dashboard, with Grafana's variables filled in. */
function queries(): readonly string[] {
  return dashboard.panels.flatMap(({ targets }) => targets as readonly Target[])
    .map(({ expr }) => expr.replaceAll("$instance", ".*").replaceAll("$__range", "1d"));
}

testWith({
  name: "promtool understands every query of the dashboard",
  missing: missing({ program: "promtool" }),
  fn: async () => {
    const rules = queries().map((expr, at) => ({ record: `q:${at}`, expr }));
    const file = await Deno.makeTempFile({ suffix: ".yml" });
    try {
      await Deno.writeTextFile(file, JSON.stringify({ groups: [{ name: "queries", rules }] }));
      await succeeds("promtool", ["check", "rules", file]);
    } finally {
      await Deno.remove(file);
    }
  },
});

Deno.test("the dashboard judges peers by what is expected of them, which may be to be down", () => {
  for (const query of queries()) assert.doesNotMatch(query, /echoscu_up/);
  assert.ok(queries().some((query) => /avg_over_time\(echoscu_as_expected/.test(query)));
});

Deno.test("the dashboard's panels have places of their own on a grid of 24 columns", () => {
  const cells = new Set<string>();
  for (const { title, gridPos: { x, y, w, h } } of dashboard.panels) {
    assert.ok(x + w <= 24, title);
    for (let row = y; row < y + h; row++) {
      for (let column = x; column < x + w; column++) {
        assert.ok(!cells.has(`${row} ${column}`), title);
        cells.add(`${row} ${column}`);
      }
    }
  }
  assert.equal(new Set(dashboard.panels.map(({ id }) => id)).size, dashboard.panels.length);
});

Deno.test("rules and dashboard name only metrics and labels that there are", async () => {
  const exposed = await exposedByRuns();
  const rules = ["alerts.yml", "availability.yml"].map((name) => Deno.readTextFileSync(path(name)));
  const texts = [...rules, ...queries()].join("\n");
  // What a rule records has a colon before it.
  const used = [...texts.matchAll(/(?<!:)\b(echoscu_[a-z_]+)(?:\{([^}]*)\})?/g)];
  assert.ok(used.length > 10);
  for (const [, name = "", matchers = ""] of used) {
    const labels = exposed.get(name);
    assert.ok(labels, name);
    for (const [, label = ""] of matchers.matchAll(/([a-z_]+)(?==~?[%"])/g)) {
      assert.ok(["instance", "job"].includes(label) || labels.has(label), `${name} ${label}`);
    }
  }
});
