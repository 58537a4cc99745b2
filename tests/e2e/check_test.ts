/** The main jobs from outside, on every system: no program of other vendors is needed. */

import assert from "node:assert/strict";
import { HEADER, IDENTIFICATION } from "../../src/options/mod.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { freePort } from "../support/ports.ts";
import { ourProgram, type Run, runProgram, startProgram } from "../support/run_program.ts";
import { tlsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";

const ours = ourProgram();

function run(...args: readonly string[]): Promise<Run> {
  return runProgram(ours, { args });
}

Deno.test("a check of a peer that answers prints nothing and ends with 0", async () => {
  await using peer = await startOurPeer();
  const { code, stdout, stderr } = await run(...peer.args);
  assert.deepEqual({ code, stdout, stderr }, { code: 0, stdout: "", stderr: "" });
});

Deno.test("-v says what happens, in the reference's words, on standard error", async () => {
  await using peer = await startOurPeer();
  const { code, stdout, stderr } = await run("-v", ...peer.args);
  assert.deepEqual(stderr.split("\n"), [
    "I: Requesting Association",
    "I: Association Accepted (Max Send PDV: 16372)",
    "I: Sending Echo Request (MsgID 1)",
    "I: Received Echo Response (Success)",
    "I: Releasing Association",
    "",
  ]);
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "" });
});

Deno.test("a port where nobody listens ends with 1, detailed with 62", async () => {
  const peer = ["127.0.0.1", `${freePort()}`];
  const { code, stderr } = await run(...peer);
  assert.match(stderr, /^F: Association Request Failed: 0006:031c TCP Initialization Error: /);
  assert.equal(code, 1);
  assert.equal((await run("--exit-codes", "detailed", ...peer)).code, 62);
});

Deno.test("a wrong call ends with 1 and says why after the header", async () => {
  const { code, stdout, stderr } = await run("--nope", "127.0.0.1", "104");
  assert.deepEqual({ code, stdout }, { code: 1, stdout: "" });
  assert.equal(stderr, `${HEADER}error: Unknown option --nope\n`);
});

Deno.test("--version begins with our identification", async () => {
  const { code, stdout } = await run("--version");
  assert.equal(stdout.split("\n")[0], IDENTIFICATION);
  assert.equal(code, 0);
});

/** Whether a file is a script that starts the bundle, as laboratories have. */
async function startsBundle(path: string): Promise<boolean> {
  if ((await Deno.stat(path)).size > 4096) return false;
  const text = await Deno.readTextFile(path);
  return text.startsWith("#!") && text.includes("main.js");
}

Deno.test("an executable names the commit it was made from, the sources do not", async () => {
  const { stdout } = await run("--version");
  const isExecutable = ours.args.length === 0 && !(await startsBundle(ours.command));
  assert.equal(/^Commit: [\w.-]+$/m.test(stdout), isExecutable);
});

const noTls = await tlsMissing(ours);

Deno.test("--selftest verifies over TCP without any peer", async () => {
  const verified = /^Self-test passed: 1 echo verified over TCP at 127\.0\.0\.1 port \d+ in /m;
  // Its part over TLS is not waited for: it cannot come about everywhere.
  await using program = startProgram(ours, { args: ["--selftest"] });
  await untilTrue(() => verified.test(program.output()), program);
});

testWith({
  name: "--selftest verifies over TLS too, and ends with 0",
  missing: noTls,
  async fn() {
    const { code, stdout } = await run("--selftest");
    assert.match(stdout, /\nSelf-test passed: 1 echo verified over TLSv1\.[23] /);
    assert.equal(code, 0);
  },
});

Deno.test("texts for files come out whole: manual page, sample configuration, completions", async () => {
  for (const [args, start] of PRINTED) {
    const { code, stdout, stderr } = await run(...args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
    assert.ok(stdout.startsWith(start), `${args.join(" ")}: ${stdout.slice(0, 60)}`);
  }
});

const PRINTED: readonly (readonly [readonly string[], string])[] = [
  [["--print-log-config"], "# Sample configuration"],
  [["--print-plan"], "# yaml-language-server: $schema=plan.schema.json\n"],
  [["--print-plan-schema"], '{\n  "$schema": "https://json-schema.org/'],
  [["--completions", "bash"], "# bash completion"],
  [["--help"], HEADER],
];
