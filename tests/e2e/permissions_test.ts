/** What each mode needs: with exactly that it works, with less it says in one sentence what is missing. */

import assert from "node:assert/strict";
import security from "../../docs/security.md" with { type: "text" };
import { missing as absent } from "../support/installed.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, type Run, runProgram, startProgram } from "../support/run_program.ts";
import { permitted, permittedMissing } from "../support/permitted.ts";
import { testWith } from "../support/test_with.ts";

const missing = permittedMissing;

function run(flags: readonly string[], args: readonly string[]): Promise<Run> {
  return runProgram(permitted(flags), { args });
}

/** The text without the header that comes before the error of a wrong call. */
function lastLine(text: string): string {
  return text.trimEnd().split("\n").at(-1) ?? "";
}

testWith({
  name: "a check needs nothing but its one peer",
  missing,
  async fn() {
    await using peer = await startOurPeer();
    const { code, stderr } = await run([`--allow-net=127.0.0.1:${peer.port}`], peer.args);
    assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  },
});

testWith({
  name: "--selftest needs nothing but the network",
  missing,
  async fn() {
    const { code, stdout } = await run(["--allow-net=127.0.0.1"], ["--selftest"]);
    assert.match(stdout, /^Self-test passed: /);
    assert.equal(code, 0);
  },
});

testWith({
  name: "--help, --version and the sample configuration need no permission",
  missing,
  async fn() {
    for (const option of ["--help", "--version", "--print-log-config", "--print-plan-schema"]) {
      const { code, stdout, stderr } = await run([], [option]);
      assert.deepEqual({ code, stderr, some: stdout !== "" }, { code: 0, stderr: "", some: true });
    }
  },
});

testWith({
  name: "a check without the permission for its peer says so in one sentence",
  missing,
  async fn() {
    const { code, stderr } = await run([], ["127.0.0.1", "104"]);
    const text = "0006:031c TCP Initialization Error: Requires net access to ";
    assert.equal(stderr.startsWith(`F: Association Request Failed: ${text}"127.0.0.1:104"`), true);
    assert.deepEqual({ code, lines: stderr.trimEnd().split("\n").length }, { code: 1, lines: 1 });
  },
});

testWith({
  name: "--listen without the permission for its port says so in one sentence",
  missing,
  async fn() {
    const { code, stderr } = await run([], ["--listen", "127.0.0.1:11112"]);
    assert.match(
      stderr,
      /^F: Cannot listen on 127\.0\.0\.1 port 11112: Requires net access [^\n]*\n$/,
    );
    assert.equal(code, 1);
  },
});

