import assert from "node:assert/strict";
import { peerOf } from "../../tests/support/plan_peers.ts";
import {
  entryOf,
  failed,
  FAILURES,
  STARTED_AT,
  verified,
} from "../../tests/support/report_runs.ts";
import { loadRunText } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import { frameOf, nameWidthOf } from "./frame.ts";
import { LiveModel } from "./model.ts";
import { FIRST_VIEW, type LiveView } from "./view.ts";

const TEXT = await loadRunText();
const REFUSED = FAILURES[1];
assert.ok(REFUSED !== undefined);

const PEERS = [
  peerOf("Archive", { contact: "Desk 1", note: "the old one", tags: ["ct"] }),
  peerOf("放射線 CT", { group: "CT room" }),
  peerOf("MR\u202e1"),
];
const PLAN = { title: "Radiology", peers: PEERS };
const MINUTE = 60_000;

/** A run so many minutes later: peers that are named fail. */
function runAt(minute: number, ...failing: readonly string[]): RunReport {
  const startedAt = STARTED_AT + minute * MINUTE;
  const entries = PEERS.map(({ name, check }) =>
    entryOf(failing.includes(name) ? failed(REFUSED ?? assert.fail(), check) : verified(check), {
      name,
      startedAt,
    })
  );
  return { startedAt, elapsedMs: 1234, title: "Radiology", entries };
}

/** What three runs show: one peer went down in the last. */
function modelOf(): LiveModel {
  const model = new LiveModel();
  model.begin(PLAN);
  model.add({ report: runAt(0) });
  model.begin(PLAN);
  model.add({ report: runAt(1), changes: [] });
  model.begin(PLAN);
  const report = runAt(2, "放射線 CT");
  const [, entry] = report.entries;
  assert.ok(entry !== undefined);
  model.add({ report, changes: [{ entry, before: { hasPassed: true, lastedMs: 2 * MINUTE } }] });
  return model;
}

function drawn(
  { model = modelOf(), view = {}, columns = 80, rows = 14 }: {
    readonly model?: LiveModel;
    readonly view?: Partial<LiveView>;
    readonly columns?: number;
    readonly rows?: number;
  } = {},
): readonly string[] {
  const picture = {
    model,
    view: { ...FIRST_VIEW, ...view },
    progress: "run 3 took 1.23 s, the next one begins in 48 s",
    watchedMs: 2 * MINUTE + 5678,
    nameWidth: nameWidthOf(PEERS, TEXT),
  };
  const now = STARTED_AT + 2 * MINUTE + 5000;
  return frameOf(picture, { text: TEXT, settings: { program: "p" }, columns, rows, now });
}

