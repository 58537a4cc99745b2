/** The table of watched peers, seen in a real terminal. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { freePort } from "../support/ports.ts";
import { ourProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

/** A terminal of tmux, in a server of its own; `await using` ends both. */
class Tmux implements AsyncDisposable {
  readonly #socket: string;

  constructor(folder: string) {
    this.#socket = `${folder}/tmux`;
  }

  async run(...args: readonly string[]): Promise<string> {
    const words = ["-S", this.#socket, "-f", "/dev/null", ...args];
    const env = { TERM: "xterm-256color", LC_ALL: "C.UTF-8", NO_COLOR: "" };
    const { stdout, stderr, success } = await new Deno.Command("tmux", { args: words, env })
      .output();
    const decoder = new TextDecoder();
    assert.ok(success, decoder.decode(stderr));
    return decoder.decode(stdout);
  }

  /** Opens a terminal of 80 by 24 in which `script` of a shell runs with `words`. */
  async open(script: string, words: readonly string[]): Promise<void> {
    await this.run("new-session", "-d", "-x", "80", "-y", "24", "sh", "-c", script, ...words);
  }

  /** Its lines, once they are as wanted. */
  async lines(are: (text: string) => boolean): Promise<readonly string[]> {
    let text = "";
    for (let turn = 0; turn < 400; turn += 1) {
      text = await this.run("capture-pane", "-p");
      if (are(text)) return text.split("\n");
      await new Promise((resolve) => setTimeout(resolve, 75));
    }
    assert.fail(`the terminal shows\n${text}`);
  }

  async keys(...keys: readonly string[]): Promise<void> {
    await this.run("send-keys", ...keys);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.run("kill-server");
  }
}

/** A plan of 30 peers, of which one is at a port where nobody listens. */
function planOf(port: number): string {
  const peers = Array.from({ length: 30 }, (_, at) => {
    const [name, place] = at === 20 ? ["Archive", freePort()] : [`Peer ${at}`, port];
    return `  - { name: ${name}, host: 127.0.0.1, port: ${place}, contact: Desk ${at} }\n`;
  });
  return `title: Radiology\npeers:\n${peers.join("")}`;
}

testWith({
  name: "--watch with a plan fills a terminal, follows its size and keys, and leaves it as it was",
  missing: missing({ program: "tmux" }),
  fn: () =>
    withFolder(async (folder) => {
      await using peer = await startOurPeer();
      await Deno.writeTextFile(`${folder}/site.yaml`, planOf(peer.port));
      await using tmux = new Tmux(folder);
      const { command, args } = ourProgram();
      const ours = ["--plan", `${folder}/site.yaml`, "--jobs-per-host", "9", "--watch", "0.5"];
      const script = 'echo before; "$0" "$@"; echo "code $?"; stty -a; exec sleep 99';
      await tmux.open(script, [command, ...args, ...ours]);

      const first = await tmux.lines((text) => text.includes("1 failed") && text.includes("run 3"));
      assert.match(first[0] ?? "", /^Radiology {2}29 of 30 passed, 1 failed +watched for /);
      assert.match(first[2] ?? "", /^STATE {4}NAME +SINCE +LAST RESULTS +MEDIAN +SLOWEST$/);
      assert.match(first[3] ?? "", /^FAILED.? +Archive +<\d\d:\d\d:\d\d +██/);
      assert.match(first[4] ?? "", /^passed.? +Peer 0 +<\d\d:\d\d:\d\d +[▂▃▄▅▆]{2}/);
      assert.match(first[23] ?? "", /^q end .* 1 to 16 of 30$/);

      await tmux.run("resize-window", "-x", "120", "-y", "30");
      const wide = await tmux.lines((text) => text.includes("1 to 22 of 30"));
      assert.match(wide[3] ?? "", /^FAILED.* the peer's machine answers, but noth/);
      await tmux.keys("End");
      await tmux.lines((text) => text.includes("9 to 30 of 30") && text.includes("Peer 29"));
      await tmux.keys("Home", "Enter");
      await tmux.lines((text) => text.includes("contact  Desk 20") && text.includes("hint "));
      await tmux.keys("Escape");
      await tmux.lines((text) => text.includes("1 to 22 of 30"));

      await tmux.keys("q");
      const last = await tmux.lines((text) => text.includes("code ") && text.includes("icanon"));
      const rest = last.join("\n");
      assert.match(rest, /^\s*before\n/);
      assert.match(rest, /Radiology: 30 peers in .*: 29 passed, 1 failed\n/);
      assert.match(rest, / Archive failed: /);
      assert.match(rest, /\n\d+ runs, the last one: 29 passed, 1 failed\ncode 130\n/);
      assert.ok(!rest.includes("-icanon") && !rest.includes("STATE"));
      const [flags] = (await tmux.run("display", "-p", "#{alternate_on} #{cursor_flag}")).split(
        "\n",
      );
      assert.equal(flags, "0 1");
    }),
});
