import assert from "node:assert/strict";
import {
  checkOf,
  entryOf,
  failed,
  FAILURES,
  hospitalRun,
  oddRun,
  runOf,
  TLS,
  verified,
} from "../../tests/support/report_runs.ts";
import { AssociationRejected, DialFailed } from "../check/mod.ts";
import { diagnose } from "../diagnosis/mod.ts";
import { exposition } from "./exposition.ts";
import { renderProbe, renderPrometheus } from "./prometheus.ts";

const SETTINGS = { program: "echoscu 1.2.3", diagnose };
const REJECTED = failed(new AssociationRejected({ result: 1, source: 1, reason: 7 }));

/** The samples of a text in the format, by series; throws for anything that is none. */
function samples(text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const typed = new Set<string>();
  const helped = new Set<string>();
  assert.ok(text.endsWith("\n"));
  for (const line of text.slice(0, -1).split("\n")) {
    const meta = /^# (HELP|TYPE) ([a-z_]+) (.+)$/.exec(line);
    if (meta !== null) {
      const [, kind, name = ""] = meta;
      const seen = kind === "HELP" ? helped : typed;
      assert.ok(!seen.has(name), `${kind} twice: ${name}`);
      seen.add(name);
      continue;
    }
    const sample = /^([a-z_]+)(\{([a-z_]+="(\\[\\"n]|[^\\"])*",?)*\})? (-?[0-9.e+-]+|NaN|[+-]Inf)$/
      .exec(line);
    assert.ok(sample, line);
    const [, name = "", labels = "", , , value] = sample;
    assert.ok(typed.has(name) && helped.has(name), name);
    const series = `${name}${labels}`;
    assert.ok(!found.has(series), `twice: ${series}`);
    found.set(series, Number(value));
  }
  return found;
}

Deno.test("echoscu_peer_info has what the plan says of a peer, and is not there where it says nothing", () => {
  const said = { group: "north", tags: ["ct", "old"], note: 'a "b"', contact: "PACS team" };
  const run = runOf([entryOf(verified(), said)]);
  assert.ok(
    renderProbe(run, { program: "p" }).includes(
      '\nechoscu_peer_info{group="north",tags=",ct,old,",note="a \\"b\\"",contact="PACS team"} 1\n',
    ),
  );
  assert.ok(!renderProbe(runOf([entryOf(verified())]), { program: "p" }).includes("peer_info"));
});

Deno.test("renderProbe() says everything of a verified peer, without labels for it", () => {
  const found = samples(renderProbe(runOf([entryOf(verified(checkOf({ repeat: 2 })))]), SETTINGS));
  const info = 'implementation_class_uid="1.2.276.0.7230010.3.0.3.6.7",' +
    'implementation_version_name="OFFIS_DCMTK_367",transfer_syntax="1.2.840.10008.1.2"';
  assert.deepEqual(Object.fromEntries(found), {
    echoscu_up: 1,
    echoscu_ended_well: 1,
    echoscu_as_expected: 1,
    echoscu_duration_seconds: 0.005025,
    'echoscu_stage_duration_seconds{stage="connect"}': 0.0006,
    'echoscu_stage_duration_seconds{stage="associate"}': 0.0018,
    'echoscu_stage_duration_seconds{stage="echo"}': 0.002125,
    'echoscu_stage_duration_seconds{stage="release"}': 0.0004,
    'echoscu_echo_latency_seconds{statistic="avg"}': 0.002175,
    'echoscu_echo_latency_seconds{statistic="min"}': 0.002125,
    'echoscu_echo_latency_seconds{statistic="max"}': 0.002225,
    'echoscu_echo_latency_seconds{statistic="stddev"}': 0.00005,
    'echoscu_echo_latency_seconds{statistic="p50"}': 0.002125,
    'echoscu_echo_latency_seconds{statistic="p95"}': 0.002225,
    'echoscu_echo_latency_seconds{statistic="p99"}': 0.002225,
    echoscu_echoes_requested: 2,
    echoscu_echoes_answered: 2,
    echoscu_echo_status: 0,
    [`echoscu_association_info{${info}}`]: 1,
    echoscu_peer_maximum_length_bytes: 16_384,
    echoscu_attempts: 1,
    echoscu_check_timestamp_seconds: 1_769_846_400.123,
    echoscu_last_success_timestamp_seconds: 1_769_846_400.128,
  });
});

Deno.test("renderProbe() remembers when a peer that is down was up, where that is known", () => {
  const entry = entryOf(REJECTED, { lastSuccessAt: 1_769_000_000_500 });
  const found = samples(renderProbe(runOf([entry]), SETTINGS));
  assert.equal(found.get("echoscu_last_success_timestamp_seconds"), 1_769_000_000.5);
});

