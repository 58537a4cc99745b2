/** The exporter as the program, over real sockets. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import {
  ourProgram,
  type Running,
  runProgram,
  SIGNALS_MISSING,
  startProgram,
} from "../support/run_program.ts";
import { httpMissing, signalsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";

const NO_HTTP = await httpMissing(ourProgram());
const NO_SIGNALS = NO_HTTP ?? await signalsMissing();

interface Exporter extends AsyncDisposable {
  readonly port: number;
  readonly program: Running;
  /** Status and body of an answer. */
  ask(path: string, headers?: Readonly<Record<string, string>>): Promise<readonly [number, string]>;
}

async function startExporter(args: readonly string[]): Promise<Exporter> {
  const port = freePort();
  const program = startProgram(ourProgram(), {
    args: ["--exporter", `127.0.0.1:${port}`, ...args],
  });
  assert.ok(await untilListening(port, { alive: () => program.alive }), program.output());
  return {
    port,
    program,
    async ask(path, headers = {}) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { headers });
      return [answer.status, await answer.text()];
    },
    [Symbol.asyncDispose]: () => program[Symbol.asyncDispose](),
  };
}

async function promtool(text: string): Promise<string> {
  const tool = { command: "promtool", args: ["check", "metrics"] };
  const { code, stdout, stderr } = await runProgram(tool, { args: [], stdin: text });
  return code === 0 && stdout + stderr === "" ? "well" : stdout + stderr;
}

testWith({
  name: "--exporter probes real peers, up and down, and promtool has no complaint",
  missing: NO_HTTP ?? available("storescp") ?? missing({ program: "promtool" }),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    await using exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    const [upStatus, up] = await exporter.ask(`/probe?target=127.0.0.1:${peer.port}`);
    assert.equal(upStatus, 200);
    assert.match(up, /\nechoscu_up 1\n/);
    assert.match(up, /implementation_version_name="OFFIS_DCMTK_367"/);
    const [downStatus, down] = await exporter.ask(`/probe?target=127.0.0.1:${freePort()}`);
    assert.equal(downStatus, 200);
    assert.match(down, /\nechoscu_up 0\n/);
    const [, own] = await exporter.ask("/metrics");
    for (const text of [up, down, own]) assert.equal(await promtool(text), "well");
    assert.equal((await exporter.ask("/probe?target=localhost:22"))[0], 403);
  },
});

testWith({
  name: "--exporter takes peers and modules from a plan",
  missing: NO_HTTP ?? available("storescp"),
  fn: async () => {
    await using peer = await startRealPeer("storescp");
    const plan = await Deno.makeTempFile({ suffix: ".yaml" });
    const text = `groups: { north: { calling: NORTH, repeat: 3 } }
peers: [{ name: archive, host: 127.0.0.1, port: ${peer.port}, called: ARCH, repeat: 2 }]
`;
    await Deno.writeTextFile(plan, text);
    try {
      await using exporter = await startExporter(["--plan", plan]);
      const [status, body] = await exporter.ask("/probe?target=archive");
      assert.equal(status, 200);
      assert.match(body, /\nechoscu_echoes_answered 2\n/);
      const [, north] = await exporter.ask("/probe?target=archive&module=north");
      assert.match(north, /\nechoscu_echoes_answered 3\n/);
      assert.match(peer.log(), /NORTH/);
      assert.equal((await exporter.ask(`/probe?target=127.0.0.1:${freePort()}`))[0], 403);
    } finally {
      await Deno.remove(plan);
    }
  },
});

