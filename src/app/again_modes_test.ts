import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/support/plan_world.ts";

const REFUSED =
  "F: Association Request Failed: 0006:031c TCP Initialization Error: Connection refused\n";
const AT = "2026-01-31T08:00:00.000Z";

Deno.test("--watch prints changes until a signal ends it, then what it saw in all", async () => {
  const { code, out, err } = await runPlanWorld(["--watch", "0.05", "late", "104"], {
    onOut: (text, raise) => {
      if (text.includes(" up again")) raise("SIGINT");
    },
  });
  const lines = out.replace(/after [\d.]+ m?s/, "after T").replace(/in [\d.]+ m?s/, "in T").split(
    "\n",
  );
  assert.deepEqual(lines, [
    `${AT} late:104 down: the peer's machine answers, but nothing listens on the port`,
    `${AT} late:104 up again after T, echo in T`,
    "3 checks, 1 verified (33.3 %)",
    "",
  ]);
  assert.equal(err, "");
  assert.equal(code, 130);
});

Deno.test("--wait-until-up ends with 0 as soon as the peer is verified, without a word", async () => {
  const { code, out, err, dialed } = await runPlanWorld(["--wait-until-up", "30", "late", "104"]);
  assert.deepEqual([code, out, err, dialed.length], [0, "", "", 3]);
});

Deno.test("--wait-until-up ends with the last failure, told once, and its code", async () => {
  const args = ["--wait-until-up", "0.4", "dead", "104"];
  const { code, err, dialed } = await runPlanWorld(args);
  assert.equal(err, `${REFUSED}F: Not verified within 0.4 s\n`);
  assert.equal(code, 1);
  assert.ok(dialed.length > 1);
  assert.equal((await runPlanWorld([...args, "--exit-codes", "detailed"])).code, 62);
});

Deno.test("--peer-deadline ends one check at the stage it has reached, and each of those that are made again", async () => {
  const limit = ["--peer-deadline", "0.1", "--exit-codes", "detailed"];
  const { code, err } = await runPlanWorld([...limit, "silent", "104"]);
  assert.deepEqual([code, err], [66, "F: Not finished in time\n"]);
  assert.equal((await runPlanWorld(["--peer-deadline", "20", "pacs", "104"])).code, 0);
  let dials = 0;
  const again = await runPlanWorld([...limit, "--watch", "0.01", "silent", "104"], {
    onDial: (_, raise) => void (++dials === 3 && raise("SIGINT")),
  });
  assert.equal(again.dialed.length, 3);
  assert.match(again.out, / silent:104 down: the peer took the connection but did not answer/);
});

Deno.test("--wait-until-up cuts off an attempt that outlasts it", async () => {
  const args = ["--wait-until-up", "0.2", "silent", "104", "--exit-codes", "detailed"];
  const { code, err } = await runPlanWorld(args);
  assert.equal(err, "F: Not finished in time\nF: Not verified within 0.2 s\n");
  assert.equal(code, 66);
});

Deno.test("--repeat with --interval and -v sums up the times of the echoes, as nothing else does when captured", async () => {
  const line =
    /^2 sent, 2 answered, 0 lost \(0 %\), min\/avg\/max\/stddev\/p50\/p95\/p99 [\d./]+ ms$/m;
  const summed = await runPlanWorld(["--repeat", "2", "--interval", "0.01", "-v", "pacs", "104"]);
  assert.match(summed.err, line);
  assert.equal(summed.out, "");
  const plain = await runPlanWorld(["--repeat", "2", "-v", "pacs", "104"]);
  assert.doesNotMatch(plain.err, /sent/);
  const quiet = await runPlanWorld(["--repeat", "2", "--interval", "0.01", "pacs", "104"]);
  assert.equal(quiet.err, "");
  const seen = await runPlanWorld(["--repeat", "2", "-v", "pacs", "104"], { columns: 80 });
  assert.match(seen.err, line);
});

Deno.test("--watch ends when nobody reads standard output any more, with the code of the last check", async () => {
  const changes = await runPlanWorld(["--watch", "0.01", "dead", "104"], {
    stopsReading: () => true,
  });
  assert.deepEqual([changes.code, changes.dialed.length], [1, 1]);
  const reports = await runPlanWorld(["--watch", "0.01", "--json", "pacs", "104"], {
    stopsReading: (text) => text.split("\n}\n").length > 2,
  });
  assert.deepEqual([reports.code, reports.dialed.length], [0, 2]);
});

Deno.test("--watch prints a table on and on, and adds to the one in a file", async () => {
  const args = ["--watch", "0.01", "--report", "csv", "--report", "csv=rows", "late", "104"];
  let dials = 0;
  const { reports, out, err } = await runPlanWorld(args, {
    onDial: (_, raise) => ++dials === 4 ? raise("SIGINT") : undefined,
  });
  const lines = (text = "") => text.trimEnd().split("\r\n");
  assert.match(lines(out)[0] ?? "", /^name,/);
  assert.equal(lines(out).length, 4);
  assert.ok(lines(out).slice(1).every((line) => line.startsWith("late:104,")));
  assert.match(lines(reports["rows"])[0] ?? "", /^name,/);
  assert.equal(lines(reports["rows"]).length, 4);
  assert.match(err, / late:104 down: /);
});

Deno.test("--watch says once that a report cannot be written, and goes on", async () => {
  const args = ["--watch", "0.01", "--report", "csv=full", "--report", "csv=rows", "pacs", "104"];
  let dials = 0;
  const { err, code, reports } = await runPlanWorld(args, {
    onDial: (_, raise) => ++dials === 4 ? raise("SIGINT") : undefined,
  });
  assert.equal(err, "error: cannot write the csv report to 'full': No space left on device\n");
  assert.deepEqual([code, Object.keys(reports)], [130, ["rows"]]);
});

Deno.test("--watch sums up the times of the echoes of each check, with --verbose", async () => {
  const args = ["--watch", "0.01", "--repeat", "2", "--interval", "0", "-v", "pacs", "104"];
  let dials = 0;
  const { err } = await runPlanWorld(args, {
    onDial: (_, raise) => ++dials === 3 ? raise("SIGINT") : undefined,
  });
  assert.equal(err.match(/^2 sent, 2 answered, 0 lost/gm)?.length, 2);
});

Deno.test("--wait-until-up that a signal ends has its code, whatever had been found", async () => {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const seen = await runPlanWorld(["--wait-until-up", "30", "--json", "dead", "104"], {
      onDial: (_, raise) => void setTimeout(() => raise(signal), 1),
    });
    assert.equal(seen.code, code);
    assert.equal(JSON.parse(seen.reports["-"] ?? "").interrupted, signal);
    assert.doesNotMatch(seen.err, /Not verified/);
  }
});

Deno.test("--wait-until-up reports how long it took in all, and how many attempts", async () => {
  const { reports } = await runPlanWorld(["--wait-until-up", "30", "--json", "late", "104"]);
  const { elapsedMs, entries: [entry] } = JSON.parse(reports["-"] ?? "");
  assert.equal(entry.attempts, 3);
  assert.ok(elapsedMs > entry.elapsedMs);
});

Deno.test("--wait-until-up sums up the times of the echoes as a single check does", async () => {
  const args = ["--wait-until-up", "30", "--repeat", "2", "--interval", "0", "-v", "pacs", "104"];
  assert.match((await runPlanWorld(args)).err, /^2 sent, 2 answered/m);
});
