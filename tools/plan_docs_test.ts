import assert from "node:assert/strict";
import page from "../docs/plan.md" with { type: "text" };
import { OPTION_ROWS } from "../src/options/mod.ts";
import { parseCommandLine } from "../src/options/mod.ts";
import { loadPlanFiles, loadSamplePlan, type Plan } from "../src/plan/mod.ts";

const INCLUDED = "peers: [{ name: CT 1, host: ct1.example.org, port: 104, tags: [ct] }]";

/** The example of the page. */
async function readExample(): Promise<Plan> {
  const [, example = ""] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  return await readText(example);
}

/** The plan of this text, with the files that examples name. */
async function readText(text: string): Promise<Plan> {
  const files: Readonly<Record<string, string>> = {
    "plan.yaml": text,
    "modalities.yaml": INCLUDED,
    "hospital-ca.pem": "",
    "fieldcheck.key.pem": "",
    "fieldcheck.pem": "",
    "echoscu.key.pem": "",
    "echoscu.pem": "",
  };
  const host = {
    programName: "echoscu",
    readFile: () => ({ error: "missing" }) as const,
    stderrIsTerminal: false,
    target: "",
    versions: [],
  };
  const commandLine = await parseCommandLine(["--plan", "plan.yaml"], host);
  assert.ok(commandLine.kind === "run");
  const { loadPlan, problemLine } = await loadPlanFiles();
  const outcome = await loadPlan("plan.yaml", {
    readFile: (path) => {
      const content = files[path];
      return content === undefined ? { error: "missing" } : new TextEncoder().encode(content);
    },
    env: (name) => name === "ECHOSCU_KEY_PASSWORD" ? "secret" : undefined,
    options: commandLine.options,
  });
  if (outcome.kind === "problems") assert.fail(outcome.problems.map(problemLine).join("\n"));
  assert.ok(outcome.kind === "plan");
  return outcome.plan;
}

Deno.test("the example of docs/plan.md is a plan without mistakes", async () => {
  const { title, peers } = await readExample();
  assert.equal(title, "Radiology, main building");
  assert.deepEqual(peers.map(({ name }) => name), [
    "CT 1",
    "Archive",
    "Archive, secure",
    "Archive, unknown caller",
    "Old CT",
    "[2001:db8::17]:11112",
  ]);
  const [, archive, secure] = peers;
  assert.equal(archive?.expect.maxLatencyMs, 200);
  assert.equal(archive?.check.acseTimeoutSeconds, 10);
  assert.ok(secure?.tls.mode === "authenticated");
  assert.deepEqual(secure.tls.password, { kind: "given", password: "secret" });
});

Deno.test("the sample of --print-plan is a plan without mistakes, and needs no file", async () => {
  const sample = await loadSamplePlan();
  const { peers } = await readText(sample);
  assert.deepEqual(peers.map(({ name }) => name), [
    "Archive",
    "Archive, over TLS",
    "Archive, unknown caller",
    "Old CT",
  ]);
  assert.ok(!/^ *(ca|key|certificate|include):/m.test(sample));
  for (const line of sample.split("\n")) assert.ok(line.length <= 100, line);
});

Deno.test("everything that the sample offers in comments is right without the mark", async () => {
  const sample = (await loadSamplePlan()).replaceAll(/^( *)#(?=\w)/gm, "$1");
  const { site, peers } = await readText(sample);
  assert.equal(site, "North hospital");
  assert.equal(peers.length, 5);
  const secure = peers.find(({ name }) => name === "Archive, over TLS");
  assert.ok(secure?.tls.mode === "authenticated");
  assert.equal(secure.contact, "PACS team, phone 4711");
  assert.equal(secure.expect.minDaysValid, 7);
});

Deno.test("the table of TLS in docs/plan.md is that of the program", async () => {
  const { TLS_SETTINGS } = await loadPlanFiles();
  const shortOf = (long: string) => {
    const row = OPTION_ROWS.find((one) => one.long === long);
    return `\`${row !== undefined && "short" in row ? row.short : long}\``;
  };
  const rows = Object.entries(TLS_SETTINGS).map(([key, { options, merge }]) => [
    `\`${key}\``,
    options.map(shortOf).sort().join(", "),
    merge === "added" ? "all count" : "the innermost counts",
  ]);
  const table = [...page.matchAll(/^\| (`\w+`) +\| (.*?) +\| (.* counts?) +\|$/gm)];
  assert.deepEqual(
    table.map((
      [, key, options = "", merge],
    ) => [key, options.split(", ").sort().join(", "), merge]),
    rows,
  );
});

Deno.test("docs/plan.md shows every setting that a plan can make", async () => {
  const { planJsonSchema } = await loadPlanFiles();
  const missing = new Set<string>();
  function look(part: unknown): void {
    if (typeof part !== "object" || part === null) return;
    for (const [name, value] of Object.entries(part)) {
      if (name === "properties") {
        for (const key of Object.keys(value)) if (!page.includes(key)) missing.add(key);
      }
      look(value);
    }
  }
  look(planJsonSchema());
  assert.deepEqual([...missing].sort(), []);
});

Deno.test("docs/plan.md names every option that only goes with a plan", () => {
  const rows = OPTION_ROWS.filter((row) =>
    "needs" in row && row.needs?.flat().includes("--plan" as never)
  );
  assert.ok(rows.length >= 9);
  for (const { long } of rows) assert.ok(page.includes(long), long);
});

Deno.test("a key of a plan takes no whole number that its option would refuse", async () => {
  const { SETTINGS_ROW } = await loadPlanFiles();
  const { proposals, timeouts, ...others } = SETTINGS_ROW.fields;
  const rows = Object.values({ ...others, ...proposals.fields, ...timeouts.fields });
  const ranges = rows.flatMap((row) => "sets" in row && row.kind === "integer" ? [row] : []);
  assert.ok(ranges.length >= 4);
  for (const { sets, minimum, maximum } of ranges) {
    const option = OPTION_ROWS.find((row) => "sets" in row && row.sets === sets);
    const [value] = option?.values ?? [];
    assert.ok(value?.kind === "integer", sets);
    assert.ok(minimum >= value.minimum && maximum <= value.maximum, sets);
  }
});
