import assert from "node:assert/strict";
import { checkOf, entryOf, failed, FAILURES, verified } from "../../tests/support/report_runs.ts";
import { type CheckResult, DialFailed, TimedOut } from "../check/mod.ts";
import type { ReportEntry, RunReport } from "../runner/mod.ts";
import { widthOf } from "./columns.ts";
import { renderClosing, renderLine, renderTable, renderText } from "./text.ts";

const SETTINGS = {
  program: "echoscu 0",
  diagnose: () => ({ situation: "s", title: "nobody listens", hint: "look whether it runs" }),
};

const REFUSED = new DialFailed("refused", {
  host: "192.0.2.9",
  port: 104,
  systemText: "Connection refused",
  cause: undefined,
});

function runOf(entries: readonly ReportEntry[], changes: Partial<RunReport> = {}): RunReport {
  return { title: "Site", startedAt: 0, elapsedMs: 1234, entries, ...changes };
}

function taking<Result extends CheckResult>(elapsedMs: number, result: Result): Result {
  return { ...result, elapsedMs };
}

const ARCHIVE = entryOf(taking(4.92, verified()), { name: "Archive" });
const CT = entryOf(taking(0.6, failed(REFUSED, checkOf({}, "192.0.2.9"))), {
  name: "CT 2",
  note: "in the cellar",
  contact: "4711",
  attempts: 3,
});
const SLOW = entryOf(taking(4.92, verified(checkOf({ repeat: 3 }))), {
  name: "Slow",
  verdict: "failed",
  unmet: [{ name: "maxLatency", message: "expected an echo within 1 ms, the slowest took 2.3 ms" }],
});
const LATE: ReportEntry = {
  name: "Late",
  tags: [],
  verdict: "skipped",
  unmet: [],
  attempts: 0,
  check: checkOf({}, "2001:db8::1"),
};
const CLOSED = entryOf(taking(0.6, failed(REFUSED)), { name: "Closed", verdict: "passed" });

Deno.test("renderText() shows the peers in their order, a summary, and what to do about failures", () => {
  const report = runOf([ARCHIVE, CT, SLOW, LATE, CLOSED], { interrupted: "SIGINT" });
  assert.equal(
    renderText(report, SETTINGS),
    `RESULT   NAME     PEER               AE TITLES                 TIME  DETAILS
passed   Archive  192.0.2.1:104      ECHOSCU calls ANY-SCP  4.92 ms  OFFIS_DCMTK_367
FAILED   CT 2     192.0.2.9:104      ECHOSCU calls ANY-SCP   0.6 ms  nobody listens; 3 attempts
FAILED   Slow     192.0.2.1:104      ECHOSCU calls ANY-SCP  4.92 ms  expected an echo within 1 ms, the slowest took 2.3 ms
skipped  Late     [2001:db8::1]:104  ECHOSCU calls ANY-SCP
passed   Closed   192.0.2.1:104      ECHOSCU calls ANY-SCP   0.6 ms  as expected: nobody listens

Site: 5 peers in 1.23 s: 2 passed, 2 failed, 1 skipped (interrupted)

CT 2 (192.0.2.9:104): nobody listens; 3 attempts
  hint: look whether it runs
  note: in the cellar
  contact: 4711

Slow (192.0.2.1:104): expected an echo within 1 ms, the slowest took 2.3 ms
`,
  );
});

Deno.test("renderText() shows of a single peer where the time went, and why some 40 ms", () => {
  const timings = [
    { stage: "connect", startedMs: 0, elapsedMs: 0.5 },
    { stage: "echo", startedMs: 0.5, elapsedMs: 44 },
  ] as const;
  const echoes = [{ messageId: 1, status: 0, elapsedMs: 43.5 }];
  const entry = entryOf({ ...taking(44.5, verified()), timings, echoes }, { name: "Archive" });
  const lines = renderText(runOf([entry]), SETTINGS).split("\n");
  assert.equal(lines[3], "stages: connect 0.5 ms, echo 44 ms");
  assert.match(lines[4] ?? "", /^note: the peer may send its answer to the echo in pieces /);
  assert.equal(lines[5], "Site: 1 peer in 1.23 s: 1 passed, 0 failed");
});

