/**
 * SIGUSR1 and the runtime's debugger: Deno 2.9.6 opens it on 127.0.0.1:9229 at that signal, where every user of the
 * machine may then run code in the process. Our program ends instead, as the reference does, and before that.
 */

import assert from "node:assert/strict";
import { findProgram } from "../support/installed.ts";
import { freePort } from "../support/ports.ts";
import { ourProgram, type Program, startProgram } from "../support/run_program.ts";
import { signalsMissing } from "../support/runtime_of.ts";
import { startPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";

const NO_SIGNALS = await signalsMissing();
const notLinux = Deno.build.os === "linux" ? NO_SIGNALS : "signals of a process are read in /proc";

/** What the runtime prints when it opens its debugger, or fails to because somebody else has the port. */
const DEBUGGER = /Debugger listening|inspector server/;

/** The runtime looks for the signal only after half a second. */
const GRACE_MS = 1_000;

/** Modes that last, by what they print when they have begun. */
const MODES: Readonly<
  Record<string, { readonly args: (port: number) => string[]; begun: RegExp }>
> = {
  "a check that waits": { args: (port) => ["-v", "127.0.0.1", `${port}`], begun: /Requesting/ },
  "--watch": { args: (port) => ["--watch", "1", "-v", "127.0.0.1", `${port}`], begun: /Request/ },
  "--listen": { args: () => ["--listen", `127.0.0.1:${freePort()}`], begun: /Listening on/ },
  "--exporter": {
    args: () => ["--exporter", `127.0.0.1:${freePort()}`, "--exporter-allow", "*:*"],
    begun: /127\.0\.0\.1/,
  },
};

for (const [mode, { args, begun }] of Object.entries(MODES)) {
  testWith({
    name: `SIGUSR1 ends ${mode} at once, and opens no debugger`,
    missing: NO_SIGNALS,
    async fn() {
      await using silent = await startPeer(async (connection) => {
        await connection.drain(120_000);
        return undefined;
      });
      await using program = startProgram(ourProgram(), { args: args(silent.port) });
      await untilTrue(() => begun.test(program.output()), program);
      await pause(GRACE_MS);
      assert.equal(await program.stop("SIGUSR1"), 138);
      assert.doesNotMatch(program.output(), DEBUGGER);
    },
  });
}

testWith({
  name: "a program that is started with SIGUSR1 blocked goes on, without a debugger",
  missing: notLinux ??
    (findProgram("env") === undefined || !await blocks() ? "env cannot block signals" : undefined),
  async fn() {
    const { command, args } = ourProgram();
    const blocked = { command: "env", args: ["--block-signal=USR1", command, ...args] };
    const listen = ["--listen", `127.0.0.1:${freePort()}`];
    await using program = startProgram(blocked, { args: listen });
    await untilTrue(() => program.output().includes("Listening on"), program);
    await pause(GRACE_MS);
    Deno.kill(program.pid, "SIGUSR1");
    await pause(GRACE_MS);
    assert.ok(program.alive);
    assert.equal(await program.stop("SIGTERM"), 143);
    assert.doesNotMatch(program.output(), DEBUGGER);
  },
});

testWith({
  name: "the runtime still opens its debugger at SIGUSR1 for programs that do not end by it",
  missing: notLinux,
  async fn() {
    const file = await Deno.makeTempFile({ suffix: ".js" });
    await Deno.writeTextFile(file, "setInterval(() => {}, 1000);");
    const bare: Program = { command: Deno.execPath(), args: ["run", "--no-config", file] };
    await using program = startProgram(bare, { args: [] });
    await untilTrue(() => catchesUsr1(program.pid), program);
    Deno.kill(program.pid, "SIGUSR1");
    // Should this fail with a new Deno: main.ts need no longer end by SIGUSR1, and docs/security.md is to be changed.
    await untilTrue(() => DEBUGGER.test(program.output()), program);
    await Deno.remove(file);
  },
});

/** Whether a process has a handler for SIGUSR1, which is signal 10. */
function catchesUsr1(pid: number): boolean {
  const caught = /^SigCgt:\s*([\da-f]+)$/m.exec(Deno.readTextFileSync(`/proc/${pid}/status`))?.[1];
  return (BigInt(`0x${caught ?? "0"}`) & (1n << 9n)) !== 0n;
}

async function blocks(): Promise<boolean> {
  const { success } = await new Deno.Command("env", {
    args: ["--block-signal=USR1", "true"],
    stderr: "null",
  }).output();
  return success;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