Deno.test("--exporter without any peer to check says so and ends", async () => {
  const { code, stderr } = await runProgram(ourProgram(), { args: ["--exporter", "0"] });
  assert.equal(code, 1);
  assert.match(stderr, /\nerror: There are no peers to check \(name them by --plan, /);
});

Deno.test("--exporter on a port that is taken says so and ends", async () => {
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const args = ["--exporter", `127.0.0.1:${taken.addr.port}`, "--exporter-allow", "a:1"];
  const { code, stderr } = await runProgram(ourProgram(), { args });
  assert.equal(code, 1);
  assert.match(stderr, /^F: Cannot listen on 127\.0\.0\.1 port \d+: Address already in use/);
});

testWith({
  name: "silent clients keep nobody from being answered",
  missing: NO_HTTP ??
    (Deno.build.os === "linux" ? undefined : "many sockets are opened on Linux only"),
  fn: async () => {
    await using exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    const silent: Deno.Conn[] = [];
    try {
      for (let count = 0; count < 400; count++) {
        const conn = await Deno.connect({ hostname: "127.0.0.1", port: exporter.port });
        await conn.write(new TextEncoder().encode("GET / HTTP/1.1\r\nHost:"));
        silent.push(conn);
      }
      assert.deepEqual(await exporter.ask("/-/healthy"), [200, "healthy\n"]);
    } finally {
      for (const conn of silent) conn.close();
    }
  },
});

testWith({
  name: "Ctrl-C ends probes politely and the program with 130",
  missing: NO_HTTP ?? SIGNALS_MISSING,
  fn: async () => {
    using deaf = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    const probe = exporter.ask(`/probe?target=127.0.0.1:${deaf.addr.port}`);
    using accepted = await deaf.accept();
    const buffer = new Uint8Array(4096);
    assert.ok(await accepted.read(buffer), "the association request");
    assert.equal(await exporter.program.stop("SIGINT"), 130);
    assert.deepEqual(await probe, [503, "the exporter is about to end\n"]);
  },
});

testWith({
  name: "connections that are reset before they are accepted hold nobody up",
  missing: NO_HTTP ?? missing({ program: "python3" }),
  async fn() {
    await using exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    const reset = `
import socket, struct, sys
for _ in range(300):
    one = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    one.close()
`;
    const resetAndAsk = async () => {
      const began = performance.now();
      const { code } = await runProgram({ command: "python3", args: ["-c", reset] }, {
        args: [`${exporter.port}`],
      });
      assert.equal(code, 0);
      assert.deepEqual(await exporter.ask("/-/healthy"), [200, "healthy\n"]);
      return performance.now() - began;
    };
    // With a pause for each, it would be 15 seconds, every time; a machine may be busy for once.
    for (let left = 3; await resetAndAsk() > 10_000; left -= 1) assert.ok(left > 1);
  },
});

testWith({
  name: "a head that is hard to read holds nobody up",
  missing: NO_HTTP,
  async fn() {
    await using exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    using conn = await Deno.connect({ hostname: "127.0.0.1", port: exporter.port });
    const head = `GET / HTTP/1.1\r\nHost: x\r\nX:${" ".repeat(8000)}\u0001\r\n\r\n`;
    await conn.write(new TextEncoder().encode(head));
    assert.deepEqual(await exporter.ask("/-/healthy"), [200, "healthy\n"]);
    const answer = await new Response(conn.readable).text();
    assert.match(answer, /^HTTP\/1\.1 400 /);
  },
});

testWith({
  name: "requests pipelined by the thousand are one request, and hold nobody up",
  missing: NO_HTTP,
  async fn() {
    await using exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    const request = "GET /metrics HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".repeat(2000);
    const answers = await Promise.all(Array.from({ length: 50 }, async () => {
      const conn = await Deno.connect({ hostname: "127.0.0.1", port: exporter.port });
      await conn.write(new TextEncoder().encode(request)).catch(() => {});
      return await new Response(conn.readable).text().catch(() => "");
    }));
    assert.ok(answers.every((text) => text.split("HTTP/1.1 200").length <= 2));
    const [, own] = await exporter.ask("/metrics");
    assert.match(own, /\nechoscu_exporter_answers_total\{code="200"\} 50\n/);
  },
});

testWith({
  name: "--exporter answers by its own names, and by those of --exporter-host",
  missing: NO_HTTP,
  async fn() {
    const args = ["--exporter-allow", "127.0.0.1:*", "--exporter-host", "metrics.example"];
    await using exporter = await startExporter(args);
    const statusFor = async (host: string) => {
      using conn = await Deno.connect({ hostname: "127.0.0.1", port: exporter.port });
      const request = `GET /-/healthy HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
      await conn.write(new TextEncoder().encode(request));
      return (await new Response(conn.readable).text()).slice(9, 12);
    };
    for (const host of [`127.0.0.1:${exporter.port}`, "localhost", "Metrics.example:80"]) {
      assert.equal(await statusFor(host), "200", host);
    }
    assert.equal(await statusFor("rebound.example"), "421");
  },
});

testWith({
  name:
    "SIGHUP and POST /-/reload have --exporter read its plan again, and keep it where it is faulty",
  missing: NO_SIGNALS,
  fn: async () => {
    const plan = await Deno.makeTempFile({ suffix: ".yaml" });
    const write = (text: string) => Deno.writeTextFile(plan, text);
    await write("peers: [{ name: one, host: 127.0.0.1, port: 1 }]\n");
    try {
      await using exporter = await startExporter(["-v", "--plan", plan, "--exporter-reload"]);
      const { program, port } = exporter;
      const names = async () =>
        [...(await exporter.ask("/sd"))[1].matchAll(/\[\s*"(\w+)"/g)]
          .map(([, name]) => name);
      assert.deepEqual(await names(), ["one"]);
      await write("peers: [{ name: two, host: 127.0.0.1, port: 1 }]\n");
      Deno.kill(program.pid, "SIGHUP");
      await untilTrue(async () => (await names())[0] === "two", program);
      await untilTrue(
        () => program.output().includes("I: The plan is reloaded: 1 peer\n"),
        program,
      );
      await write("peers: [{ name: three, hots: 127.0.0.1, port: 1 }]\n");
      Deno.kill(program.pid, "SIGHUP");
      const refused = /E: The plan is not reloaded, the old one is kept: .*\bhots\b.*\n/;
      await untilTrue(() => refused.test(program.output()), program);
      assert.deepEqual(await names(), ["two"]);
      const post = async (headers = {}) => {
        const url = `http://127.0.0.1:${port}/-/reload`;
        const answer = await fetch(url, { method: "POST", headers });
        return [answer.status, await answer.text()] as const;
      };
      const [status, text] = await post();
      assert.equal(status, 500);
      assert.match(text, /^The plan is not reloaded, the old one is kept: .*\bhots\b.*\n$/);
      await write("peers: [{ name: four, host: a, port: 1 }, { name: five, host: b, port: 1 }]\n");
      assert.equal((await post({ "Sec-Fetch-Site": "cross-site" }))[0], 403);
      assert.deepEqual(await post(), [200, "The plan is reloaded: 2 peers\n"]);
      assert.deepEqual(await names(), ["four", "five"]);
      assert.equal(await program.stop(), 143);
    } finally {
      await Deno.remove(plan);
    }
  },
});

