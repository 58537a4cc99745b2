/**
 * Every command of the README, run as it is there in a clean clone of the last commit, nothing of this working folder
 * in reach.
 *
 * What means the reader's own world is replaced by name: the peer's address, the ports, `npx -y deno@VERSION` by the
 * Deno that runs the tests, the downloaded file by the program itself. A command without a row here fails the test.
 */

import assert from "node:assert/strict";
import { sha256Sums } from "../../tools/ship/checksums.ts";
import { writeExpiredPki } from "../support/expired_pki.ts";
import { findProgram } from "../support/installed.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { fromFileUrl } from "../support/paths.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const TOP = fromFileUrl(new URL("../../", import.meta.url));

/** A command of the README with the output that is shown for it. */
interface Shown {
  readonly command: string;
  readonly output: string;
}

/**
 * What is done to a command: run to its end; the file that it shows is written; run until it listens; run against a
 * peer with the same throwaway key, or with a certificate that has expired; left to the run that this test belongs to.
 */
type Treatment =
  | "runs"
  | "shows a file"
  | "listens"
  | "is what runs this test"
  | "speaks TLS"
  | "meets an expired certificate";

const TREATMENTS: readonly (readonly [RegExp, Treatment])[] = [
  [/^npx -y deno@\S+ task test$/, "is what runs this test"],
  [/^npx -y deno@\S+ task selftest$/, "runs"],
  [/^echoscu -v --listen 127\.0\.0\.1:\d+$/, "listens"],
  [/^echoscu .*pacs\.example\.org 104$/, "runs"],
  [/^echoscu --print-log-config > log\.cfg$/, "runs"],
  [/^echoscu -v .*; echo "exit \$\?"$/, "runs"],
  [/^cat site\.yaml$/, "shows a file"],
  [/^echoscu --plan site\.yaml$/, "runs"],
  [/^echoscu -v \+tls scu\.key scu\.pem \+cf ca\.pem /, "speaks TLS"],
  [/^echoscu \+tla \+cf ca\.pem --explain /, "meets an expired certificate"],
  [/^sha256sum --check --ignore-missing SHA256SUMS$/, "runs"],
  [/^chmod \+x echoscu-linux-x86_64$/, "runs"],
  [/^\.\/echoscu-linux-x86_64 --selftest$/, "runs"],
];

/** The commands between fences of `console`; what follows a command up to the next one is its output. */
function commandsOf(readme: string): readonly Shown[] {
  const blocks = [...readme.matchAll(/^```console\n([^]*?)^```$/gm)].map(([, block = ""]) => block);
  return blocks.flatMap((block) => block.split(/^\$ /m).slice(1)).map((piece) => {
    const end = piece.indexOf("\n");
    return { command: piece.slice(0, end), output: piece.slice(end + 1).trim() };
  });
}

/** A clean clone, with a folder next to it that has `echoscu` on the path and the "download". */
async function prepare(): Promise<{ readonly clone: string; readonly bin: string }> {
  const folder = await Deno.makeTempDir({ prefix: "echoscu-readme-" });
  const clone = `${folder}/clone`;
  const args = ["clone", "--quiet", "--no-hardlinks", TOP, clone];
  const { success, stderr } = await new Deno.Command("git", { args }).output();
  assert.ok(success, new TextDecoder().decode(stderr));
  const { command, args: own } = ourProgram();
  const words = [command, ...own].map((word) => `'${word.replaceAll(TOP, `${clone}/`)}'`);
  const script = `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`;
  const bin = `${folder}/bin`;
  await Deno.mkdir(bin);
  await Deno.writeTextFile(`${bin}/echoscu`, script, { mode: 0o755 });
  await Deno.writeTextFile(`${clone}/echoscu-linux-x86_64`, script);
  const sums = await sha256Sums(clone, ["echoscu-linux-x86_64"]);
  await Deno.writeTextFile(`${clone}/SHA256SUMS`, `${sums}${"0".repeat(64)}  echoscu-other\n`);
  return { clone, bin };
}

function cannotClone(): string | undefined {
  if (ourProgram().args.length === 0) return "an executable is tested, not a clone";
  if (Deno.build.os === "windows") return "the commands are those of a Unix shell";
  const absent = ["git", "bash", "sha256sum"].find((name) => findProgram(name) === undefined);
  if (absent !== undefined) return `${absent} is not installed`;
  const args = ["-C", TOP, "rev-parse", "--verify", "--quiet", "HEAD:README.md"];
  const { success } = new Deno.Command("git", { args, stdout: "null", stderr: "null" })
    .outputSync();
  return success ? undefined : "this is not a clone";
}

