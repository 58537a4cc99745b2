/** `--permissions`: with exactly the flags that it prints a command line works, and with one of them less it does not. */

import assert from "node:assert/strict";
import { writeExpiredPki } from "../support/expired_pki.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { permitted, permittedMissing } from "../support/permitted.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

const missing = permittedMissing;

/** The flags for `args`. */
async function flagsFor(args: readonly string[], cwd: string): Promise<readonly string[]> {
  const { code, stdout, stderr } = await runProgram(ourProgram(), {
    args: ["--permissions", ...args],
    cwd,
  });
  assert.deepEqual({ code, stderr }, { code: 0, stderr: "" });
  return stdout.trimEnd().split("\n");
}

/** The lists of flags of which one name, or a whole flag, is taken away. */
function* withOneLess(flags: readonly string[]): Iterable<readonly string[]> {
  for (const [at, flag] of flags.entries()) {
    const [kind = "", list = ""] = flag.split("=");
    const names = list.split(",");
    for (const name of names) {
      const rest = names.filter((other) => other !== name);
      yield flags.toSpliced(at, 1, ...rest.length === 0 ? [] : [`${kind}=${rest.join(",")}`]);
    }
  }
}

testWith({
  name: "--permissions prints what a command line needs: that is enough, and nothing less is",
  missing,
  fn: (t) =>
    withFolder(async (folder) => {
      await using peer = await startOurPeer();
      const port = `${peer.port}`;
      await Deno.mkdir(`${folder}/out`);
      await Deno.mkdir(`${folder}/logs`);
      const plan = `include: [more.yaml]\npeers: [{ host: 127.0.0.1, port: ${port} }]\n`;
      await Deno.writeTextFile(`${folder}/plan.yaml`, plan);
      await Deno.writeTextFile(`${folder}/more.yaml`, "title: Two files\n");
      await Deno.writeTextFile(`${folder}/peers.txt`, `127.0.0.1:${port}\n`);
      await Deno.writeTextFile(`${folder}/words`, `127.0.0.1 ${port}`);
      const cases: Readonly<Record<string, readonly string[]>> = {
        "a check": ["127.0.0.1", port],
        "a command file": ["@words"],
        "a source address": ["--source-address", "127.0.0.1", "127.0.0.1", port],
        "a list": ["--peers", "peers.txt"],
        "a report": ["--report", "csv=out/peers.csv", "127.0.0.1", port],
        "a selftest": ["--selftest", "--disable-tls"],
        "a plan": ["--plan", "plan.yaml"],
      };
      for (const [name, args] of Object.entries(cases)) {
        await t.step(name, async () => {
          const flags = await flagsFor(args, folder);
          const enough = await runProgram(permitted(flags), { args, cwd: folder });
          assert.equal(enough.code, 0, `${flags.join(" ")}\n${enough.stderr}`);
          for (const less of withOneLess(flags)) {
            // The YAML reader goes on without its variables in some versions, and stops in others.
            if (name === "a plan" && !less.some((flag) => flag.includes("LOG_TOKENS,LOG_STREAM"))) {
              continue;
            }
            const { code } = await runProgram(permitted(less), { args, cwd: folder });
            assert.notEqual(code, 0, less.join(" "));
          }
        });
      }
    }),
});

testWith({
  name: "--permissions of a check over TLS, of what listens, and of --notify",
  missing,
  fn: () =>
    withFolder(async (cwd) => {
      await writeExpiredPki(cwd);
      const port = `${freePort()}`;
      const listen = ["--listen", `127.0.0.1:${port}`, "+tls", "server.key", "server.pem"];
      const listening = await flagsFor(listen, cwd);
      assert.deepEqual(listening, [
        `--allow-net=127.0.0.1:${port}`,
        "--allow-read=server.key,server.pem",
        "--allow-env=ECHOSCU_KEY_PASSWORD",
      ]);
      await using server = startProgram(permitted(listening), { args: listen, cwd });
      assert.ok(await untilListening(Number(port), { alive: () => server.alive }), server.output());
      const check = ["+tla", "-ic", "+cf", "ca.pem", `127.0.0.1:${port}`];
      const flags = await flagsFor(check, cwd);
      assert.equal((await runProgram(permitted(flags), { args: check, cwd })).code, 0);
      assert.deepEqual(flags, [`--allow-net=127.0.0.1:${port}`, "--allow-read=ca.pem"]);
      assert.notEqual((await runProgram(permitted(flags.slice(1)), { args: check, cwd })).code, 0);
      const exporter = ["--exporter", "127.0.0.1:0", "--exporter-allow", `127.0.0.1:${port}`];
      assert.deepEqual(await flagsFor(exporter, cwd), [
        `--allow-net=127.0.0.1:0,127.0.0.1:${port}`,
      ]);
      const targets = ["https://h:8443/x", "http://localhost/", "syslog://l", "file:out/n"];
      const watch = ["--watch", "1", ...targets.flatMap((one) => ["--notify", one])];
      assert.deepEqual(
        await flagsFor([...watch, "--notify-ca", "ca.pem", "127.0.0.1", port], cwd),
        [
          `--allow-net=127.0.0.1:${port},h:8443,localhost:80,l:514,0.0.0.0:0`,
          "--allow-read=ca.pem,out",
          "--allow-write=out",
        ],
      );
      await Deno.writeTextFile(`${cwd}/list`, `127.0.0.1 ${port}\n`);
      const serve = [
        "--peers",
        "list",
        "--watch",
        "1",
        "--serve",
        "0",
        "--serve-token-file",
        "token",
      ];
      assert.deepEqual(await flagsFor(serve, cwd), [
        `--allow-net=127.0.0.1:0,127.0.0.1:${port}`,
        "--allow-read=token,list",
      ]);
    }),
});
