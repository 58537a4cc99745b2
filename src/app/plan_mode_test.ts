import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/support/plan_world.ts";

const SITE = `title: Site
peers:
  - { name: Silent one, host: silent, port: 104, tags: [night], timeouts: { acse: 0.3 } }
  - { name: Archive, host: pacs, port: 104, tags: [night, pacs] }
  - { name: CT, host: dead, port: 104, contact: Joe }
  - { name: Closed, host: dead2, port: 104, expect: { reachable: false } }
`;
const FILES = { "site.yaml": SITE };

/** Standard output without what depends on time. */
function timeless(text: string): readonly string[] {
  return text.replaceAll(/\d+(\.\d+)? (ms|s)\b/g, "T").trimEnd().split("\n");
}

Deno.test("--plan prints a line for each check in the order of the plan, and a summary", async () => {
  const { code, out, err, dialed } = await runPlanWorld(["--plan", "site.yaml"], { files: FILES });
  assert.deepEqual(timeless(out), [
    "failed\tSilent one\tsilent:104\tT\tthe peer took the connection but did not answer the association request",
    "passed\tArchive\tpacs:104\tT\tECHOSCU_0_1_0",
    "failed\tCT\tdead:104\tT\tthe peer's machine answers, but nothing listens on the port",
    "passed\tClosed\tdead2:104\tT\tas expected: the peer's machine answers, but nothing listens on the port",
    "Site: 4 peers in T: 2 passed, 2 failed",
  ]);
  assert.equal(err, "");
  assert.equal(code, 1);
  assert.deepEqual(dialed, ["silent", "pacs", "dead", "dead2"]);
});

Deno.test("--report jsonl prints the peers of a plan in its order, then the run, next to other reports", async () => {
  const args = ["--plan", "site.yaml", "--report", "json=file", "--report", "jsonl"];
  const { code, out, reports } = await runPlanWorld(args, { files: FILES });
  assert.deepEqual([code, out], [1, ""]);
  const lines = (reports["-"] ?? "").trimEnd().split("\n").map((line) => JSON.parse(line));
  const names = ["Silent one", "Archive", "CT", "Closed", undefined];
  assert.deepEqual(lines.map(({ name }) => name), names);
  assert.deepEqual(lines.at(-1)?.summary, JSON.parse(reports.file ?? "").summary);
});

Deno.test("--report jsonl stops printing when nobody reads, and the run goes on to its end", async () => {
  const args = ["--plan", "site.yaml", "--report", "json=file", "--report", "jsonl"];
  const { code, reports, dialed } = await runPlanWorld(args, {
    files: FILES,
    stopsReading: (text) => text !== "",
  });
  assert.deepEqual([code, dialed.length], [1, 4]);
  assert.equal((reports["-"] ?? "").split("\n").length, 2);
  assert.equal(JSON.parse(reports.file ?? "").entries.length, 4);
});

Deno.test("--exit-codes detailed gives the code of the first that failed in the plan's order", async () => {
  const args = ["--plan", "site.yaml", "--exit-codes", "detailed"];
  assert.equal((await runPlanWorld(args, { files: FILES })).code, 66);
  assert.equal((await runPlanWorld([...args, "--only", "pacs"], { files: FILES })).code, 0);
  assert.equal((await runPlanWorld([...args, "--except", "night"], { files: FILES })).code, 62);
});