Deno.test("renderTable() fits any width, gives up titles first, and keeps the address at 80", () => {
  const entries = FAILURES.map((error, at) =>
    entryOf(failed(error), { name: `A peer with a long name, ${at}` })
  );
  for (const width of [200, 120, 80, 60, 40]) {
    const text = renderTable(runOf(entries), {
      settings: SETTINGS,
      look: { width, isColored: false },
    });
    const [table = ""] = text.split("\n\n");
    for (const line of table.split("\n")) {
      assert.ok(widthOf(line) <= width, `${width}: ${line}`);
    }
    assert.equal(table.includes("PEER"), width >= 80);
    assert.equal(table.includes("ECHOSCU calls ANY-SCP"), width >= 120);
  }
});

Deno.test("renderTable() colors verdicts only where color is wanted, and never instead of words", () => {
  const look = { isColored: true };
  const colored = renderTable(runOf([ARCHIVE, CT]), { settings: SETTINGS, look });
  assert.ok(
    colored.includes("\x1b[32mpassed \x1b[0m") && colored.includes("\x1b[1;31mFAILED \x1b[0m"),
  );
  const plain = renderText(runOf([ARCHIVE, CT]), SETTINGS);
  // deno-lint-ignore no-control-regex
  assert.equal(colored.replaceAll(/\x1b\[[\d;]*m/g, ""), plain);
});

Deno.test("renderLine() is five fields separated by tabs, whatever names and peers contain", () => {
  assert.equal(
    renderLine(ARCHIVE, SETTINGS),
    "passed\tArchive\t192.0.2.1:104\t4.92 ms\tOFFIS_DCMTK_367\n",
  );
  assert.equal(renderLine(LATE, SETTINGS), "skipped\tLate\t[2001:db8::1]:104\t\t\n");
  const odd = entryOf(taking(0.6, failed(REFUSED)), { name: "a\tb\nc\x1b[2J", verdict: "failed" });
  assert.equal(
    renderLine(odd, SETTINGS),
    "failed\ta b\\x0ac\\x1b[2J\t192.0.2.1:104\t0.6 ms\tnobody listens\n",
  );
});

Deno.test("renderLine() sums up repeated echoes", () => {
  const line = renderLine(entryOf(verified(checkOf({ repeat: 3 }))), SETTINGS);
  assert.match(line, /OFFIS_DCMTK_367; 3 sent, 3 answered, 0 lost \(0 %\), min\/avg/);
  const { echoes } = verified(checkOf({ repeat: 3 }));
  const silent = new TimedOut("echo", { timer: "dimse", seconds: 1, within: "idle" });
  const cut = { ...failed(silent, checkOf({ repeat: 9 })), echoes };
  const lossy = renderLine(entryOf(cut), SETTINGS);
  assert.match(lossy, /\tnobody listens; 4 sent, 3 answered, 1 lost \(25 %\), min\/avg/);
});

Deno.test("renderClosing() explains the first failures only when there are very many", () => {
  const entries = Array.from(
    { length: 30 },
    (_, at) => entryOf(failed(REFUSED), { name: `p${at}` }),
  );
  const text = renderClosing(runOf(entries), { settings: SETTINGS, look: { isColored: false } });
  assert.equal(text.match(/hint: /g)?.length, 20);
  assert.match(text, /\nand 10 more; --report html=FILE explains all\n$/);
});

Deno.test("renderClosing() says why a run ended early", () => {
  const closing = (changes: Partial<RunReport>) =>
    renderClosing(runOf([LATE], changes), { settings: SETTINGS, look: { isColored: false } });
  assert.equal(
    closing({ interrupted: "deadline" }),
    "Site: 1 peer in 1.23 s: 0 passed, 0 failed, 1 skipped (deadline)\n",
  );
  assert.equal(
    closing({ interrupted: "SIGTERM" }),
    "Site: 1 peer in 1.23 s: 0 passed, 0 failed, 1 skipped (interrupted)\n",
  );
});

Deno.test("renderText() says what a failure says of itself where nobody explains it", () => {
  for (const error of FAILURES) {
    assert.ok(
      renderText(runOf([entryOf(failed(error))]), { program: "p" }).includes(error.message),
    );
  }
});
