/** Every command of docs/toolbox.md and docs/capture.md, run as it is there against real programs, prints what is shown there. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { available, type PeerName, type RealPeer, startRealPeer } from "../support/real_peers.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const PAGES = ["toolbox.md", "capture.md"];

/** The peers of the page by the port that it gives them. */
const PEERS: Readonly<Record<string, PeerName>> = {
  "11112": "storescp",
  "11113": "dcmqrscp",
  "4242": "orthanc",
};

/** The commands between fences of `console`; what follows a command up to the next one is its output. */
function commandsOf(page: string) {
  const blocks = [...page.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map((piece) => {
    const end = piece.indexOf("\n");
    return { command: piece.slice(0, end), output: piece.slice(end + 1).trim() };
  });
}

/** The peer at each port, started when a command first names it. */
class Site implements AsyncDisposable {
  readonly #started = new Map<string, RealPeer>();
  readonly folder = Deno.makeTempDirSync({ prefix: "echoscu-toolbox-" });

  /** Writes a script that is called like the program, and first on the path. */
  async prepare(): Promise<void> {
    const { command, args } = ourProgram();
    const words = [command, ...args].map((word) => `'${word}'`).join(" ");
    const script = `#!/bin/sh\nexec ${words} "$@"\n`;
    await Deno.writeTextFile(`${this.folder}/echoscu`, script, { mode: 0o755 });
  }

  async run(command: string): Promise<string> {
    const words = `${this.folder}:${Deno.env.get("PATH") ?? ""}`;
    const bash = { command: "bash", args: ["-c", `{ ${await this.#here(command)}; } 2>&1`] };
    const { stdout } = await runProgram(bash, { args: [], cwd: this.folder, env: { PATH: words } });
    return this.#there(stdout);
  }

  /** The command with the ports of this machine. */
  async #here(command: string): Promise<string> {
    let text = command;
    for (const [port, name] of Object.entries(PEERS)) {
      if (!new RegExp(`\\b${port}\\b`).test(command)) continue;
      const peer = this.#started.get(port) ?? await startRealPeer(name);
      this.#started.set(port, peer);
      text = text.replaceAll(new RegExp(`\\b${port}\\b`, "g"), `${peer.port}`);
    }
    return text;
  }

  /** The output with the ports of the page. */
  #there(output: string): string {
    return [...this.#started].reduce(
      (text, [port, peer]) => text.replaceAll(`${peer.port}`, port),
      output,
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const peer of this.#started.values()) await peer[Symbol.asyncDispose]();
    await Deno.remove(this.folder, { recursive: true });
  }
}

const MISSING = ["bash", "tshark"].map((program) => missing({ program }))
  .concat(Object.values(PEERS).map(available)).find((reason) => reason !== undefined);

for (const page of PAGES) {
  testWith({
    name: `every command of docs/${page} prints what is shown`,
    missing: MISSING,
    async fn(t) {
      await using site = new Site();
      await site.prepare();
      const path = new URL(`../../docs/${page}`, import.meta.url);
      const shown = commandsOf(await Deno.readTextFile(path));
      assert.ok(shown.length > 2);
      for (const { command, output } of shown) {
        await t.step(command, async () => {
          assert.equal((await site.run(command)).trim(), output);
        });
      }
    },
  });
}
