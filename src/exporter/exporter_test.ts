import assert from "node:assert/strict";
import { exporter, peer, SETTINGS } from "../../tests/support/memory_exporter.ts";
import { checkOf, failed, verified } from "../../tests/support/report_runs.ts";
import { AssociationRejected } from "../check/mod.ts";

Deno.test("/probe gives the metrics of one check of a known peer, by name or place", async () => {
  const { ask, checked, end } = await exporter();
  for (const target of ["archive", "pacs.lan:104", "PACS.LAN:104"]) {
    const { status, head, body } = await ask(`/probe?target=${target}`);
    assert.equal(status, 200);
    assert.match(head, /\r\nContent-Type: text\/plain; version=0\.0\.4; charset=utf-8\r\n/);
    assert.match(body, /\nechoscu_up 1\n/);
  }
  assert.deepEqual(checked.map(({ name, check }) => `${name} ${check.calledAeTitle}`), [
    "archive ARCH",
    "archive ARCH",
    "archive ARCH",
  ]);
  await end();
});

Deno.test("/probe answers 200 for a peer that is down: the answer is the metric", async () => {
  const rejection = new AssociationRejected({ result: 1, source: 1, reason: 7 });
  const { ask, events, end } = await exporter(({ check }) =>
    Promise.resolve(failed(rejection, check))
  );
  const { status, body } = await ask("/probe?target=archive");
  assert.equal(status, 200);
  assert.match(body, /\nechoscu_up 0\n/);
  assert.match(body, /\nechoscu_failure_info\{failure="AssociationRejected",.*\} 1\n/);
  assert.deepEqual(events.map(({ type }) => type), ["probed"]);
  await end();
});

Deno.test("/probe takes expectations of the plan into account", async () => {
  const { ask, end } = await exporter();
  const { body } = await ask("/probe?target=gone");
  assert.match(body, /\nechoscu_up 1\n/);
  assert.match(body, /\nechoscu_as_expected 0\n/);
  await end();
});

Deno.test("/probe checks allowed targets with the settings of a module, and AE titles as asked", async () => {
  const { ask, checked, end } = await exporter();
  await ask("/probe?target=a.ct.lan:104");
  await ask("/probe?target=a.ct.lan:105&module=fast");
  await ask("/probe?target=archive&module=fast&calling=ME&called=YOU%20TOO");
  assert.deepEqual(
    checked.map(({ check: { target, calledAeTitle, callingAeTitle, repeat } }) =>
      [target.host, target.port, calledAeTitle, callingAeTitle, repeat].join(" ")
    ),
    [
      "a.ct.lan 104 ANY-SCP ECHOSCU 1",
      "a.ct.lan 105 FAST ECHOSCU 2",
      "pacs.lan 104 YOU TOO ME 2",
    ],
  );
  await end();
});

Deno.test("/probe needs no module for a peer that is known", async () => {
  const { ask, checked, end } = await exporter(undefined, { modules: new Map() });
  assert.equal((await ask("/probe?target=archive")).status, 200);
  for (const target of ["a.ct.lan:104", "archive&module=default"]) {
    const { status, body } = await ask(`/probe?target=${target}`);
    assert.deepEqual([status, body], [400, 'there is no module "default"\n']);
  }
  assert.equal(checked.length, 1);
  await end();
});

Deno.test("/probe refuses what is not allowed or malformed, with one sentence, and contacts nobody", async () => {
  const { ask, checked, events, end } = await exporter();
  const cases: readonly (readonly [string, number, RegExp])[] = [
    ["", 400, /^the parameter target is missing/],
    ["?target=", 400, /^the parameter target is missing/],
    ["?target=010.0.0.1:104", 400, /^the target 010.0.0.1:104: an IPv4 address has no leading/],
    ["?target=nobody", 400, /^the target is neither the name of a known peer nor HOST:PORT/],
    [
      "?target=file:///etc/passwd",
      400,
      /^the target is neither the name of a known peer nor HOST:PORT/,
    ],
    ["?target=pacs.lan:105", 403, /^the configuration does not allow the target pacs\.lan:105$/],
    ["?target=a.ct.lan:99", 403, /does not allow/],
    ["?target=ct.lan:104", 403, /does not allow/],
    ["?target=127.0.0.1:104", 403, /does not allow/],
    ["?target=a.ct.lan:104&module=no", 400, /^there is no module "no"$/],
    ["?target=a.ct.lan:104&module=", 400, /^there is no module ""$/],
    ["?target=archive&target=gone", 400, /^the parameter target is there twice$/],
    ["?target=archive&Target=x", 400, /^there is no parameter "Target", only target, called/],
    [`?target=archive&${"x".repeat(99)}%0a=1`, 400, /^there is no parameter "x{40}"/],
    ["?target=archive&called=", 400, /^an AE title has 1 to 16/],
    ["?target=archive&called=%20", 400, /^an AE title has 1 to 16/],
    [`?target=archive&calling=${"A".repeat(17)}`, 400, /^an AE title has 1 to 16/],
    ["?target=archive&calling=a%5Cb", 400, /^an AE title has 1 to 16/],
    ["?target=archive&called=%00", 400, /^an AE title has 1 to 16/],
  ];
  for (const [query, status, problem] of cases) {
    const answer = await ask(`/probe${query}`);
    assert.equal(answer.status, status, query);
    assert.match(answer.body, /^[\x20-\x7e]+\n$/);
    assert.match(answer.body.trimEnd(), problem);
  }
  const header = "X-Prometheus-Scrape-Timeout-Seconds: soon";
  assert.equal((await ask("/probe?target=archive", header)).status, 400);
  assert.deepEqual(checked, []);
  assert.equal(events.length, cases.length + 1);
  await end();
});

