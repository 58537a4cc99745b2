/**
 * What `--listen` over TLS says to clients that it refuses, by alert and in its log, next to what the reference's
 * storescp sends to the same client. The clients are OpenSSL's and the reference's. The table is printed.
 */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { listenInProcess } from "../support/run_in_process.ts";
import { runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

const OWN = ["+tls", "server-good.key", "server-good.pem"];
const OLD = ["-cipher", "DEFAULT@SECLEVEL=0"];

interface Row {
  /** Options of `openssl s_client`. */
  readonly client: string;
  /** The alert we send. */
  readonly alert: number | "none";
  /** The alert that storescp sends, where it is another. */
  readonly reference?: number | "none";
  /** Our log's reason. */
  readonly log: RegExp;
  /** Further options of `--listen`, which storescp has too. */
  readonly options?: readonly string[];
}

const MUTUAL = ["+cf", "ca.pem"];
const NAMELESS = ["-ic"];

const ROWS: readonly Row[] = [
  {
    client: "-tls1",
    alert: 70,
    log: /no TLS version in common: the client offers 1\.0 at most, this side has 1\.2, 1\.3$/,
  },
  {
    client: "-tls1_1",
    alert: 70,
    log: /no TLS version in common: the client offers 1\.1 at most, this side has 1\.2, 1\.3$/,
  },
  {
    client: "-tls1_3",
    alert: 70,
    options: ["+pz"],
    log: /no TLS version in common: the client offers 1\.3, this side has 1\.2$/,
  },
  {
    client: "-tls1_2 -cipher AES128-SHA:AES256-SHA",
    alert: 40,
    log: /no cipher suite in common: the client offers AES128-SHA, AES256-SHA$/,
  },
  {
    // The runtime would take it, the profile does not.
    client: "-tls1_2 -cipher ECDHE-RSA-CHACHA20-POLY1305",
    alert: 40,
    log: /no cipher suite in common: the client offers ECDHE-RSA-CHACHA20-POLY1305$/,
  },
  {
    client: "-tls1_2 -cipher ECDHE-ECDSA-AES128-GCM-SHA256",
    alert: 40,
    options: ["+px", "+cs", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
    log: /no cipher suite in common: the client offers ECDHE-ECDSA-AES128-GCM-SHA256$/,
  },
  {
    client: "-tls1_3 -ciphersuites TLS_AES_128_CCM_SHA256",
    alert: 40,
    log: /no cipher suite in common: the client offers 0x1304$/,
  },
  {
    // The reference has this group.
    client: "-tls1_3 -groups P-521",
    alert: 40,
    reference: "none",
    log: /no group in common: the client offers P-521$/,
  },
  {
    client: "-tls1_3 -groups X448",
    alert: 40,
    log: /no group in common: the client offers X448$/,
  },
  {
    client: "-tls1_3 -sigalgs ECDSA+SHA256",
    alert: 40,
    log: /no signature scheme in common: the client offers ecdsa_secp256r1_sha256$/,
  },
  {
    client: "-tls1_2",
    alert: 40,
    options: MUTUAL,
    log: /TLS refused, the client showed no certificate$/,
  },
  {
    client: "-tls1_2 -cert client-untrusted.pem -key client-untrusted.key",
    alert: 48,
    options: MUTUAL,
    log: /TLS refused, issuer of the client certificate is neither trusted nor sent/,
  },
  {
    client: "-tls1_2 -cert client-expired.pem -key client-expired.key",
    alert: 45,
    options: MUTUAL,
    log: /TLS refused, client certificate expired/,
  },
  {
    client: "-tls1_2 -cert client-revoked.pem -key client-revoked.key",
    alert: 44,
    options: [...MUTUAL, "+crl", "ca.crl.pem"],
    log: /TLS refused, .*revoked/,
  },
  {
    // The reference takes it.
    client: "-tls1_2 -cert client-rsa1024.pem -key client-rsa1024.key",
    alert: 42,
    reference: "none",
    options: MUTUAL,
    log: /the client's certificate cannot be used \(an RSA key must have 2048 bits here\)/,
  },
  {
    // Nothing can be said in TLS 1.3, where the answer would have to be encrypted.
    client: "-tls1_3 -ign_eof",
    alert: "none",
    reference: 116,
    options: MUTUAL,
    log: /TLS refused, the client showed no certificate$/,
  },
];

/** The options of storescp for those of `--listen`: it wants certificates unless it is told otherwise. */
function ofReference({ options = [] }: Row): readonly string[] {
  return [...OWN, ...options, ...(options.includes("+cf") ? [] : NAMELESS)];
}

async function alertFor(row: Row, at: { port: number; cwd: string }): Promise<number | "none"> {
  const args = [
    "s_client",
    ...["-connect", `127.0.0.1:${at.port}`, ...row.client.split(" ")],
    ...(row.client.includes("-cipher ") ? [] : OLD),
  ];
  // What it would send is empty, so that it ends when the handshake is done.
  const client = { command: "openssl", args: [] };
  const { stderr } = await runProgram(client, { args, cwd: at.cwd, stdin: "" });
  const alert = /SSL alert number (\d+)/.exec(stderr)?.[1];
  return alert === undefined ? "none" : Number(alert);
}

async function storescpAlert(row: Row, cwd: string): Promise<number | "none"> {
  const port = freePort("0.0.0.0");
  const args = [...ofReference(row), String(port)];
  await using server = startProgram({ command: "storescp", args: [] }, { args, cwd });
  assert.ok(await untilListening(port, { alive: () => server.alive }), server.output());
  return await alertFor(row, { port, cwd });
}

testWith({
  name: "--listen over TLS sends the alerts that storescp sends, and logs what is not in common",
  missing: missing({ program: "storescp" }) ?? missing({ program: "openssl" }) ??
    await tlsTestsMissing(),
  async fn() {
    const cwd = await sharedPki();
    const table: Record<string, unknown> = {};
    for (const row of ROWS) {
      await using listening = await listenInProcess([...OWN, "-v", ...row.options ?? []], {
        folder: cwd,
      });
      const { port } = listening;
      if (port === undefined) assert.fail((await listening.stop()).stderr);
      const alert = await alertFor(row, { port, cwd });
      const { stderr } = await listening.stop();
      const reference = await storescpAlert(row, cwd);
      table[row.client] = { alert, reference };
      const lines = stderr.split("\n").filter((line) => line.startsWith("W: Connection"));
      assert.equal(lines.length, 1, `${row.client}\n${stderr}`);
      assert.match(lines[0] ?? "", row.log);
      const wanted = { alert: row.alert, reference: row.reference ?? row.alert };
      assert.deepEqual({ alert, reference }, wanted, `${row.client}\n${stderr}`);
    }
    console.table(table);
  },
});

testWith({
  name: "the reference's echoscu says by which alert --listen refused it",
  missing: missing({ program: "echoscu" }) ?? await tlsTestsMissing(),
  async fn() {
    const cwd = await sharedPki();
    await using listening = await listenInProcess([...OWN, "-v"], { folder: cwd });
    const args = ["+tla", "-ic", "+pa", "127.0.0.1", String(listening.port)];
    const run = await runProgram({ command: "echoscu", args: [] }, { args, cwd });
    assert.match(run.stderr, /sslv3 alert handshake failure/);
    const { stderr } = await listening.stop();
    assert.match(stderr, /no cipher suite in common: the client offers AES128-SHA$/m);
  },
});

/** A ClientHello of TLS 1.0 with one suite. */
const OLD_HELLO = Uint8Array.fromHex(`0100002b0301${"00".repeat(32)}000004002f00ff0100`);

function record(body: Uint8Array): Uint8Array {
  return Uint8Array.of(22, 3, 1, body.length >> 8, body.length & 0xff, ...body);
}

async function readAll(conn: Deno.Conn): Promise<string> {
  const bytes: number[] = [];
  const buffer = new Uint8Array(1024);
  for (;;) {
    const length = await conn.read(buffer).catch(() => null);
    if (length === null) return new Uint8Array(bytes).toHex();
    bytes.push(...buffer.subarray(0, length));
  }
}

testWith({
  name: "--listen reads a hello in single bytes, and closes whether the client does or not",
  missing: await tlsTestsMissing(),
  async fn() {
    const folder = await sharedPki();
    await using listening = await listenInProcess([...OWN, "-v", "-ta", "2"], { folder });
    const { port } = listening;
    assert.ok(port !== undefined);
    // Each byte of it in a record, in a packet of its own; the client does not close.
    using inRecords = await Deno.connect({ hostname: "127.0.0.1", port });
    inRecords.setNoDelay(true);
    for (const byte of OLD_HELLO) await inRecords.write(record(Uint8Array.of(byte)));
    assert.equal(await readAll(inRecords), "15030100020246");
    // What a client sends after the hello must not take our alert back.
    using noisy = await Deno.connect({ hostname: "127.0.0.1", port });
    await noisy.write(new Uint8Array([...record(OLD_HELLO), ...new Uint8Array(60_000)]));
    assert.equal(await readAll(noisy), "15030100020246");
    // One that never ends is cut by the limit.
    using endless = await Deno.connect({ hostname: "127.0.0.1", port });
    let isOver = false;
    const ended = readAll(endless).finally(() => isOver = true);
    for (const byte of record(OLD_HELLO)) {
      if (isOver) break;
      await endless.write(Uint8Array.of(byte)).catch(() => {});
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    assert.equal(await ended, "");
    const { stderr } = await listening.stop();
    assert.equal(stderr.match(/no TLS version in common: the client offers 1\.0 at/g)?.length, 2);
    assert.match(stderr, /no TLS within 2 s/);
  },
});
