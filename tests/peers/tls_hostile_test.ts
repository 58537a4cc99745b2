/** Handshakes with hostile peers end in time and with the right words. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { dial, loadTlsTransport, TlsError } from "../../src/transport/mod.ts";
import { patiently } from "../support/patiently.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { freePort, untilListening } from "../support/ports.ts";
import type { TlsProblem, TlsSettings } from "../../src/tls/types.ts";
import { signalChild } from "../support/signal_child.ts";

const SETTINGS: TlsSettings = {
  engine: "runtime",
  offer: {
    versions: [0x0304, 0x0303],
    suites: [0x1302, 0x1301, 0xc02f],
    groups: [0x17],
    shares: [0x17],
    schemes: [0x0804, 0x0401],
  },
  minVersion: "TLSv1.2",
  maxVersion: "TLSv1.3",
  identity: undefined,
  serverName: undefined,
  asksClients: false,
  judge: () => assert.fail("nobody to be judged"),
};

/** Start of a ServerHello that announces 16 MB. */
const ENDLESS_MESSAGE = Uint8Array.fromHex("16030340000200ffff0303");

interface Hostile {
  readonly does: string;
  readonly play: (socket: Socket) => void;
  readonly becomes: TlsProblem["kind"];
  /** The same with our own engine, where that says it better. */
  readonly becomesOwn?: TlsProblem["kind"];
}

const HOSTILES: readonly Hostile[] = [
  { does: "says nothing", play: () => {}, becomes: "timed-out" },
  {
    does: "sends one byte now and then",
    play(socket) {
      const timer = setInterval(() => socket.write(Uint8Array.of(0x16)), 100);
      socket.once("close", () => clearInterval(timer));
    },
    becomes: "not-tls",
  },
  {
    does: "sends a record byte by byte",
    play(socket) {
      socket.write(ENDLESS_MESSAGE);
      const timer = setInterval(() => socket.write(Uint8Array.of(0)), 100);
      socket.once("close", () => clearInterval(timer));
    },
    becomes: "timed-out",
  },
  {
    does: "announces a record longer than there may be",
    play: (socket) => void socket.write(Uint8Array.fromHex("160303ffff02000001")),
    becomes: "too-long",
  },
  {
    does: "sends a handshake message without end",
    play(socket) {
      const record = new Uint8Array(5 + 16_384);
      record.set(ENDLESS_MESSAGE);
      const send = (): void => {
        while (!socket.destroyed && socket.write(record));
      };
      socket.on("drain", send);
      send();
    },
    becomes: "too-long",
    becomesOwn: "violation",
  },
  {
    does: "breaks off inside its first message",
    play: (socket) => void socket.end(Uint8Array.fromHex("160303007a0200007603")),
    becomes: "ended",
  },
  {
    does: "answers in plain DICOM",
    play: (socket) => void socket.write(Uint8Array.fromHex("07000000000400000201")),
    becomes: "not-tls",
  },
  {
    does: "sends warnings for ever",
    play(socket) {
      const timer = setInterval(() => socket.write(Uint8Array.fromHex("15030300020164")), 5);
      socket.once("close", () => clearInterval(timer));
    },
    becomes: "malformed",
    becomesOwn: "violation",
  },
];

const ENGINES = ["runtime", "own"] as const;

for (
  const [{ does, play, ...ends }, engine] of HOSTILES.flatMap((row) =>
    ENGINES.map((engine) => [row, engine] as const)
  )
) {
  Deno.test({
    name: `a handshake of the ${engine} engine ends with a peer that ${does}`,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      patiently(async ({ factor }) => {
        const sockets = new Set<Socket>();
        const server = createServer((socket) => {
          sockets.add(socket);
          socket.on("error", () => {});
          socket.resume();
          play(socket);
        });
        server.listen(0, "127.0.0.1");
        await once(server, "listening");
        const { port } = server.address() as AddressInfo;
        const target = {
          host: "127.0.0.1",
          port,
          family: "any",
          connectTimeoutSeconds: 5,
        } as const;
        const { secureClient } = await loadTlsTransport();
        const stream = await dial(target);
        const limits = { idleSeconds: 0.5 * factor, totalSeconds: factor };
        const error: unknown = await secureClient(stream, {
          settings: { ...SETTINGS, engine },
          host: "127.0.0.1",
          ...limits,
        }).then(() => undefined, (reason) => reason);
        for (const socket of sockets) socket.destroy();
        server.close();
        assert.ok(error instanceof TlsError, String(error));
        const becomes = engine === "own" ? ends.becomesOwn ?? ends.becomes : ends.becomes;
        assert.equal(error.problem.kind, becomes, JSON.stringify(error.problem));
      }),
  });
}

testWith({
  name: "a server that wants to renegotiate does not hold us up",
  missing: await tlsTestsMissing(),
  async fn() {
    const cwd = await sharedPki();
    const port = freePort("0.0.0.0");
    const server = new Deno.Command("openssl", {
      args: [
        ...["s_server", "-accept", String(port), "-tls1_2", "-legacy_renegotiation"],
        ...["-cert", "server-good.pem", "-key", "server-good.key"],
      ],
      cwd,
      stdin: "piped",
      stdout: "null",
      stderr: "null",
    }).spawn();
    let isAlive = true;
    const ended = server.status.then(() => isAlive = false);
    await untilListening(port, { alive: () => isAlive });
    const writer = server.stdin.getWriter();
    const asking = setInterval(() => {
      writer.write(new TextEncoder().encode("r\n")).catch(() => {});
    }, 100);
    const args = ["-ta", "2", "+tla", "+cf", "ca.pem", "localhost", String(port)];
    const run = await runProgram(ourProgram(), { args, cwd });
    clearInterval(asking);
    if (isAlive) signalChild(server, "SIGKILL");
    await ended;
    await writer.close().catch(() => {});
    assert.ok(!run.killed);
    assert.equal(run.code, 1, run.stderr);
    assert.match(run.stderr, /^F: Association Request Failed: /);
  },
});
