/** Where a recorded log case is played: a directory of its own, its peer, and a receiver of datagrams. */

import { createSocket } from "node:dgram";
import {
  type CaseRunner,
  type DatagramReceiver,
  latin1,
  type LogCase,
  readLogCases,
  replayLogCase,
} from "./log_case.ts";
import { startLogPeer } from "./log_peers.ts";

const CASES = new URL("../golden/log-cases/", import.meta.url);

/** All recorded cases. */
export function logCases(): readonly LogCase[] {
  return readLogCases(CASES);
}

/** Plays a case and lists what differs from the record. */
export async function playLogCase(logCase: LogCase, runner: CaseRunner): Promise<string[]> {
  const directory = Deno.makeTempDirSync();
  const receiver = await openReceiver();
  try {
    await using peer = await startLogPeer(logCase.peer);
    const config = new URL(`${logCase.name}.cfg`, CASES);
    const { port } = peer;
    return await replayLogCase(logCase, runner, { directory, config, port, receiver });
  } finally {
    await receiver.close();
    Deno.removeSync(directory, { recursive: true });
  }
}

async function openReceiver(): Promise<DatagramReceiver & { close(): Promise<void> }> {
  const socket = createSocket("udp4");
  const datagrams: string[] = [];
  let heard = () => {};
  socket.on("message", (bytes: Uint8Array) => {
    datagrams.push(latin1(bytes));
    heard();
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  return {
    port: socket.address().port,
    received: (count) =>
      new Promise((resolve) => {
        // Loopback delivers at once; the limit only keeps a lost datagram from stopping the test.
        const limit = setTimeout(() => resolve(datagrams), 3000);
        heard = () => {
          if (datagrams.length < count) return;
          clearTimeout(limit);
          resolve(datagrams);
        };
        heard();
      }),
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}