testWith({
  name:
    "--exporter needs nothing but its port and its peers, and the runtime keeps it from all others",
  missing,
  async fn() {
    await using peer = await startOurPeer();
    const [port, other] = [freePort(), freePort()];
    const flag = `--allow-net=127.0.0.1:${port},127.0.0.1:${peer.port}`;
    await using exporter = startProgram(permitted([flag]), {
      args: ["--exporter", `127.0.0.1:${port}`, "--exporter-allow", "*:*"],
    });
    assert.ok(await untilListening(port, { alive: () => exporter.alive }), exporter.output());
    const probe = async (target: string) =>
      await (await fetch(`http://127.0.0.1:${port}/probe?target=${target}`)).text();
    assert.match(await probe(`127.0.0.1:${peer.port}`), /\nechoscu_up 1\n/);
    assert.match(
      await probe(`127.0.0.1:${other}`),
      /\nechoscu_failure_info\{.*"permission-missing"/,
    );
  },
});

testWith({
  name: "files that may not be read are an error in one sentence, before any connection",
  missing,
  async fn() {
    const config = await run(["--allow-net"], ["-lc", "logger.cfg", "127.0.0.1", "104"]);
    assert.equal(
      lastLine(config.stderr),
      "error: Specified --log-config file needs the right to be read (--allow-read)",
    );
    const commands = await run(["--allow-net"], ["@logger.cfg", "127.0.0.1", "104"]);
    assert.equal(
      lastLine(commands.stderr),
      "error: Command file 'logger.cfg' needs the right to be read (--allow-read)",
    );
    assert.deepEqual([config.code, commands.code], [1, 1]);
  },
});

/** A mode, the rights that it works with, and what it says when the last of them is taken away. */
interface Mode {
  readonly option: string;
  readonly rights: readonly string[];
  readonly args: readonly string[];
  readonly without: RegExp;
}

/** The modes that read or write a file of `folder`; the peer answers at `port`. */
function modesWithFiles(folder: string, port: number): readonly Mode[] {
  const net = `--allow-net=127.0.0.1:${port}`;
  const peer = ["127.0.0.1", `${port}`];
  return [
    {
      option: "--peers",
      rights: [net, `--allow-read=${folder}/peers.txt`],
      args: ["--peers", `${folder}/peers.txt`],
      without: /^error: \S+ needs the right to be read \(--allow-read\)$/,
    },
    {
      option: "--plan",
      rights: [net, `--allow-read=${folder}/plan.yaml`, "--allow-env=LOG_TOKENS,LOG_STREAM"],
      args: ["--plan", `${folder}/plan.yaml`],
      without: /^error: 1 error in the plan, nobody was contacted$/,
    },
    {
      option: "--report",
      rights: [net, `--allow-read=${folder}`, `--allow-write=${folder}`],
      args: ["--report", `json=${folder}/report.json`, ...peer],
      without: /^error: cannot write the json report to '\S+': Requires write access to /,
    },
    {
      option: "-lc",
      rights: [net, "--allow-read=logger.cfg"],
      args: ["-lc", "logger.cfg", ...peer],
      without: /^error: Specified --log-config file needs the right to be read \(--allow-read\)$/,
    },
  ];
}

testWith({
  name: "modes with files need those files and no others, and say in one sentence what is missing",
  missing,
  async fn(t) {
    const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
    try {
      await using peer = await startOurPeer();
      await Deno.writeTextFile(`${folder}/peers.txt`, `127.0.0.1 ${peer.port}\n`);
      const plan = `peers:\n  - host: 127.0.0.1\n    port: ${peer.port}\n`;
      await Deno.writeTextFile(`${folder}/plan.yaml`, plan);
      for (const { option, rights, args, without } of modesWithFiles(folder, peer.port)) {
        await t.step(option, async () => {
          const enough = await run(rights, args);
          assert.equal(enough.code, 0, enough.stderr);
          const less = await run(rights.slice(0, -1), args);
          assert.notEqual(less.code, 0);
          assert.match(lastLine(less.stderr), without);
          assert.ok(security.includes(`| \`${option} F`), option);
        });
      }
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

testWith({
  name: "without npm and its packages everything works but plans",
  missing,
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
    try {
      await using peer = await startOurPeer();
      const env = { DENO_DIR: `${folder}/empty` };
      await Deno.mkdir(env.DENO_DIR);
      // Else the runtime copies itself there on Windows.
      await Deno.writeTextFile(`${env.DENO_DIR}/node_compat_bin`, "");
      const bare = permitted(["--allow-net", "--allow-read", "--no-npm"]);
      const check = await runProgram(bare, { args: peer.args, env });
      assert.deepEqual({ code: check.code, stderr: check.stderr }, { code: 0, stderr: "" });
      await Deno.writeTextFile(`${folder}/plan.yaml`, "peers: []\n");
      const plan = await runProgram(bare, { args: ["--plan", `${folder}/plan.yaml`], env });
      assert.match(plan.stderr, /plan\.yaml:1:1: the npm package yaml, which reads plans, is not /);
      assert.equal(lastLine(plan.stderr), "error: 1 error in the plan, nobody was contacted");
      assert.equal(plan.code, 1);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

testWith({
  name: "TLS needs the certificates that are named, and nothing else of the system",
  missing: missing ?? absent({ program: "openssl" }),
  async fn() {
    const folder = await Deno.makeTempDir({ prefix: "echoscu-e2e-" });
    try {
      const words = `req -x509 -newkey rsa:2048 -nodes -keyout k.pem -out c.pem -subj /CN=pacs`;
      await new Deno.Command("openssl", { args: words.split(" "), cwd: folder, stderr: "null" })
        .output();
      const port = freePort();
      const server = ["+tls", `${folder}/k.pem`, `${folder}/c.pem`];
      const args = ["--listen", `127.0.0.1:${port}`, ...server];
      await using peer = startProgram(ourProgram(), { args });
      assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
      const rights = [`--allow-net=127.0.0.1:${port}`, `--allow-read=${folder}/c.pem`];
      const check = ["+tla", "+cf", `${folder}/c.pem`, "127.0.0.1", `${port}`];
      const { code, stderr } = await run(rights, check);
      assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
      const right = "needs the right to be read (--allow-read)";
      for (
        const [trust, named] of [
          [["+cf", `${folder}/c.pem`], `${folder}/c.pem`],
          [["+cd", folder], folder],
          [["+crl", `${folder}/c.pem`], `${folder}/c.pem`],
        ] as const
      ) {
        const less = await run(rights.slice(0, 1), ["+tla", ...trust, "127.0.0.1", `${port}`]);
        assert.ok(less.stderr.split("\n").includes(`W: '${named}' ${right}`), less.stderr);
      }
      const plan = `peers: [{ host: a, port: 1, tls: { ca: [c.pem], caDirectories: [x] } }]\n`;
      await Deno.writeTextFile(`${folder}/plan.yaml`, plan);
      const allowed = [`--allow-read=${folder}/plan.yaml`, "--allow-env=LOG_TOKENS,LOG_STREAM"];
      const less = await run(allowed, ["--plan", `${folder}/plan.yaml`]);
      assert.match(less.stderr, /tls\.ca\[0\]: \S+c\.pem needs the right to be read/);
      assert.match(less.stderr, /tls\.caDirectories\[0\]: \S+x needs the right to be read/);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

Deno.test("docs/security.md says for every mode what it needs", () => {
  for (
    const mode of [
      "`echoscu PEER PORT`",
      "`--listen`",
      "`--exporter`",
      "`--selftest`",
      "`--peers FILE`",
    ]
  ) {
    assert.ok(new RegExp(`^\\| ${mode}.*\`--allow-net`, "m").test(security), mode);
  }
});
