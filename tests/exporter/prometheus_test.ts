/** A real Prometheus scrapes the exporter as docs/monitoring says. */

import assert from "node:assert/strict";
import { parse } from "yaml";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { httpMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const NO_HTTP = await httpMissing(ourProgram());

/** How long Prometheus may take until it has scraped: its interval is a second. */
const PATIENCE_MS = 60_000;

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

testWith({
  name: "Prometheus finds every peer up or down, by its own label",
  missing: NO_HTTP ?? available("storescp") ?? missing({ program: "prometheus" }),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const [exporterPort, deadPort] = [freePort(), freePort()];
    await using exporter = startProgram(ourProgram(), {
      args: ["--exporter", `127.0.0.1:${exporterPort}`, "--exporter-allow", "127.0.0.1:*"],
    });
    assert.ok(await untilListening(exporterPort, { alive: () => exporter.alive }));
    const up = `127.0.0.1:${peer.port}`;
    const down = `127.0.0.1:${deadPort}`;
    await using prometheus = await startPrometheus({
      exporter: `127.0.0.1:${exporterPort}`,
      targets: { dicom: [up, down, "127.0.0.2:104"], echoscu: [`127.0.0.1:${exporterPort}`] },
    });
    const { query } = prometheus;
    const values = Object.fromEntries(
      (await query("echoscu_up", 2)).map(({ metric, value }) => [metric.instance, value[1]]),
    );
    assert.deepEqual(values, { [up]: "1", [down]: "0" });
    const scrapes = Object.fromEntries(
      (await query('up{job="dicom"}', 3)).map(({ metric, value }) => [metric.instance, value[1]]),
    );
    assert.deepEqual(scrapes, { [up]: "1", [down]: "1", "127.0.0.2:104": "0" });
    const [info] = await query("echoscu_failure_info", 1);
    assert.equal(info?.metric.situation, "port-refused");
    const [own] = await query('echoscu_exporter_probes_total{outcome="up"} > 0', 1);
    assert.equal(own?.metric.job, "echoscu");
  },
});

