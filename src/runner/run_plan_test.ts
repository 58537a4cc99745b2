import assert from "node:assert/strict";
import fc from "fast-check";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import type { PlanPeer } from "../plan/types.ts";
import { runPlan } from "./run_plan.ts";
import { peerOf } from "../../tests/support/plan_peers.ts";
import {
  dialFailed,
  refused,
  rejected,
  scriptedChecks,
  SETTINGS,
} from "../../tests/support/scripted_checks.ts";
import { runScripted, verdicts } from "../../tests/support/scripted_runs.ts";

Deno.test("runPlan() reports in the order of the plan, whatever the order of finishing", async () => {
  const peers = ["slow", "fast", "middle"].map((name) => peerOf(name));
  const times: Record<string, number> = { slow: 300, fast: 10, middle: 100 };
  const { report, events } = await runScripted(peers, ({ name }) => [{ ms: times[name] ?? 0 }]);
  assert.deepEqual(verdicts(report), ["slow passed 1", "fast passed 1", "middle passed 1"]);
  assert.deepEqual(events.filter((event) => event.startsWith("finished")), [
    "finished fast passed",
    "finished middle passed",
    "finished slow passed",
  ]);
  assert.equal(report.title, "a plan");
  assert.equal(report.elapsedMs, 300);
  assert.equal(report.startedAt, 1000);
  assert.equal(report.interrupted, undefined);
});

Deno.test("runPlan() takes no more places than allowed, in all and at one host", async () => {
  const peers = Array.from({ length: 40 }, (_, at) => peerOf(`p${at}`, { host: `h${at % 3}` }));
  const { report, most } = await runScripted(peers, () => [{ ms: 10 }], {
    settings: { jobs: 5, jobsPerHost: 2 },
  });
  assert.deepEqual(most, { all: 5, atHost: 2 });
  assert.ok(report.entries.every(({ verdict }) => verdict === "passed"));
});

Deno.test("runPlan() takes names of one host in any case, with or without brackets, for one", async () => {
  const hosts = ["PACS", "pacs", "Pacs"];
  const peers = hosts.map((host) => peerOf(host, { host }));
  const { report } = await runScripted(peers, () => [{ ms: 100 }], {
    settings: { jobsPerHost: 1 },
  });
  assert.equal(report.elapsedMs, 300);
  const sixes = ["::1", "[::1]"].map((host) => peerOf(host, { host }));
  const other = await runScripted(sixes, () => [{ ms: 100 }], { settings: { jobsPerHost: 1 } });
  assert.equal(other.report.elapsedMs, 200);
});

Deno.test("runPlan() lets others pass a peer whose host is busy", async () => {
  const peers = [peerOf("a1", { host: "a" }), peerOf("a2", { host: "a" }), peerOf("b")];
  const { begun } = await runScripted(peers, () => [{ ms: 100 }], {
    settings: { jobs: 2, jobsPerHost: 1 },
  });
  assert.deepEqual(begun, ["a1", "b", "a2"]);
});

Deno.test("runPlan() tries again what may be gone soon, and only that", async () => {
  const errors: Record<string, ReturnType<typeof refused>> = {
    refused: refused(),
    transient: rejected("2/3/2"),
    permanent: rejected("1/1/7"),
    unknown: dialFailed("unknown-host"),
  };
  const peers = Object.keys(errors).map((name) => peerOf(name));
  const { report, clock } = await runScripted(
    peers,
    ({ name }) => [{ ms: 10, error: errors[name] ?? refused() }],
    { settings: { retries: 2, retryDelaySeconds: 3 } },
  );
  assert.deepEqual(verdicts(report), [
    "refused failed 3",
    "transient failed 3",
    "permanent failed 1",
    "unknown failed 1",
  ]);
  assert.equal(clock.now(), 3 * 10 + 2 * 3000);
});

Deno.test("runPlan() stops trying when an attempt succeeds, and says what came before", async () => {
  const script = [{ ms: 10, error: refused() }, { ms: 10 }];
  const { report, events } = await runScripted([peerOf("a")], () => script, {
    settings: { retries: 5 },
  });
  assert.deepEqual(verdicts(report), ["a passed 2"]);
  assert.deepEqual(events, ["started a", "attempt a", "started a", "finished a passed"]);
  assert.equal(report.entries[0]?.startedAt, 1000 + 10 + 1000);
});

Deno.test("runPlan() gives the place to others while it waits for the next attempt", async () => {
  const script = (peer: PlanPeer) =>
    peer.name === "a" ? [{ ms: 10, error: refused() }, { ms: 10 }] : [{ ms: 500 }];
  const { report } = await runScripted([peerOf("a"), peerOf("b")], script, {
    settings: { jobs: 1, retries: 1, retryDelaySeconds: 1 },
  });
  assert.equal(report.elapsedMs, 10 + 1000 + 10);
});

Deno.test("runPlan() ends an attempt at the peer's deadline as a time-out of the stage it reached", async () => {
  const peers = [peerOf("own", { deadlineSeconds: 0.5 }), peerOf("general")];
  const { report } = await runScripted(peers, () => [{ ms: 60_000 }], {
    settings: { peerDeadlineSeconds: 2 },
  });
  const errors = report.entries.map(({ result }) =>
    result?.outcome === "failed" ? result.error : undefined
  );
  assert.deepEqual(
    errors.map((error) => error?.name === "TimedOut" ? error.details.seconds : error),
    [0.5, 2],
  );
  assert.deepEqual(verdicts(report), ["own failed 1", "general failed 1"]);
  assert.equal(report.elapsedMs, 2000);
});