testWith({
  name: "every command of the README works in a clean clone and prints what is shown",
  missing: cannotClone(),
  async fn(t) {
    const { clone, bin } = await prepare();
    try {
      await using peer = await startOurPeer();
      const shown = commandsOf(await Deno.readTextFile(`${clone}/README.md`));
      assert.ok(shown.length > 5);
      for (const { command, output } of shown) {
        const treatment = TREATMENTS.find(([pattern]) => pattern.test(command))?.[1];
        const missing = treatment === "speaks TLS" ? await tlsTestsMissing() : undefined;
        await t.step({
          name: missing === undefined ? command : `${command} (left out: ${missing})`,
          ignore: missing !== undefined,
          fn: () => treat({ command, output, treatment }, { clone, bin, port: peer.port }),
        });
      }
    } finally {
      await Deno.remove(clone.replace(/\/clone$/, ""), { recursive: true });
    }
  },
});

/** Does with a command what its row says. */
async function treat(
  { treatment, ...shown }: Shown & { readonly treatment: Treatment | undefined },
  place: Place & { readonly port: number },
): Promise<void> {
  const command = localised(shown.command, place.port);
  switch (treatment) {
    case undefined:
      throw new Error("no test knows this command");
    case "is what runs this test":
      return;
    case "speaks TLS":
      return await speaksTls(shown.command, place);
    case "meets an expired certificate":
      return await meetsExpired(shown, place);
    case "shows a file":
      return await writeFile(shown, place);
    case "listens":
      return await listens(command, place);
    case "runs":
      return await runs({ ...shown, command }, place);
  }
}

/** The command with the reader's world replaced by this machine's. */
function localised(command: string, port: number): string {
  return command
    .replace(/^npx -y deno@\S+/, `'${Deno.execPath()}'`)
    .replace("pacs.example.org 104", `127.0.0.1 ${port}`)
    .replace("127.0.0.1 11112", `127.0.0.1 ${port}`)
    .replace("127.0.0.1 11113", `127.0.0.1 ${freePort()}`)
    .replace("127.0.0.1:11112", `127.0.0.1:${freePort()}`);
}

/** Writes the file that `cat` shows, its peers on this machine. */
async function writeFile(
  { command, output }: Shown,
  { clone, port }: { readonly clone: string; readonly port: number },
): Promise<void> {
  const text = output
    .replace("pacs.example.org, port: 104", `127.0.0.1, port: ${port}`)
    .replace("10.1.2.9, port: 104", `127.0.0.1, port: ${freePort()}`);
  await Deno.writeTextFile(`${clone}/${command.replace(/^cat /, "")}`, `${text}\n`);
}

/** One throwaway key for both sides: it certifies itself. */
async function speaksTls(command: string, place: Place): Promise<void> {
  const made =
    "openssl req -x509 -newkey rsa:2048 -nodes -keyout scu.key -out scu.pem -subj /CN=pacs -days 30";
  await runs({ command: `${made} >/dev/null && cp scu.pem ca.pem`, output: "" }, place);
  const server = ["+tls", "scu.key", "scu.pem", "+cf", "ca.pem"];
  await againstTls(
    { server, ...place },
    (own) => runs({ command: own(command), output: "" }, place),
  );
}

/** The certificates are those that the README reports of. */
async function meetsExpired({ command, output }: Shown, place: Place): Promise<void> {
  await writeExpiredPki(place.clone);
  const server = ["+tls", "server.key", "server.pem"];
  await againstTls(
    { server, ...place },
    (own) => runs({ command: `! ${own(command)}`, output }, place),
  );
}

/** Runs something while our answering side speaks TLS; what it is given puts that peer into a command. */
async function againstTls(
  { server, clone }: Place & { readonly server: readonly string[] },
  use: (own: (command: string) => string) => Promise<void>,
): Promise<void> {
  const port = freePort();
  const args = ["--listen", `127.0.0.1:${port}`, ...server];
  await using peer = startProgram(ourProgram(), { args, cwd: clone });
  assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
  await use((command) =>
    localised(command, port).replace("pacs.example.org 2762", `127.0.0.1 ${port}`)
  );
}

interface Place {
  readonly clone: string;
  readonly bin: string;
}

async function runs({ command, output }: Shown, { clone, bin }: Place): Promise<void> {
  const env = { PATH: `${bin}:${Deno.env.get("PATH") ?? ""}` };
  const bash = { command: "bash", args: ["-c", `{ ${command}; } 2>&1`] };
  const { code, stdout } = await runProgram(bash, { args: [], cwd: clone, env });
  assert.equal(code, 0, stdout);
  if (output !== "") assert.equal(stdout.trim(), output);
}

async function listens(command: string, { clone, bin }: Place): Promise<void> {
  const port = Number(/:(\d+)$/.exec(command)?.[1]);
  const bash = { command: "bash", args: ["-c", `exec ${command}`] };
  const env = { PATH: `${bin}:${Deno.env.get("PATH") ?? ""}` };
  await using running = startProgram(bash, { args: [], cwd: clone, env });
  assert.ok(await untilListening(port, { alive: () => running.alive }), running.output());
  const { code } = await runProgram(ourProgram(), { args: ["127.0.0.1", `${port}`] });
  assert.equal(code, 0);
}
