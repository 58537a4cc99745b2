/** Many peers at once, with the whole program and real sockets. */

import assert from "node:assert/strict";
import { findProgram } from "../support/installed.ts";
import { type Site, type SitePeer, startSite } from "../support/plan_site.ts";
import { type Limits, patiently } from "../support/patiently.ts";
import { ourProgram, type Run, runProgram, startProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";

const COUNTS = { answers: 130, rejects: 30, silent: 10, dead: 30 };

/** What the plan expects of the peers of some kinds: of every second one, so that there is something to fail. */
function expectationOf({ kind }: SitePeer, at: number): string | undefined {
  if (at % 2 === 0) return undefined;
  if (kind === "rejects") return "rejected: 1/1/7";
  return kind === "dead" ? "reachable: false" : undefined;
}

function planOf(peers: readonly SitePeer[], acseSeconds = 1): string {
  const entries = peers.map((peer, at) => {
    const { name, host, port } = peer;
    const expect = expectationOf(peer, at);
    const more = expect === undefined ? "" : `, expect: { ${expect} }`;
    return `  - { name: ${name}, host: ${host}, port: ${port}${more} }\n`;
  });
  return `defaults: { timeouts: { acse: ${acseSeconds}, connect: 60 } }\npeers:\n${
    entries.join("")
  }`;
}

/** A plan in a file of its own; `await using` removes it. */
async function planFile(text: string): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await Deno.makeTempFile({ suffix: ".yaml" });
  await Deno.writeTextFile(path, text);
  return { path, [Symbol.asyncDispose]: () => Deno.remove(path) };
}

async function runPlan(
  site: Site,
  { options, limits }: { readonly options: readonly string[]; readonly limits: Limits },
): Promise<Run> {
  await using plan = await planFile(planOf(site.peers, limits.factor));
  const args = ["--plan", plan.path, "--jobs-per-host", "32", ...options];
  return await runProgram(ourProgram(), { args });
}

/** The peers as the lines should tell them. */
function expected(peers: readonly SitePeer[]): readonly string[] {
  return peers.map((peer, at) => {
    const isFine = peer.kind === "answers" || expectationOf(peer, at) !== undefined;
    return `${isFine ? "passed" : "failed"} ${peer.name}`;
  });
}

function told({ stdout }: Run): readonly string[] {
  const lines = stdout.trimEnd().split("\n").slice(0, -1);
  return lines.map((line) => line.split("\t").slice(0, 2).join(" "));
}

Deno.test("our program distinguishes 200 peers, in the order of the plan, however many at once", async () => {
  await using site = await startSite(COUNTS);
  for (const jobs of ["32", "200"]) {
    await patiently(async (limits) => {
      const run = await runPlan(site, { options: ["--jobs", jobs], limits });
      assert.deepEqual(told(run), expected(site.peers));
      const passed = expected(site.peers).filter((line) => line.startsWith("passed ")).length;
      assert.ok(passed > COUNTS.answers && passed < 200 - COUNTS.silent);
      const summary = new RegExp(`: 200 peers in .*: ${passed} passed, ${200 - passed} failed\\n$`);
      assert.match(run.stdout, summary);
      assert.equal(run.stderr, "");
      assert.equal(run.code, 1);
    });
  }
});

Deno.test("our program gives the detailed code of the first of 200 peers that failed", async () => {
  await using site = await startSite({ answers: 150, rejects: 0, silent: 0, dead: 50 });
  await patiently(async (limits) => {
    const run = await runPlan(site, { options: ["--exit-codes", "detailed"], limits });
    assert.equal(run.code, 62);
  });
});

testWith({
  name: "our program checks all peers although it may open few files at once",
  missing: Deno.build.os === "windows" || findProgram("bash") === undefined
    ? "no bash with ulimit"
    : undefined,
  fn: async () => {
    await using site = await startSite({ answers: 200, rejects: 0, silent: 0, dead: 0 });
    await using plan = await planFile(planOf(site.peers, 60));
    const { command, args } = ourProgram();
    const limited = {
      command: "bash",
      args: ["-c", 'ulimit -n 48; exec "$0" "$@"', command, ...args],
    };
    const options = ["--plan", plan.path, "--jobs", "100", "--jobs-per-host", "100"];
    const run = await runProgram(limited, { args: options });
    assert.match(run.stdout, /: 200 passed, 0 failed\n$/);
    assert.equal(run.code, 0);
  },
});

