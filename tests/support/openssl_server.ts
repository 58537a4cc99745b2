/** `openssl s_server` as a peer that keeps the bytes it was sent inside TLS. */

import { freePort, untilListening } from "./ports.ts";
import { toText } from "./run_program.ts";
import { signalChild } from "./signal_child.ts";

/** A running server; `await using` stops it. */
export interface OpensslServer extends AsyncDisposable {
  /** Port to connect to. */
  readonly port: number;
  /** What clients sent inside TLS, once the server is stopped. */
  stop(): Promise<{ readonly received: Uint8Array; readonly log: string }>;
}

/** Starts a server in `folder`; `options` say what it shows and wants. */
export async function startOpensslServer(
  options: readonly string[],
  folder: string,
): Promise<OpensslServer> {
  const port = freePort("0.0.0.0");
  const child = new Deno.Command("openssl", {
    args: ["s_server", "-quiet", "-accept", String(port), ...options],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let isAlive = true;
  const status = child.status.then(() => isAlive = false);
  const output = Promise.all([child.stdout.bytes(), child.stderr.bytes()]);
  await untilListening(port, { alive: () => isAlive });
  async function stop() {
    if (isAlive) signalChild(child, "SIGTERM");
    await status;
    const [received, log] = await output;
    await child.stdin.close().catch(() => {});
    return { received, log: toText(log) };
  }
  return { port, stop, [Symbol.asyncDispose]: () => stop().then(() => {}) };
}