Deno.test("runPlan() reports what is done when a signal ends it, and skips the rest", async () => {
  const stop = new AbortController();
  const peers = ["done", "running", "waiting"].map((name) => peerOf(name));
  const { report, begun } = await runScripted(
    peers,
    ({ name }) => [{ ms: name === "done" ? 10 : 60_000 }],
    {
      settings: { jobs: 2 },
      environment: { signal: stop.signal },
      before: (clock) => void clock.after(1000, () => stop.abort("SIGTERM")),
    },
  );
  assert.deepEqual(verdicts(report), ["done passed 1", "running skipped 0", "waiting skipped 0"]);
  assert.deepEqual(begun, ["done", "running", "waiting"]);
  assert.equal(report.interrupted, "SIGTERM");
  assert.equal(report.elapsedMs, 1000);
});

Deno.test("runPlan() begins nothing when the signal was raised before", async () => {
  const { report, begun } = await runScripted([peerOf("a")], () => [{ ms: 1 }], {
    environment: { signal: AbortSignal.abort("SIGINT") },
  });
  assert.deepEqual(verdicts(report), ["a skipped 0"]);
  assert.deepEqual(begun, []);
  assert.equal(report.interrupted, "SIGINT");
});

Deno.test("runPlan() keeps the last failure of a peer that waits for its next attempt when all ends", async () => {
  const { report } = await runScripted([peerOf("a")], () => [{ ms: 10, error: refused() }], {
    settings: { retries: 9, retryDelaySeconds: 60, deadlineSeconds: 5 },
  });
  assert.deepEqual(verdicts(report), ["a failed 1"]);
  assert.equal(report.interrupted, "deadline");
  assert.equal(report.elapsedMs, 5000);
});

Deno.test("runPlan() ends at the deadline of the run", async () => {
  const peers = ["a", "b", "c"].map((name) => peerOf(name));
  const { report } = await runScripted(peers, () => [{ ms: 4000 }], {
    settings: { jobs: 1, deadlineSeconds: 10 },
  });
  assert.deepEqual(verdicts(report), ["a passed 1", "b passed 1", "c skipped 0"]);
  assert.equal(report.interrupted, "deadline");
});

Deno.test("runPlan() reports the deadline of the run from that of a peer", async () => {
  const { report } = await runScripted(
    [peerOf("a", { deadlineSeconds: 20 })],
    () => [{ ms: 60_000 }],
    {
      settings: { deadlineSeconds: 5 },
    },
  );
  assert.deepEqual(verdicts(report), ["a skipped 0"]);
});

Deno.test("runPlan() waits for descriptors and runs fewer checks at once, without counting that as an attempt", async () => {
  const peers = Array.from({ length: 12 }, (_, at) => peerOf(`p${at}`));
  let open = 0;
  const clock = new JumpingClock();
  const checks = scriptedChecks(() => [{ ms: 100 }], clock);
  const report = await clock.until(runPlan({ peers }, {
    settings: { ...SETTINGS, jobs: 8 },
    environment: {
      clock,
      wallTime: () => 0,
      async check(peer, signal) {
        if (open >= 3) {
          return {
            ...await scriptedChecks(() => [{ ms: 0, error: dialFailed("no-descriptors") }], clock)
              .check(peer, signal),
          };
        }
        open += 1;
        const result = await checks.check(peer, signal);
        open -= 1;
        return result;
      },
    },
  }));
  assert.ok(
    report.entries.every(({ verdict, attempts }) => verdict === "passed" && attempts === 1),
  );
  assert.equal(checks.most.all, 3);
});

Deno.test("runPlan() does not wait for descriptors for ever", async () => {
  const { report } = await runScripted(
    [peerOf("a")],
    () => [{ ms: 0, error: dialFailed("no-descriptors") }],
  );
  assert.deepEqual(verdicts(report), ["a failed 1"]);
  assert.ok(report.elapsedMs > 20_000 && report.elapsedMs < 60_000);
});

Deno.test("runPlan() carries what the plan says of a peer into its entry", async () => {
  const facts = { group: "ct", tags: ["x", "y"], note: "old one", contact: "4711" };
  const expect = { reachable: true, warnDaysValid: 9, allowedWeaknesses: ["short-key"] } as const;
  const { report } = await runScripted([peerOf("a", { ...facts, expect })], () => [{ ms: 1 }]);
  const [entry] = report.entries;
  const { group, tags, note, contact, certificates, allowedWeaknesses } = entry ?? {};
  assert.deepEqual({ group, tags, note, contact }, facts);
  assert.deepEqual(certificates, { warnDays: 9 });
  assert.deepEqual(allowedWeaknesses, ["short-key"]);
});

Deno.test("runPlan() gives every peer one entry in its place and never exceeds its limits", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ host: fc.nat(4), ms: fc.nat(1000), fails: fc.boolean() }), {
        maxLength: 30,
      }),
      fc.record({
        jobs: fc.integer({ min: 1, max: 6 }),
        jobsPerHost: fc.integer({ min: 1, max: 3 }),
        retries: fc.nat(2),
      }),
      async (specs, settings) => {
        const peers = specs.map(({ host }, at) => peerOf(`p${at}`, { host: `h${host}` }));
        const script = ({ name }: PlanPeer) => {
          const { ms = 0, fails } = specs[Number(name.slice(1))] ?? {};
          return [fails === true ? { ms, error: refused() } : { ms }];
        };
        const { report, most, clock } = await runScripted(peers, script, { settings });
        const expected = specs.map(({ fails }, at) =>
          fails ? `p${at} failed ${settings.retries + 1}` : `p${at} passed 1`
        );
        assert.deepEqual(verdicts(report), expected);
        assert.ok(most.all <= settings.jobs && most.atHost <= settings.jobsPerHost);
        assert.equal(clock.pending, 0);
      },
    ),
    { numRuns: 60 },
  );
});