Deno.test("renderProbe() says what TLS found out", () => {
  const found = samples(renderProbe(runOf([entryOf({ ...verified(), tls: TLS })]), SETTINGS));
  const info = 'version="TLSv1.3",cipher_suite="TLS_AES_256_GCM_SHA384",trust="trusted"';
  assert.equal(found.get(`echoscu_tls_info{${info}}`), 1);
  assert.equal(
    found.get("echoscu_tls_earliest_certificate_expiry_timestamp_seconds"),
    1_772_352_000.123,
  );
});

Deno.test("renderProbe() says why a peer failed, and nothing it does not know", () => {
  const found = samples(renderProbe(runOf([entryOf(REJECTED)]), SETTINGS));
  assert.equal(found.get("echoscu_up"), 0);
  const info = 'failure="AssociationRejected",stage="associate",fault="peer",' +
    'situation="called-title-default"';
  const hint = 'the called AE title sent was the default, \\"ANY-SCP\\": ' +
    "give the peer's own title with -aec, in its exact spelling";
  assert.equal(found.get(`echoscu_failure_info{${info},hint="${hint}"}`), 1);
  for (const series of found.keys()) {
    assert.doesNotMatch(series, /^echoscu_(echo_|association|peer_max|last_success)/);
  }
});

Deno.test("renderProbe() names the expectations that were not met", () => {
  const unmet = ["maxLatency", "tls.minDaysValid"].map((name) => ({ name, message: "too much" }));
  const entry = entryOf(verified(), { verdict: "failed", unmet });
  const found = samples(renderProbe(runOf([entry]), SETTINGS));
  assert.equal(found.get("echoscu_as_expected"), 0);
  for (const { name } of unmet) {
    assert.equal(found.get(`echoscu_unmet_expectation_info{expectation="${name}"}`), 1);
  }
});

Deno.test("renderPrometheus() distinguishes peers by labels, also two of the same name", () => {
  const text = renderPrometheus(
    runOf([
      entryOf(verified(), { name: "a", group: "g" }),
      entryOf(verified(), { name: "a", group: "g" }),
      entryOf(REJECTED, { name: "a (2)", group: "g" }),
      { name: "late", tags: [], verdict: "skipped", unmet: [], attempts: 0 },
    ]),
    SETTINGS,
  );
  const found = samples(text);
  const labels = (peer: string) =>
    `{peer="${peer}",host="192.0.2.1",port="104",called="ANY-SCP",calling="ECHOSCU",group="g"}`;
  assert.equal(found.get(`echoscu_up${labels("a")}`), 1);
  assert.equal(found.get(`echoscu_up${labels("a (2)")}`), 1);
  assert.equal(found.get(`echoscu_up${labels("a (2) (2)")}`), 0);
  assert.equal(found.get('echoscu_attempts{peer="late"}'), 0);
  assert.equal(found.get('echoscu_run_peers{verdict="passed"}'), 2);
  assert.equal(found.get('echoscu_run_peers{verdict="failed"}'), 1);
  assert.equal(found.get('echoscu_run_peers{verdict="skipped"}'), 1);
  assert.equal(found.get("echoscu_run_duration_seconds"), 1.234568);
  assert.equal(found.get("echoscu_run_timestamp_seconds"), 1_769_846_401.358);
  assert.equal(found.get('echoscu_run_info{program="echoscu 1.2.3"}'), 1);
});

Deno.test("renderPrometheus() says what was expected apart from what is up", () => {
  const down = failed(
    new DialFailed("refused", { host: "a", port: 1, systemText: "", cause: undefined }),
  );
  const found = samples(renderProbe(runOf([entryOf(down, { verdict: "passed" })]), SETTINGS));
  assert.equal(found.get("echoscu_up"), 0);
  assert.equal(found.get("echoscu_as_expected"), 1);
});

Deno.test("renderPrometheus() keeps to the format, whatever the texts", () => {
  for (const run of [runOf([]), oddRun(), hospitalRun(50)]) {
    samples(renderPrometheus(run, SETTINGS));
  }
  for (const error of FAILURES) samples(renderProbe(runOf([entryOf(failed(error))]), SETTINGS));
});

Deno.test("exposition() escapes help and labels, and writes special numbers in its own words", () => {
  const family = { name: "m_x", help: "a\\b\nc", type: "counter" as const };
  const label = { labels: { l: 'a\\b"c\nd', none: undefined }, value: NaN };
  assert.equal(
    exposition([
      {
        ...family,
        samples: [label, { labels: {}, value: Infinity }, { labels: {}, value: -1e-7 }],
      },
      { ...family, name: "m_none", samples: [] },
    ]),
    "# HELP m_x a\\\\b\\nc\n# TYPE m_x counter\n" +
      'm_x{l="a\\\\b\\"c\\\\x0ad"} NaN\nm_x +Inf\nm_x -1e-7\n',
  );
});
