/** What docs/monitoring shows for Kubernetes, tried with kubectl and with our program. */

import assert from "node:assert/strict";
import { parse, parseAllDocuments } from "yaml";
import { type OptionsHost, parseCommandLine } from "../../src/options/mod.ts";
import { missing, pathOf } from "../support/installed.ts";
import { exporter } from "../support/memory_exporter.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

interface Container {
  readonly image: string;
  readonly args: readonly string[];
  readonly securityContext?: object;
  readonly livenessProbe?: { readonly httpGet: { readonly path: string } };
  readonly readinessProbe?: { readonly httpGet: { readonly path: string } };
}

function textOf(name: string): string {
  return Deno.readTextFileSync(pathOf(`../../docs/monitoring/${name}`));
}

const DOCUMENTS = parseAllDocuments(textOf("kubernetes.yaml")).map((document) => document.toJS());

const PLAN: string = DOCUMENTS.find(({ kind }) => kind === "ConfigMap").data["plan.yaml"];

/** Arguments alone: no files, no terminal. */
const HOST: OptionsHost = {
  programName: "echoscu",
  readFile: () => ({ error: "missing" }),
  stderrIsTerminal: false,
  target: "any",
  versions: [],
};

/** Every container that runs our program, wherever it is. */
function ourContainers(value: unknown = DOCUMENTS): readonly Container[] {
  if (typeof value !== "object" || value === null) return [];
  if ("image" in value && /\/echoscu:/.test(`${value.image}`)) return [value as Container];
  return Object.values(value).flatMap(ourContainers);
}

testWith({
  name: "kubectl finds every field of the workloads where it is written",
  missing: missing({ program: "kubectl" }),
  fn: async () => {
    const workloads = DOCUMENTS.filter(({ kind }) => !["ConfigMap", "Service"].includes(kind));
    assert.equal(workloads.length, 3);
    for (const workload of workloads) await assertTyped(workload);
  },
});

/** Setting a variable makes kubectl read the object by its types, which drops what they do not know. */
async function assertTyped(workload: { readonly apiVersion: string }): Promise<void> {
  const kubectl = {
    command: "kubectl",
    args: ["set", "env", "--local", "--output=json", "--filename=-", "ADDED=1"],
  };
  const run = await runProgram(kubectl, { args: [], stdin: JSON.stringify(workload) });
  // Debian's kubectl is older than that name of the group, which changed nothing in it.
  const isOld = workload.apiVersion === "batch/v1" && /no kind "CronJob"/.test(run.stderr);
  if (isOld) return await assertTyped({ ...workload, apiVersion: "batch/v1beta1" });
  assert.equal(run.code, 0, run.stderr);
  assertContains(JSON.parse(run.stdout), workload);
}

/** Every member of `part` is in `whole`; lists have the same length. */
function assertContains(whole: unknown, part: unknown, at = "$"): void {
  if (typeof part !== "object" || part === null) return assert.equal(whole, part, at);
  assert.ok(typeof whole === "object" && whole !== null, at);
  if (Array.isArray(part)) assert.equal(Array.isArray(whole) && whole.length, part.length, at);
  for (const [name, value] of Object.entries(part)) {
    assertContains(Reflect.get(whole, name), value, `${at}.${name}`);
  }
}

Deno.test("the program takes the plan and the arguments of every container", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  try {
    await Deno.writeTextFile(file, PLAN);
    const run = await runProgram(ourProgram(), { args: ["--plan", file, "--plan-check"] });
    assert.equal(run.code, 0, run.stdout + run.stderr);
  } finally {
    await Deno.remove(file);
  }
  const containers = ourContainers();
  assert.equal(containers.length, 3);
  for (const { args } of containers) assert.equal((await parseCommandLine(args, HOST)).kind, "run");
});

Deno.test("every container has the same few rights", () => {
  const contexts = ourContainers().map(({ securityContext }) => JSON.stringify(securityContext));
  assert.equal(new Set(contexts).size, 1);
  assert.match(contexts[0] ?? "", /"runAsNonRoot":true/);
});

Deno.test("the cluster looks after the exporter at a path that answers", async () => {
  const paths = ourContainers().flatMap(({ livenessProbe, readinessProbe }) =>
    [livenessProbe, readinessProbe].flatMap((probe) => probe?.httpGet.path ?? [])
  );
  assert.equal(paths.length, 2);
  const { ask, end } = await exporter();
  for (const path of paths) assert.equal((await ask(path)).status, 200);
  await end();
});

Deno.test("the operator's scrape configuration names the service, its port and peers of the plan", () => {
  const { spec } = parse(textOf("kubernetes-probe.yaml"));
  const service = DOCUMENTS.find(({ kind }) => kind === "Service");
  assert.equal(spec.prober.url, `${service.metadata.name}:${service.spec.ports[0].port}`);
  const names: readonly string[] = parse(PLAN).peers.map(({ name }: { name: string }) => name);
  for (const target of spec.targets.staticConfig.static) assert.ok(names.includes(target), target);
  assert.ok(textOf("alerts.yml").includes(`up{job="${spec.jobName}"}`));
});
