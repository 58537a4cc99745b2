/** `--notify` from outside: peers that go down and come up, and real servers that are told. */

import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { Ajv2020 as Ajv } from "ajv/2020";
import { missing } from "../support/installed.ts";
import { startReceiver } from "../support/notice_receivers.ts";
import { startOurPeer } from "../support/our_peer.ts";
import { closedPort, freePort } from "../support/ports.ts";
import { ourProgram, runProgram, SIGNALS_MISSING, startProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";
import { withFolder } from "../support/with_folder.ts";

const NO_CERTIFICATES = missing({ program: "openssl" });

const SECRET = "T0K3N-in-the-path";

/** Runs our program while `body` does, and ends it as Ctrl-C does; gives its exit code and what it printed. */
async function watching(
  args: readonly string[],
  body: (output: () => string) => Promise<unknown>,
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly output: string; readonly code: number }> {
  await using running = startProgram(ourProgram(), { args, env });
  await body(running.output);
  const code = await running.stop("SIGINT");
  return { output: running.output(), code };
}

async function serverTls(): Promise<{ readonly key: string; readonly cert: string }> {
  const pki = await sharedPki();
  return {
    key: await Deno.readTextFile(`${pki}/server-good.key`),
    cert: await Deno.readTextFile(`${pki}/server-good.pem`),
  };
}

const DOWN_AT_ONCE = ["--watch", "0.1", "--notify-after", "1"] as const;

testWith({
  name: "a web hook is told by HTTPS that a peer is down, and that it is up again",
  missing: NO_CERTIFICATES,
  async fn() {
    const ajv = new Ajv({ formats: { "date-time": true } });
    const validate = ajv.compile(JSON.parse(await Deno.readTextFile("docs/notify.schema.json")));
    await using hook = await startReceiver({ tls: await serverTls() });
    await withFolder(async (folder) => {
      const port = freePort();
      await Deno.writeTextFile(`${folder}/token`, "abc.DEF-1\n");
      await Deno.writeTextFile(
        `${folder}/plan`,
        `title: T
peers:
  - { name: A, host: 127.0.0.1, port: ${port}, contact: Ann, tags: [critical] }
  - { name: B, host: 127.0.0.1, port: ${port}, notify: false }
`,
      );
      const url = `https://127.0.0.1:${hook.port}/hooks/${SECRET}`;
      const args = [
        "-d",
        "--arguments",
        "--plan",
        `${folder}/plan`,
        "--watch",
        "0.1",
        "--notify",
        url,
      ]
        .concat("--notify-ca", `${await sharedPki()}/ca.pem`)
        .concat("--notify-token-file", `${folder}/token`, "--notify", `file:${folder}/n.jsonl`);
      const { output, code } = await watching(args, async () => {
        await hook.count(1);
        await using _peer = await startOurPeer(ourProgram(), port);
        await hook.count(2);
      });
      assert.equal(code, 130);
      assert.doesNotMatch(output, /T0K3N|abc\.DEF|error:/);
      const [down, up] = hook.got;
      assert.deepEqual([down?.path, down?.authorization], [`/hooks/${SECRET}`, "Bearer abc.DEF-1"]);
      for (const { value } of hook.got) assert.ok(validate(value), ajv.errorsText(validate.errors));
      const [event, ...others] = down?.value.events ?? [];
      assert.deepEqual(others, []);
      assert.equal(event.failures, 2);
      assert.equal(
        down?.value.text,
        "T: A down (2 checks in a row): the peer's machine answers, but nothing listens on the port",
      );
      assert.deepEqual(
        [event.event, event.name, event.severity, event.situation, event.contact, event.port],
        ["down", "A", "critical", "port-refused", "Ann", port],
      );
      assert.match(up?.value.text, /^T: A up again after /);
      const lines = (await Deno.readTextFile(`${folder}/n.jsonl`)).trimEnd().split("\n");
      assert.deepEqual(lines.map((line) => JSON.parse(line)), hook.got.map(({ value }) => value));
    });
  },
});

Deno.test("60 peers that go down together are one message", async () => {
  await using hook = await startReceiver();
  await withFolder(async (folder) => {
    await using closed = await closedPort();
    const peers = Array.from({ length: 60 }, (_, at) => `127.0.0.1 ${closed.port} P${at}\n`);
    await Deno.writeTextFile(`${folder}/list`, peers.join(""));
    const args = ["--peers", `${folder}/list`, ...DOWN_AT_ONCE, "--jobs-per-host", "32"];
    await watching([...args, "--notify", `http://localhost:${hook.port}/`], () => hook.count(1));
    assert.equal(hook.got.length, 1);
    assert.equal(hook.got[0]?.value.text.replace(/.*: /, ""), "60 down");
    assert.equal(hook.got[0]?.value.events.length, 60);
  });
});

testWith({
  name: "a server that is not trusted gets nothing, which is said once, without what is secret",
  missing: NO_CERTIFICATES,
  async fn() {
    await using hook = await startReceiver({ tls: await serverTls() });
    await using closed = await closedPort();
    const { port } = closed;
    const url = `https://127.0.0.1:${hook.port}/hooks/${SECRET}`;
    const { output } = await watching(
      [...DOWN_AT_ONCE, "--notify", url, "127.0.0.1", `${port}`],
      (output) => untilTrue(() => output().includes("cannot notify")),
    );
    assert.deepEqual(hook.got, []);
    assert.doesNotMatch(output, /T0K3N/);
    const said = output.split("\n").filter((line) => line.startsWith("error"));
    assert.deepEqual(said, [
      `error: cannot notify https://127.0.0.1:${hook.port}: invalid peer certificate: UnknownIssuer`,
      `error: 1 event for https://127.0.0.1:${hook.port} not delivered`,
    ]);
  },
});

testWith({
  name: "a server whose answer has no end has taken the message all the same",
  missing: NO_CERTIFICATES,
  async fn() {
    await using hook = await startReceiver({ endless: true, tls: await serverTls() });
    await using closed = await closedPort();
    const { port } = closed;
    const args = [...DOWN_AT_ONCE, "--notify", `https://localhost:${hook.port}/`, "--notify-ca"];
    const { output } = await watching(
      [...args, `${await sharedPki()}/ca.pem`, "127.0.0.1", `${port}`],
      () => hook.count(1),
    );
    assert.doesNotMatch(output, /error:/);
    assert.equal(hook.got.length, 1);
  },
});

testWith({
  name: "no redirect is followed, and it is tried again until the server takes it",
  missing: NO_CERTIFICATES,
  async fn() {
    await using elsewhere = await startReceiver();
    const headers = { location: `http://127.0.0.1:${elsewhere.port}/` };
    const answers = (count: number) => count < 2 ? { status: 307, headers } : { status: 204 };
    await using hook = await startReceiver({ answers, tls: await serverTls() });
    await using closed = await closedPort();
    const { port } = closed;
    const args = [...DOWN_AT_ONCE, "--notify", `https://localhost:${hook.port}/`, "--notify-ca"];
    const { output } = await watching(
      [...args, `${await sharedPki()}/ca.pem`, "127.0.0.1", `${port}`],
      (output) => untilTrue(() => output().includes("again, after")),
    );
    assert.deepEqual([hook.got.length, elsewhere.got.length], [2, 0]);
    assert.match(
      output,
      /^error: cannot notify \S+: it answers with a redirect, which is not followed$/m,
    );
    assert.match(output, /^note: https:\S+ takes notices again, after \d+ s$/m);
  },
});

testWith({
  name:
    "a server that never answers delays no check and not the end, and no proxy is asked about this computer",
  missing: SIGNALS_MISSING,
  async fn() {
    await using proxy = await startReceiver();
    await using hook = await startReceiver({ answers: () => undefined });
    await using closed = await closedPort();
    const { port } = closed;
    const args = ["--log-format", "json", "--report", "jsonl=/dev/stdout", ...DOWN_AT_ONCE];
    const env = { HTTP_PROXY: `http://127.0.0.1:${proxy.port}`, NO_PROXY: "" };
    let checks = 0;
    const { code, output } = await watching(
      [...args, "--notify", `http://127.0.0.1:${hook.port}/`, "127.0.0.1", `${port}`],
      async (output) => {
        await hook.count(1);
        const before = output().length;
        await untilTrue(() => (checks = output().slice(before).split('"kind":"entry"').length) > 4);
      },
      env,
    );
    assert.ok(checks > 4);
    assert.equal(code, 130);
    assert.match(output, /1 event for http:\/\/127\.0\.0\.1:\d+ not delivered/);
    assert.deepEqual(proxy.got, []);
  },
});

testWith({
  name: "log servers get RFC 5424 by UDP, and by TCP and TLS with its length",
  missing: NO_CERTIFICATES,
  async fn() {
    await using udp = await startLogServer("udp");
    await using tcp = await startLogServer("tcp");
    await using tls = await startLogServer("tls");
    await using closed = await closedPort();
    const { port } = closed;
    const targets = [
      `syslog://127.0.0.1:${udp.port}`,
      `syslog+tcp://127.0.0.1:${tcp.port}`,
      `syslog+tls://localhost:${tls.port}`,
    ];
    const args = [...targets.flatMap((one) => ["--notify", one]), "--notify-ca"];
    await watching(
      [...DOWN_AT_ONCE, ...args, `${await sharedPki()}/ca.pem`, "127.0.0.1", `${port}`],
      () => untilTrue(() => [udp, tcp, tls].every(({ text }) => text().includes("try: "))),
    );
    const message = new RegExp(
      `^<27>1 \\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z \\S+ echoscu \\d+ down ` +
        `\\[echoscu@32473 name="127\\.0\\.0\\.1:${port}".* situation="port-refused"\\] ` +
        `127\\.0\\.0\\.1:${port} down \\(1 check\\): [^\\n]*$`,
    );
    assert.match(udp.text(), message);
    for (const { text } of [tcp, tls]) {
      const [length = "", ...rest] = text().split(" ");
      assert.match(rest.join(" "), message);
      assert.equal(Number(length), new TextEncoder().encode(rest.join(" ")).length);
    }
  },
});

/** A log server that keeps what it gets as one text. */
async function startLogServer(by: "udp" | "tcp" | "tls") {
  let text = "";
  const take = (piece: Uint8Array) => void (text += new TextDecoder().decode(piece));
  if (by === "udp") {
    const socket = createSocket("udp4").on("message", take);
    await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
    const dispose = () => new Promise<void>((resolve) => socket.close(resolve));
    return { port: socket.address().port, text: () => text, [Symbol.asyncDispose]: dispose };
  }
  const accept = (socket: Socket) => void socket.on("data", take).on("error", () => {});
  const server = by === "tls" ? createTlsServer(await serverTls(), accept) : createServer(accept);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const dispose = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port, text: () => text, [Symbol.asyncDispose]: dispose };
}

Deno.test("files that cannot be used end it before anybody is contacted", async () => {
  await withFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/odd`, "two words");
    const given = ["--watch", "1", "--notify", "https://chat.example/", "localhost", "1"];
    for (
      const [option, file, why] of [
        ["--notify-ca", `${folder}/none`, "does not exist"],
        ["--notify-ca", `${folder}/odd`, "holds no certificate (PEM)"],
        ["--notify-token-file", `${folder}/odd`, "does not hold a bearer token in one line"],
      ] as const
    ) {
      const { code, stderr, stdout } = await runProgram(ourProgram(), {
        args: [option, file, ...given],
      });
      assert.deepEqual([code, stdout], [20, ""]);
      assert.equal(stderr, `error: ${file} ${why}\n`);
    }
  });
});
