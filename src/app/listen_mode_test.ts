import assert from "node:assert/strict";
import { JumpingClock, settle } from "../../tests/support/jumping_clock.ts";
import { listenInMemory } from "../../tests/support/memory_stream.ts";
import { stillWorld } from "../../tests/support/still_world.ts";
import { loadScpLines } from "../log/mod.ts";
import { DialError, ListenError } from "../transport/mod.ts";
import { run, type World } from "./mod.ts";

// Loaded beforehand: the clock below does not wait for files.
await Promise.all([loadScpLines(), import("./listen_mode.ts"), import("./selftest_mode.ts")]);

function worldOf(args: readonly string[], changes: Partial<World> = {}) {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const printed = { out: "", err: "" };
  const listened: (readonly [string | undefined, number])[] = [];
  const decoder = new TextDecoder();
  const world = stillWorld({
    args,
    writeOut(bytes) {
      printed.out += decoder.decode(bytes);
      return Promise.resolve("written");
    },
    writeErr: (bytes) => void (printed.err += decoder.decode(bytes)),
    clock,
    signal: stop.signal,
    dial: () => Promise.resolve(listening.dial()),
    listen: ({ address, port }) => {
      listened.push([address, port]);
      return Promise.resolve(listening);
    },
    ...changes,
  });
  return { clock, listening, stop, printed, listened, world };
}

const NO_PERMISSION = Object.assign(new Error("Permission denied (os error 13)"), {
  code: "EACCES",
});

Deno.test("--listen prints where it listens on standard output, and ends with the signal's code", async () => {
  for (const [signal, code] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
    const { clock, stop, printed, listened, world } = worldOf(["--listen", "127.0.0.1:0"]);
    const done = run(world);
    await settle();
    stop.abort(signal);
    assert.equal(await clock.until(done), code);
    assert.deepEqual(printed, { out: "Listening on 192.0.2.2 port 11112\n", err: "" });
    assert.deepEqual(listened, [["127.0.0.1", 0]]);
  }
});

Deno.test("--listen -v logs when it starts and stops, and a line for each connection", async () => {
  const { clock, listening, stop, printed, world } = worldOf(["--listen", "0", "-v"]);
  const done = run(world);
  await settle();
  listening.connect().hangUp();
  await settle();
  stop.abort("SIGINT");
  await clock.until(done);
  assert.deepEqual(printed.err.split("\n"), [
    "I: Listening on 192.0.2.2 port 11112, at most 50 associations at once",
    "I: Connection from 192.0.2.1 port 40000: closed by the peer without a request",
    "I: Stopping because of SIGINT",
    "I: Stopped after 0 associations, 0 echoes",
    "",
  ]);
});

Deno.test("--listen takes -i4 and -i6 for an address that is left open only", async () => {
  const asked = [["0", "-i4"], ["0", "-i6"], ["0"], ["[::1]:0", "-i4"]].map(async (args) => {
    const { clock, stop, listened, world } = worldOf(["--listen", ...args]);
    stop.abort("SIGINT");
    await clock.until(run(world));
    return listened[0]?.[0];
  });
  assert.deepEqual(await Promise.all(asked), ["0.0.0.0", "::", undefined, "::1"]);
});

Deno.test("--listen says why it cannot listen", async () => {
  for (const [codes, code] of [["default", 1], ["detailed", 60]] as const) {
    const { printed, world } = worldOf(["--listen", "104", "--exit-codes", codes], {
      listen: () => Promise.reject(new ListenError(NO_PERMISSION)),
    });
    assert.equal(await run(world), code);
    assert.deepEqual(printed, {
      out: "",
      err: "F: Cannot listen on port 104: Permission denied\n",
    });
  }
});

Deno.test("--listen says why a port is refused, on Windows by its reserved ranges", async () => {
  for (
    const [target, hint] of [
      ["x86_64-unknown-linux-gnu", /^hint: ports below 1024 /m],
      ["x86_64-pc-windows-msvc", /^hint: .* netsh interface ipv4 show excludedportrange tcp /m],
    ] as const
  ) {
    const { printed, world } = worldOf(["--listen", "104", "--explain"], {
      listen: () => Promise.reject(new ListenError(NO_PERMISSION)),
      target,
    });
    await run(world);
    assert.match(printed.err, hint);
  }
});

Deno.test("--listen announces an even maximum length, and warns like a check", async () => {
  const { clock, stop, printed, world } = worldOf(["--listen", "0", "-pdu", "4097"]);
  stop.abort("SIGINT");
  await clock.until(run(world));
  assert.equal(printed.err, "W: ASSOC: PDV receive length 4097 is odd (using 4096)\n");
});

Deno.test("--listen refuses TLS without a key instead of leaving it out", async () => {
  const { clock, printed, world } = worldOf(["--listen", "0", "+tla"]);
  assert.equal(await clock.until(run(world)), 1);
  assert.equal(printed.out, "");
  assert.match(printed.err, /\nerror: --listen with TLS needs --enable-tls\n$/);
});

Deno.test("--selftest checks its own answering side and says that it passed", async () => {
  const { clock, printed, listened, world } = worldOf(["--selftest", "-tls", "--repeat", "3"]);
  assert.equal(await clock.until(run(world)), 0);
  assert.deepEqual(listened, [["127.0.0.1", 0]]);
  assert.equal(
    printed.out,
    "Self-test passed: 3 echoes verified over TCP at 192.0.2.2 port 11112 in 0.0 ms\n",
  );
  const lines = printed.err.split("\n");
  assert.equal(lines.filter((line) => line === "I: Received Echo Response (Success)").length, 3);
  assert.ok(lines.some((line) => line.endsWith(": 3 echoes answered, released")), printed.err);
});

Deno.test("--selftest -q prints its verdict only", async () => {
  const { clock, printed, world } = worldOf(["--selftest", "-tls", "-q"]);
  assert.equal(await clock.until(run(world)), 0);
  assert.equal(printed.err, "");
  assert.match(printed.out, /^Self-test passed: 1 echo /);
});

Deno.test("--selftest says what failed, and exits with 1", async () => {
  const refused = Object.assign(new Error("refused"), { code: "ECONNREFUSED" });
  const unreachable = worldOf(["--selftest", "-tls", "-q"], {
    dial: () => Promise.reject(new DialError("refused", refused)),
  });
  assert.equal(await unreachable.clock.until(run(unreachable.world)), 1);
  assert.match(unreachable.printed.out, /^Self-test failed: .+\n$/);
  const closed = worldOf(["--selftest", "-tls", "-q"], {
    listen: () => Promise.reject(new ListenError(NO_PERMISSION)),
  });
  assert.equal(await run(closed.world), 1);
  assert.equal(
    closed.printed.out,
    "Self-test failed: Cannot listen on 127.0.0.1 port 0: Permission denied\n",
  );
});

Deno.test("--selftest ends with the signal's code when it is interrupted", async () => {
  const { clock, stop, world } = worldOf(["--selftest", "-tls", "-q"], {
    dial: (_target, signal) =>
      new Promise((_resolve, reject) => {
        signal?.addEventListener("abort", () => reject(signal.reason));
      }),
  });
  const done = run(world);
  await settle();
  stop.abort("SIGTERM");
  assert.equal(await clock.until(done), 143);
});