testWith({
  name: "Prometheus finds the peers of a textfile by their own names",
  missing: missing({ program: "prometheus" }) ?? missing({ program: "prometheus-node-exporter" }),
  fn: async () => {
    const folder = await Deno.makeTempDir({ prefix: "textfile-" });
    try {
      const peers = ["one", "two"].map((name) => ({ name, host: "127.0.0.1", port: freePort() }));
      await Deno.writeTextFile(`${folder}/plan.yaml`, JSON.stringify({ peers }));
      const report = `prometheus=${folder}/dicom.prom`;
      await runProgram(ourProgram(), {
        args: ["--plan", `${folder}/plan.yaml`, "--report", report],
      });
      const node = `127.0.0.1:${freePort()}`;
      await using _collector = startProgram({ command: "prometheus-node-exporter", args: [] }, {
        args: [
          `--web.listen-address=${node}`,
          "--collector.disable-defaults",
          "--collector.textfile",
          `--collector.textfile.directory=${folder}`,
        ],
      });
      await using prometheus = await startPrometheus({ exporter: node, targets: { node: [node] } });
      const found = await prometheus.query("echoscu_as_expected", 2);
      assert.deepEqual(found.map(({ metric }) => metric.instance).sort(), ["one", "two"]);
      const [run] = await prometheus.query("echoscu_run_timestamp_seconds", 1);
      assert.equal(run?.metric.instance, node);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

interface Prometheus extends AsyncDisposable {
  /** Waits until so many series answer. */
  query(text: string, count: number): Promise<readonly Sample[]>;
}

testWith({
  name: "the Prometheus of many sites knows what is sent to it, and what it asks for",
  missing: NO_HTTP ?? available("storescp") ?? missing({ program: "prometheus" }),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const [exporterPort, centerPort, southPort] = [freePort(), freePort(), freePort()];
    const peers = [
      { name: "archive", host: "127.0.0.1", port: peer.port },
      { name: "gone", host: "127.0.0.1", port: freePort() },
    ];
    await using folder = await tempFolder();
    await Deno.writeTextFile(`${folder.path}/plan.yaml`, JSON.stringify({ peers }));
    const address = `127.0.0.1:${exporterPort}`;
    await using exporter = startProgram(ourProgram(), {
      args: ["--exporter", address, "--plan", `${folder.path}/plan.yaml`],
    });
    assert.ok(await untilListening(exporterPort, { alive: () => exporter.alive }));
    await using center = await runPrometheus({
      config: centerConfig(`127.0.0.1:${southPort}`),
      port: centerPort,
      args: ["--web.enable-remote-write-receiver"],
    });
    const centerUrl = `http://127.0.0.1:${centerPort}`;
    await using _north = await runPrometheus({
      config: siteConfig({ site: "north", exporter: address, sendsTo: centerUrl }),
    });
    await using _south = await runPrometheus({
      config: siteConfig({ site: "south", exporter: address }),
      port: southPort,
    });
    const query = "instance:echoscu_availability:ratio1d";
    const found = (await center.query(query, 4)).map(({ metric: { site, instance }, value }) =>
      [site, instance, value[1]].join(" ")
    );
    assert.deepEqual(found.sort(), [
      "north archive 1",
      "north gone 0",
      "south archive 1",
      "south gone 0",
    ]);
    const sites = await center.query("site:echoscu_availability:ratio1d > 0 < 1", 2);
    assert.deepEqual(sites.map(({ metric }) => metric.site).sort(), ["north", "south"]);
  },
});

/** Where the jobs of docs/monitoring find what they scrape; jobs without targets are left out. */
interface Site {
  /** What takes the place of the exporter's address. */
  readonly exporter: string;
  readonly targets: Readonly<Record<string, readonly string[]>>;
}

async function startPrometheus(site: Site): Promise<Prometheus> {
  return await runPrometheus({ config: configOf(site) });
}

/** A folder that is removed at the end. */
async function tempFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempDir({ prefix: "prometheus-" });
  return {
    path,
    [Symbol.asyncDispose]: async () => await Deno.remove(path, { recursive: true }),
  };
}

async function runPrometheus(
  { config, port = freePort(), args = [] }: {
    readonly config: Readonly<Record<string, unknown>>;
    readonly port?: number;
    readonly args?: readonly string[];
  },
): Promise<Prometheus> {
  const folder = await tempFolder();
  await Deno.writeTextFile(`${folder.path}/prometheus.yml`, JSON.stringify(config));
  for (const name of RULES) {
    await Deno.writeTextFile(`${folder.path}/${name}`, JSON.stringify(quickRules(name)));
  }
  const program = startProgram({ command: "prometheus", args: [] }, {
    args: [
      `--config.file=${folder.path}/prometheus.yml`,
      `--storage.tsdb.path=${folder.path}/data`,
      `--web.listen-address=127.0.0.1:${port}`,
      ...args,
    ],
    cwd: folder.path,
  });
  return {
    query: (query, count) => untilSamples({ port, query, count }, () => program.alive),
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** The rules that configurations of docs/monitoring name. */
const RULES = ["alerts.yml", "availability.yml", "availability-sites.yml"];

function documentOf<Parsed>(name: string): Parsed {
  const file = new URL(`../../docs/monitoring/${name}`, import.meta.url);
  return parse(Deno.readTextFileSync(file), { merge: true });
}

/** The rules of docs/monitoring, every second. */
function quickRules(name: string) {
  const { groups } = documentOf<{ readonly groups: readonly Record<string, unknown>[] }>(name);
  return { groups: groups.map((group) => ({ ...group, interval: "1s" })) };
}

const EVERY_SECOND = { scrape_interval: "1s", scrape_timeout: "1s" };

/** The configuration of a site of docs/monitoring with this exporter, every second. */
function siteConfig(
  { site, exporter, sendsTo }: {
    readonly site: string;
    readonly exporter: string;
    readonly sendsTo?: string;
  },
) {
  const { scrape_configs, remote_write, ...rest } = documentOf<{
    readonly scrape_configs: readonly ScrapeConfig[];
    readonly remote_write: readonly Record<string, unknown>[];
  }>("site.yml");
  return {
    ...rest,
    global: { external_labels: { site } },
    scrape_configs: scrape_configs.map((config) => ({
      ...config,
      ...EVERY_SECOND,
      http_sd_configs: [{ url: `http://${exporter}/sd` }],
      relabel_configs: relabeled(config, exporter),
    })),
    remote_write: sendsTo === undefined ? [] : remote_write.map((one) => ({
      ...one,
      url: `${sendsTo}/api/v1/write`,
      authorization: undefined,
      queue_config: { batch_send_deadline: "1s" },
    })),
  };
}

/** The configuration of the center of docs/monitoring that asks one site, every second. */
function centerConfig(site: string) {
  const { scrape_configs, ...rest } = documentOf<
    { readonly scrape_configs: readonly ScrapeConfig[] }
  >("center.yml");
  return {
    ...rest,
    scrape_configs: scrape_configs.map((config) => ({
      ...config,
      ...EVERY_SECOND,
      static_configs: [{ targets: [site] }],
    })),
  };
}

interface ScrapeConfig {
  readonly job_name: string;
  readonly relabel_configs?: readonly { readonly replacement?: string }[];
}

/** The scrape configuration of docs/monitoring with these targets, every second. */
function configOf({ exporter, targets }: Site) {
  const { scrape_configs } = documentOf<{ readonly scrape_configs: readonly ScrapeConfig[] }>(
    "prometheus.yml",
  );
  const quick = scrape_configs.filter(({ job_name }) => job_name in targets).map((config) => ({
    ...config,
    ...EVERY_SECOND,
    static_configs: [{ targets: targets[config.job_name] }],
    relabel_configs: relabeled(config, exporter),
  }));
  assert.equal(quick.length, Object.keys(targets).length);
  return { scrape_configs: quick };
}

/** The relabeling of a job, with the exporter's address in place. */
function relabeled({ relabel_configs = [] }: ScrapeConfig, exporter: string) {
  return relabel_configs.map((relabel) =>
    relabel.replacement === undefined ? relabel : { ...relabel, replacement: exporter }
  );
}

async function untilSamples(
  wanted: { readonly port: number; readonly query: string; readonly count: number },
  alive: () => boolean,
): Promise<readonly Sample[]> {
  const url = `http://127.0.0.1:${wanted.port}/api/v1/query?query=${
    encodeURIComponent(wanted.query)
  }`;
  const end = performance.now() + PATIENCE_MS;
  let text = "";
  while (alive() && performance.now() < end) {
    // It says 503 in plain words until it has started.
    text = await fetch(url).then(async (answer) => {
      const text = await answer.text();
      return answer.ok ? text : "";
    }, () => "");
    const found: readonly Sample[] = text === "" ? [] : JSON.parse(text).data?.result ?? [];
    if (found.length >= wanted.count) return found;
    await new Promise((done) => setTimeout(done, 200));
  }
  throw new Error(`${wanted.query} never had ${wanted.count} values: ${text}`);
}