testWith({
  name: "--exporter with a log in JSON prints nothing else when its plan is read again",
  missing: NO_SIGNALS,
  fn: async () => {
    const plan = await Deno.makeTempFile({ suffix: ".yaml" });
    await Deno.writeTextFile(plan, "peers: [{ name: one, host: 127.0.0.1, port: 1 }]\n");
    try {
      await using exporter = await startExporter(["-v", "--log-format", "json", "--plan", plan]);
      const { program } = exporter;
      Deno.kill(program.pid, "SIGHUP");
      await untilTrue(() => program.output().includes('"The plan is reloaded: 1 peer"'), program);
      assert.equal(await program.stop(), 143);
      const others = program.output().trimEnd().split("\n").filter((line) => !line.startsWith("{"));
      // Scripts wait for this one.
      assert.match(others.join("\n"), /^Listening on 127\.0\.0\.1 port \d+$/);
    } finally {
      await Deno.remove(plan);
    }
  },
});

testWith({
  name: "SIGHUP ends an --exporter that has no plan as SIGTERM does",
  missing: NO_SIGNALS,
  fn: async () => {
    const exporter = await startExporter(["--exporter-allow", "127.0.0.1:*"]);
    assert.equal(await exporter.program.stop("SIGHUP"), 143);
  },
});
