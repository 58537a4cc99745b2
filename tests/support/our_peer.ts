/** Our own answering side as a peer, where no other is installed. */

import { freePort, untilListening } from "./ports.ts";
import { ourProgram, type Program, startProgram } from "./run_program.ts";

/** An answering side that runs; `await using` stops it. */
export interface OurPeer extends AsyncDisposable {
  /** Where it listens on 127.0.0.1. */
  readonly port: number;
  /** Peer and port as the last words of a command line. */
  readonly args: readonly [string, string];
  /** Process id. */
  readonly pid: number;
}

/** Starts one on `port` of this machine, by default on a free one. */
export async function startOurPeer(
  program: Program = ourProgram(),
  port: number = freePort(),
): Promise<OurPeer> {
  const running = startProgram(program, { args: ["--listen", `127.0.0.1:${port}`] });
  if (!await untilListening(port, { alive: () => running.alive })) {
    await running.stop();
    throw new Error(`--listen did not come up: ${running.output()}`);
  }
  return {
    port,
    args: ["127.0.0.1", `${port}`],
    pid: running.pid,
    [Symbol.asyncDispose]: () => running.stop().then(() => {}),
  };
}