function plain(lines: readonly string[]): readonly string[] {
  // deno-lint-ignore no-control-regex
  return lines.map((line) => line.replaceAll(/\x1b\[\d+(;\d+)*m/g, ""));
}

const WHY = "cannot connect to 192.0.2.1 port 104: Connection refused";

Deno.test("the screen has head, progress, failing peers first, last changes and keys", () => {
  assert.deepEqual(plain(drawn()), [
    "Radiology  2 of 3 passed, 1 failed                         watched for 2 min 5 s",
    "run 3 took 1.23 s, the next one begins in 48 s",
    "STATE    NAME          SINCE                    LAST RESULTS    MEDIAN   SLOWEST",
    "FAILED   放射線 CT     08:02:00                          ▂▂█   5.03 ms   5.03 ms",
    "passed   Archive       <08:00:00                         ▂▂▂   5.03 ms   5.03 ms",
    "passed   MR\\u202e1     <08:00:00                         ▂▂▂   5.03 ms   5.03 ms",
    "",
    "",
    "",
    "",
    "",
    "─── last changes ───────────────────────────────────────────────────────────────",
    "08:02:00 放射線 CT failed after 2 min 0 s: cannot connect to 192.0.2.1 port 104…",
    "q end  Enter details  / filter  ? help",
  ]);
});

Deno.test("a wide screen shows details, a narrow one what is most important", () => {
  const [, , wideHead, wide] = plain(drawn({ columns: 120 }));
  assert.ok(wideHead?.endsWith(" SLOWEST  DETAILS"));
  assert.match(wide ?? "", /^FAILED .* 5\.03 ms {2}cannot connect to/);
  const heads = [60, 50, 40, 30, 20, 10, 1].map((columns) =>
    plain(drawn({ columns }))[2]?.split(/ {2,}/)
  );
  assert.deepEqual(heads, [
    ["STATE", "NAME", "SINCE", "LAST", "MEDIAN", "SLOWEST"],
    ["STATE", "NAME", "SINCE", "LAST RESULTS"],
    ["STATE", "NAME", "SINCE", "LAST"],
    ["STATE", "NAME", "LAST"],
    ["STATE", "NAME"],
    ["STATE", "…"],
    ["…"],
  ]);
});

Deno.test("a screen of any size has exactly its lines, none wider than it is", () => {
  for (const page of ["table", "peer", "help"] as const) {
    for (const columns of [1, 2, 7, 20, 33, 52, 53, 79, 80, 100, 200]) {
      for (const rows of [1, 2, 4, 5, 11, 12, 20, 24, 50]) {
        const view = { page, selected: "放射線 CT", filter: "c" };
        const lines = plain(drawn({ columns, rows, view }));
        assert.equal(lines.length, rows);
        const widest = Math.max(...lines.map(TEXT.widthOf));
        assert.ok(widest <= columns, `${page} ${columns}x${rows}: ${widest}`);
      }
    }
  }
});

Deno.test("what is pointed at is in reverse over the whole line", () => {
  const lines = drawn({ view: { selected: "Archive" } });
  const [line] = lines.filter((line) => line.startsWith("\x1b[7m"));
  assert.equal(TEXT.widthOf(plain([line ?? ""])[0] ?? ""), 80);
  assert.equal(lines.indexOf(line ?? ""), 4);
});

Deno.test("the page of a peer has all that is known of it", () => {
  const view = { page: "peer", selected: "放射線 CT" } as const;
  assert.deepEqual(plain(drawn({ view, rows: 20 })).slice(2, 15), [
    "放射線 CT",
    "address  放射線 CT:104",
    "titles   ECHOSCU calls ANY-SCP",
    "group    CT room",
    "state    failed since 08:02:00 (5 s)",
    `details  ${WHY}`,
    "stages   connect 0.6 ms",
    "times    2 of the last 3 passed; median 5.03 ms, slowest 5.03 ms",
    "",
    "▂▂█",
    "",
    "last failures",
    `08:02:00 ${WHY}`,
  ]);
  const other = plain(drawn({ view: { ...view, selected: "Archive" }, rows: 20 }));
  assert.ok(other.includes("contact  Desk 1"));
  assert.ok(other.includes("state    passed since 08:00:00 or earlier (2 min 5 s at least)"));
});

Deno.test("a filter leaves peers with it in name, group or tags, and says so", () => {
  const names = (filter: string) =>
    plain(drawn({ view: { filter } })).slice(3, 6).map((line) => line.slice(9, 20).trim());
  assert.deepEqual(names("ct"), ["放射線 CT", "Archive", ""]);
  assert.deepEqual(names("room"), ["放射線 CT", "", ""]);
  assert.deepEqual(names("nothing"), ["", "", ""]);
  const foot = plain(drawn({ view: { filter: "ct", isTyping: true } })).at(-1);
  assert.match(foot ?? "", /^\/ct_ {2}Enter: keep it .* 1 to 2 of 2$/);
  assert.match(plain(drawn({ view: { filter: "none" } })).at(-1) ?? "", / none$/);
});

Deno.test("what a run that goes on has found is shown at once", () => {
  const model = modelOf();
  model.begin(PLAN);
  const peers = { first: PEERS[0] ?? assert.fail(), second: PEERS[1] ?? assert.fail() };
  model.notice({ type: "started", index: 0, peer: peers.first, attempt: 1, time: 0 });
  model.notice({ type: "started", index: 1, peer: peers.second, attempt: 1, time: 0 });
  const [, entry] = runAt(3).entries;
  assert.ok(entry !== undefined);
  model.notice({ type: "finished", index: 1, peer: peers.second, entry, time: 1 });
  const rows = plain(drawn({ model })).slice(3, 6).map((line) => line.slice(0, 31).trimEnd());
  assert.deepEqual(
    rows,
    [
      "passed…  Archive       <08:00:00",
      "passed   放射線 CT     08:03:00",
      "passed   MR\\u202e1     <08:00:00",
    ].map((line) => line.slice(0, 31)),
  );
});

Deno.test("before the first run is over peers are known by name only", () => {
  const model = new LiveModel();
  model.begin(PLAN);
  const lines = plain(drawn({ model }));
  assert.match(lines[0] ?? "", /^Radiology {2}0 of 3 passed /);
  assert.equal(lines[3]?.trimEnd(), "         Archive");
});

Deno.test("what the program has to say is among the changes, and harmless", () => {
  const model = modelOf();
  model.say("E: disk \x1b[2J full", STARTED_AT);
  assert.equal(plain(drawn({ model })).at(-2), "08:00:00 E: disk \\x1b[2J full");
});