/** Twenty different mistakes, each with the key it is told at and what is said of it. */
const MISTAKES = [
  ["prot: 104", "prot", "unknown key (did you mean port?)"],
  ["maxLatency: 1", "maxLatency", "unknown key (it belongs into expect)"],
  ["called: A_TITLE_OF_17_CHR", "called", "A_TITLE_OF_17_CHR is not allowed"],
  ["calling: ${ME}", "calling", "environment variables are for secrets only"],
  ["family: ipv5", "family", "ipv5 is not allowed (did you mean ipv4?"],
  ["timeouts: 5", "timeouts", "a single value is not allowed here"],
  ["timeouts:\n      connect: 5 s", "timeouts.connect", "5 s is not a time"],
  ["deadline: 0", "deadline", "0 is too short"],
  ["repeat: many", "repeat", "many is not a whole number"],
  ["maxPdu: 100", "maxPdu", "100 is too small (allowed: 4096..131072)"],
  ['proposals:\n      contexts: "2"', "proposals.contexts", '"2" in quotes is text, not a number'],
  ["abort: yes", "abort", "yes is neither true nor false"],
  ["tags: pacs", "tags", "a single value is not allowed here"],
  ["tags:\n      - two words", "tags[0]", "two words is not allowed"],
  ["note:", "note", "there is no value"],
  ["group: pcas", "group", "there is no group pcas (did you mean pacs?"],
  ["expect:\n      rejected: 1/2", "expect.rejected", "1/2 is not allowed"],
  ["expect: { reachable: false, maxLatency: 1 }", "expect.maxLatency", "this cannot be expected"],
  ["tls:\n      ca: [nowhere.pem]", "tls.ca[0]", ""],
  ["tls:\n      ciphers: x", "tls.ciphers", "a single value is not allowed here"],
] as const;

Deno.test("our program contacts nobody when the plan has 20 different mistakes, and finds them all", async () => {
  await using site = await startSite({ answers: MISTAKES.length, rejects: 0, silent: 0, dead: 0 });
  const peers = site.peers.map(({ name, host, port }, at) =>
    `  - name: ${name}\n    host: ${host}\n    port: ${port}\n    ${MISTAKES[at]?.[0]}\n`
  );
  await using plan = await planFile(`groups: { pacs: {} }\npeers:\n${peers.join("")}`);
  const run = await runProgram(ourProgram(), { args: ["--plan", plan.path] });
  const lines = run.stderr.trimEnd().split("\n");
  assert.equal(lines.pop(), "error: 20 errors in the plan, nobody was contacted");
  assert.equal(lines.length, MISTAKES.length, run.stderr);
  for (const [at, [, key, words]] of MISTAKES.entries()) {
    const line = lines[at]?.replace(plan.path, "plan") ?? "";
    assert.match(line, /^plan:\d+:\d+: /);
    assert.ok(line.includes(`: peers[${at}].${key}: ${words}`), line);
  }
  assert.deepEqual([run.code, run.stdout, site.connections()], [1, "", 0]);
});

testWith({
  name: "our program reports what is done when it is interrupted, and ends with 130",
  missing: Deno.build.os === "windows" ? "no SIGINT for single processes" : undefined,
  fn: async () => {
    await using site = await startSite({ answers: 1, rejects: 0, silent: 3, dead: 1 });
    const entries = site.peers.toSorted((a, b) => a.kind.localeCompare(b.kind));
    const text = planOf(entries, 60);
    await using plan = await planFile(text);
    const args = ["--plan", plan.path, "--jobs-per-host", "9"];
    await using program = startProgram(ourProgram(), { args });
    // The first two are done: their lines have come.
    await untilTrue(() => program.output().split("\n").length >= 3, program);
    assert.equal(await program.stop("SIGINT"), 130);
    assert.deepEqual(
      program.output().split("\n").map((line) => line.split("\t")[0]?.split(" ").at(-1)),
      [
        "passed",
        "passed",
        "skipped",
        "skipped",
        "skipped",
        "(interrupted)",
        "",
      ],
    );
  },
});

Deno.test("our program reads peers from standard input", async () => {
  await using site = await startSite({ answers: 2, rejects: 0, silent: 0, dead: 1 });
  const stdin = site.peers.map(({ host, port }) => `${host} ${port}\n`).join("");
  const run = await runProgram(ourProgram(), { args: ["--peers", "-"], stdin });
  assert.match(run.stdout, /^standard input: 3 peers in .*: 2 passed, 1 failed$/m);
  assert.equal(run.code, 1);
});

Deno.test("hints for the peers of a list and of a plan are in the words of each", async () => {
  await using site = await startSite({ answers: 0, rejects: 1, silent: 0, dead: 0 });
  const [{ host, port } = assert.fail()] = site.peers;
  const lists = {
    "--peers": [`host,port\n${host},${port}\n`, /own title with the column "called", in its/],
    "--plan": [`peers: [{ host: ${host}, port: ${port} }]\n`, /own title with called, in its/],
  } as const;
  const file = await Deno.makeTempFile();
  try {
    for (const [option, [text, hint]] of Object.entries(lists)) {
      await Deno.writeTextFile(file, text);
      const run = await runProgram(ourProgram(), { args: [option, file, "--report", "jsonl"] });
      const [line = ""] = run.stdout.split("\n");
      assert.match(JSON.parse(line).failure.hint, hint);
    }
  } finally {
    await Deno.remove(file);
  }
});