Deno.test("/metrics counts probes and answers", async () => {
  const rejection = new AssociationRejected({ result: 1, source: 1, reason: 7 });
  const { ask, end } = await exporter(({ name, check }) =>
    Promise.resolve(name === "archive" ? verified(check) : failed(rejection, check))
  );
  await ask("/probe?target=archive");
  await ask("/probe?target=a.ct.lan:104");
  await ask("/probe");
  const { status, body } = await ask("/metrics");
  assert.equal(status, 200);
  for (
    const line of [
      'echoscu_exporter_info{program="echoscu 1.2.3"} 1',
      "process_start_time_seconds 1769846400",
      "echoscu_exporter_connections_dropped_total 0",
      'echoscu_exporter_probes_total{outcome="up"} 1',
      'echoscu_exporter_probes_total{outcome="down"} 1',
      'echoscu_exporter_probes_total{outcome="none"} 0',
      'echoscu_exporter_answers_total{code="200"} 2',
      'echoscu_exporter_answers_total{code="400"} 1',
    ]
  ) assert.ok(body.includes(`\n${line}\n`), line);
  await end();
});

Deno.test("POST /-/reload answers what came of it, GET and what is not enabled are refused", async () => {
  let isDone = true;
  const reload = () => Promise.resolve({ isDone, text: isDone ? "reloaded" : "kept" });
  const post = "POST /-/reload HTTP/1.1\r\nHost: exporter\r\n";
  const enabled = await exporter(undefined, { reload });
  const first = await enabled.send(`${post}\r\n`);
  assert.deepEqual([first.status, first.body], [200, "reloaded\n"]);
  isDone = false;
  const second = await enabled.send(`${post}Content-Length: 0\r\n\r\n`);
  assert.deepEqual([second.status, second.body], [500, "kept\n"]);
  const got = await enabled.ask("/-/reload");
  assert.equal(got.status, 405);
  assert.match(got.head, /\r\nAllow: POST\r?/);
  assert.equal((await enabled.send(`${post}Origin: http://else.where\r\n\r\n`)).status, 403);
  assert.equal((await enabled.send("POST /probe HTTP/1.1\r\nHost: exporter\r\n\r\n")).status, 405);
  await enabled.end();
  const { send, end } = await exporter();
  assert.equal((await send(`${post}\r\n`)).status, 403);
  await end();
});

Deno.test("the other paths: an index, health, and nothing else", async () => {
  const name = `<x>"&' \u202e`;
  const { ask, end } = await exporter(undefined, { peers: [peer(name, "a"), ...SETTINGS.peers] });
  const { status, body } = await ask("/");
  assert.equal(status, 200);
  assert.match(body, /<a href="\/probe\?target=archive">archive<\/a>/);
  assert.ok(body.includes(`target=${encodeURIComponent(name).replace("'", "&#39;")}"`));
  assert.ok(body.includes("&lt;x&gt;&quot;&amp;&#39; \\u202e"));
  assert.match(body, /Further targets are allowed by 1 pattern\./);
  assert.deepEqual([(await ask("/-/healthy")).status, (await ask("/-/healthy")).body], [
    200,
    "healthy\n",
  ]);
  for (const path of ["/probe/", "/Metrics", "/../etc/passwd", "/%2e%2e/x", "/-/", "//"]) {
    assert.equal((await ask(path)).status, 404, path);
  }
  await end();
});

Deno.test("/sd names the known peers with their labels, as http_sd_configs takes them", async () => {
  const { ask, end } = await exporter(undefined, {
    peers: [
      peer("archive", "pacs.lan", {
        group: "north",
        tags: ["pacs", "urgent"],
        check: checkOf({ calledAeTitle: "ARCH" }, "pacs.lan"),
      }),
      peer("odd \u202e", "b"),
    ],
  });
  const { status, head, body } = await ask("/sd");
  assert.equal(status, 200);
  assert.match(head, /\r\nContent-Type: application\/json\r\n/);
  const [archive, odd] = JSON.parse(body);
  assert.deepEqual(archive, {
    targets: ["archive"],
    labels: {
      host: "pacs.lan",
      port: "104",
      called: "ARCH",
      calling: "ECHOSCU",
      group: "north",
      tags: ",pacs,urgent,",
    },
  });
  assert.deepEqual(odd.targets, ["odd \u202e"]);
  assert.ok(!body.includes("\u202e"), "what cannot be seen is escaped");
  await end();
});