Deno.test("--plan on a terminal shows how far it is, takes that away, and prints a table with hints", async () => {
  const { out, err } = await runPlanWorld(["--plan", "site.yaml"], { files: FILES, columns: 100 });
  const [, ...lines] = err.split("\r\x1b[K");
  assert.equal(lines[0], "3/4 done: 2 ok, 1 failed, 1 running");
  assert.equal(lines.at(-1), "");
  assert.ok(out.startsWith("\x1b[1mRESULT   NAME"));
  // deno-lint-ignore no-control-regex
  const plain = timeless(out.replaceAll(/\x1b\[[\d;]*m/g, ""));
  assert.match(
    plain[1] ?? "",
    /^FAILED {3}Silent one {2}silent:104 {2}ECHOSCU calls ANY-SCP +T {2}the peer took /,
  );
  assert.ok(plain.includes("Site: 4 peers in T: 2 passed, 2 failed"));
  assert.ok(plain.some((line) => line.startsWith("  hint: dead answers, but nothing listens")));
  assert.ok(plain.includes("  contact: Joe"));
});

Deno.test("--plan uses neither color nor the same line again where that is not wanted", async () => {
  const world = { files: FILES, columns: 100 };
  for (const [args, env] of [[["--color", "never"], {}], [[], { NO_COLOR: "1" }]] as const) {
    const { out } = await runPlanWorld(["--plan", "site.yaml", ...args], { ...world, env });
    assert.ok(!out.includes("\x1b"));
  }
  const dumb = await runPlanWorld(["--plan", "site.yaml"], { ...world, env: { TERM: "dumb" } });
  assert.ok(!dumb.out.includes("\x1b"));
  assert.equal(dumb.err, "");
  const forced = await runPlanWorld(["--plan", "site.yaml", "--explain", "--color", "always"], {
    files: FILES,
  });
  assert.ok(forced.out.includes("\x1b[1;31m"));
});

Deno.test("--plan fits the table to the terminal as it is at the end of the run", async () => {
  let isWide = true;
  const { out } = await runPlanWorld(["--plan", "site.yaml", "--color", "never"], {
    files: FILES,
    columns: () => isWide ? 100 : 50,
    onDial: () => isWide = false,
  });
  const [table = ""] = out.split("\n\n");
  assert.ok(table.split("\n").every((line) => line.length <= 50), table);
});

Deno.test("-q prints the summary and the failures only", async () => {
  const { out, err } = await runPlanWorld(["--plan", "site.yaml", "-q"], {
    files: FILES,
    columns: 100,
  });
  assert.ok(!out.includes("Archive"));
  assert.match(out, /Site: 4 peers/);
  assert.equal(err, "");
});

Deno.test("-v logs the lines of each check after the name of its peer", async () => {
  const args = ["--plan", "site.yaml", "-v", "--only", "pacs"];
  const { err } = await runPlanWorld(args, { files: FILES });
  assert.deepEqual(err.trimEnd().split("\n"), [
    "I: [Archive] Requesting Association",
    "I: [Archive] Association Accepted (Max Send PDV: 16372)",
    "I: [Archive] Sending Echo Request (MsgID 1)",
    "I: [Archive] Received Echo Response (Success)",
    "I: [Archive] Releasing Association",
  ]);
});

Deno.test("-v with a log in JSON names the peer in a field of its own", async () => {
  const args = ["--plan", "site.yaml", "-v", "--log-format", "json", "--only", "pacs"];
  const { err } = await runPlanWorld(args, { files: FILES });
  const events = err.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.ok(events.length >= 5);
  assert.ok(events.every((event) => JSON.stringify(event).includes('"peer":"Archive"')));
  assert.ok(events.every((event) => !JSON.stringify(event).includes("[Archive]")));
});

Deno.test("a plan with mistakes contacts nobody: all of them on standard error, exit 1", async () => {
  const files = { "bad.yaml": "peers:\n  - { hots: a, port: 0 }\n" };
  const { code, out, err, dialed } = await runPlanWorld(["--plan", "bad.yaml"], { files });
  assert.deepEqual(err.trimEnd().split("\n"), [
    "bad.yaml:2:7: peers[0].hots: unknown key (did you mean host?)",
    "bad.yaml:2:22: peers[0].port: 0 is too small (allowed: 1..65535)",
    "error: 2 errors in the plan, nobody was contacted",
  ]);
  assert.deepEqual([code, out, dialed], [1, "", []]);
});

Deno.test("a plan that cannot be read ends with 20, also with -q", async () => {
  const { code, err } = await runPlanWorld(["--plan", "nowhere.yaml", "-q"]);
  assert.equal(code, 20);
  assert.match(err, /\nerror: nowhere\.yaml does not exist\n$/);
});

Deno.test("--plan-check says that a plan is sound, and contacts nobody", async () => {
  const args = ["--plan", "site.yaml", "--plan-check"];
  const { code, out, err, dialed } = await runPlanWorld(args, { files: FILES });
  assert.deepEqual([code, out, err, dialed], [0, "Site: 4 peers, no errors\n", "", []]);
  const chosen = await runPlanWorld([...args, "--only", "pacs"], { files: FILES });
  assert.equal(chosen.out, "Site: 1 peer, no errors\n");
});

Deno.test("--only with a tag that no peer has is a mistake", async () => {
  const { code, err, dialed } = await runPlanWorld(["--plan", "site.yaml", "--only", "nigth"], {
    files: FILES,
  });
  assert.match(
    err,
    /\nerror: no peer has the tag nigth \(did you mean night\? allowed: night, pacs\)\n$/,
  );
  assert.deepEqual([code, dialed], [1, []]);
});

Deno.test("--peers reads a list from a file or from standard input", async () => {
  const list = "pacs 104\ndead 104 CT # old\n";
  const expected = [
    "passed\tpacs:104\tpacs:104\tT\tECHOSCU_0_1_0",
    "failed\tCT@dead:104\tdead:104\tT\tthe peer's machine answers, but nothing listens on the port",
  ];
  const file = await runPlanWorld(["--peers", "list"], { files: { list } });
  assert.deepEqual(timeless(file.out), [...expected, "list: 2 peers in T: 1 passed, 1 failed"]);
  const input = await runPlanWorld(["--peers", "-"], { input: list });
  assert.deepEqual(timeless(input.out), [
    ...expected,
    "standard input: 2 peers in T: 1 passed, 1 failed",
  ]);
  assert.equal((await runPlanWorld(["--peers", "-"])).code, 20);
});

Deno.test("--peers - hears a signal while nothing comes from standard input", async () => {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const run = await runPlanWorld(["--peers", "-"], { onInput: (raise) => raise(signal) });
    assert.deepEqual([run.code, run.out, run.err, run.dialed], [code, "", "", []]);
  }
});

