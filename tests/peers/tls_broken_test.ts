/** TLS that breaks after its handshake is reported as that, and not as the network's fault. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { startOpensslServer } from "../support/openssl_server.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

/** A record of application data that no key belongs to. */
const FORGED = Uint8Array.fromHex("1703030030" + "aa".repeat(48));

/** The content type of a record of application data. */
const APPLICATION_DATA = 0x17;

/** Passes a handshake on to `port`, and meets the first words of DICOM with `answer`. */
async function startBreaker(
  port: number,
  answer: (client: Socket) => void,
): Promise<AsyncDisposable & { readonly port: number }> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const peer = connect(port, "127.0.0.1");
    for (const socket of [client, peer]) {
      sockets.add(socket);
      socket.on("error", () => {});
    }
    peer.on("data", (chunk) => client.write(chunk));
    client.on("data", (chunk) => {
      if (chunk[0] === APPLICATION_DATA) answer(client);
      else peer.write(chunk);
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

const ROWS = {
  "a record that cannot be decrypted": {
    answer: (client: Socket) => void client.write(FORGED),
    situation: "fault: peer, situation: association-tls-broken",
  },
  "a reset": {
    answer: (client: Socket) => void client.resetAndDestroy(),
    situation: "fault: network, situation: reset-over-tls",
  },
  "an end": {
    answer: (client: Socket) => void client.end(),
    situation: "fault: peer, situation: closed-over-tls",
  },
} as const;

for (const [what, { answer, situation }] of Object.entries(ROWS)) {
  testWith({
    name: `${what} after the TLS handshake is reported as what it is`,
    missing: await tlsTestsMissing(),
    async fn() {
      const cwd = await sharedPki();
      const options = ["-cert", "server-good.pem", "-key", "server-good.key", "-tls1_2"];
      await using server = await startOpensslServer(options, cwd);
      await using breaker = await startBreaker(server.port, answer);
      const args = ["--explain", "-ta", "20", "+tla", "+cf", "ca.pem"];
      const run = await runProgram(ourProgram(), {
        args: [...args, "127.0.0.1", String(breaker.port)],
        cwd,
      });
      assert.match(run.stderr, new RegExp(`${situation}\\n$`));
      assert.equal(run.code, 1);
    },
  });
}