Deno.test("a list with mistakes is called a list", async () => {
  const { err } = await runPlanWorld(["--peers", "list"], { files: { list: "pacs 0\n" } });
  assert.match(err, /\nerror: 1 error in the list, nobody was contacted\n$/);
});

Deno.test("of a file that is not a list at all the first 100 mistakes are shown", async () => {
  const { err } = await runPlanWorld(["--peers", "junk"], {
    files: { junk: "pacs 0\n".repeat(150) },
  });
  const lines = err.trimEnd().split("\n");
  assert.equal(lines.length, 101);
  assert.match(
    lines[100] ?? "",
    /^error: \d+ errors in the list \(the first 100 are shown\), nobody/,
  );
});

Deno.test("--retries tries again, and says how often", async () => {
  const { code, out, dialed } = await runPlanWorld(
    ["--peers", "list", "--retries", "3", "--retry-delay", "0"],
    { files: { list: "late 104\n" } },
  );
  assert.equal(dialed.length, 3);
  assert.match(out, /ECHOSCU_0_1_0; 3 attempts\n/);
  assert.equal(code, 0);
});

Deno.test("a signal ends the run: what is done is reported, the rest skipped", async () => {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const list = "pacs 104\nsilent 104\nother 104\n";
    const run = await runPlanWorld(["--peers", "list", "--jobs", "1"], {
      files: { list },
      onDial: (host, raise) => {
        if (host === "silent") raise(signal);
      },
    });
    assert.deepEqual(timeless(run.out), [
      "passed\tpacs:104\tpacs:104\tT\tECHOSCU_0_1_0",
      "skipped\tsilent:104\tsilent:104\t\t",
      "skipped\tother:104\tother:104\t\t",
      "list: 3 peers in T: 1 passed, 0 failed, 2 skipped (interrupted)",
    ]);
    assert.equal(run.code, code);
    assert.deepEqual(run.dialed, ["pacs", "silent"]);
  }
});

Deno.test("--deadline ends the run, --peer-deadline an attempt", async () => {
  const list = "silent 104\npacs 104\n";
  const all = await runPlanWorld(["--peers", "list", "--jobs", "1", "--deadline", "0.2"], {
    files: { list },
  });
  assert.match(all.out, /2 skipped \(deadline\)\n$/);
  assert.equal(all.code, 1);
  const one = await runPlanWorld(["--peers", "list", "--jobs", "1", "--peer-deadline", "0.2"], {
    files: { list },
  });
  assert.match(one.out, /^failed\tsilent:104.*\npassed\tpacs:104/);
});

Deno.test("a report on standard output has it to itself", async () => {
  const { out } = await runPlanWorld(["--plan", "site.yaml", "--report", "json"], { files: FILES });
  assert.equal(out, "");
  const beside = await runPlanWorld(["--plan", "site.yaml", "--report", "json=r.json"], {
    files: FILES,
  });
  assert.match(beside.out, /^failed\tSilent one/);
});

Deno.test("TLS that cannot be prepared ends the run before anybody is contacted, and names the peer", async () => {
  const plan = "peers: [{ name: S, host: a, port: 2762, tls: { key: k, certificate: c } }]";
  const files = { "tls.yaml": plan, k: "no key", c: "no certificate" };
  const args = ["--plan", "tls.yaml"];
  const { code, err, dialed } = await runPlanWorld(args, { files });
  assert.match(err, /^F: TLS cannot be set up for peer S, nobody was contacted$/m);
  assert.deepEqual([code, dialed], [1, []]);
  assert.equal((await runPlanWorld([...args, "--exit-codes", "detailed"], { files })).code, 63);
});
