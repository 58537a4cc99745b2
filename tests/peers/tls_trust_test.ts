/** What is trusted is what was named: no variable of the runtime widens it, and no password is ever shown. */

import assert from "node:assert/strict";
import { startOpensslServer } from "../support/openssl_server.ts";
import { closedPort } from "../support/ports.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await tlsTestsMissing();

const VARIABLES: readonly Readonly<Record<string, string>>[] = [
  { NODE_TLS_REJECT_UNAUTHORIZED: "0" },
  { NODE_EXTRA_CA_CERTS: "otherca.pem" },
  { DENO_CERT: "otherca.pem" },
  { DENO_TLS_CA_STORE: "system", SSL_CERT_FILE: "otherca.pem" },
  { DENO_TLS_CA_STORE: "system,mozilla", DENO_CERT: "otherca.pem", SSL_CERT_DIR: "hashdir" },
  { SSL_CERT_FILE: "otherca.pem" },
  { NODE_OPTIONS: "--use-openssl-ca" },
];

testWith({
  name: "SSLKEYLOGFILE gets no secret of a check",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using server = await startOpensslServer(
      ["-cert", "server-good.pem", "-key", "server-good.key"],
      cwd,
    );
    const file = await Deno.makeTempFile({ prefix: "keys-" });
    const args = ["-ta", "1", "+tla", "+cf", "ca.pem", "localhost", String(server.port)];
    await runProgram(ourProgram(), { args, cwd, env: { SSLKEYLOGFILE: file } });
    assert.ok((await server.stop()).received.length > 0);
    assert.equal(await Deno.readTextFile(file), "");
    await Deno.remove(file);
  },
});

testWith({
  name: "no variable of the runtime widens trust or switches the check off",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using server = await startOpensslServer(
      ["-cert", "server-untrusted.pem", "-key", "server-untrusted.key"],
      cwd,
    );
    const port = String(server.port);
    for (const env of VARIABLES) {
      for (const more of [[], ["+cf", "ca.pem"], ["--trust-public-roots"]]) {
        const args = ["+tla", ...more, "localhost", port];
        const run = await runProgram(ourProgram(), { args, cwd, env });
        assert.equal(
          run.stderr,
          "F: Association Request Failed: 000b:0886 TLS error: certificate verify failed\n",
          JSON.stringify(env),
        );
        assert.equal(run.code, 1);
      }
    }
    assert.equal((await server.stop()).received.length, 0);
  },
});

testWith({
  name: "the server whose CA those variables name is accepted where that CA is named to us",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using server = await startOpensslServer(
      ["-cert", "server-untrusted.pem", "-key", "server-untrusted.key"],
      cwd,
    );
    const args = ["-ta", "1", "+tla", "+cf", "otherca.pem", "localhost", String(server.port)];
    await runProgram(ourProgram(), { args, cwd });
    assert.equal((await server.stop()).received.subarray(0, 2).toHex(), "0100");
  },
});

const SOURCES = [
  { what: "+pw", options: ["+pw", "secret"] },
  { what: "--password-file", options: ["--password-file", "password.txt"] },
  { what: "ECHOSCU_KEY_PASSWORD", options: [], env: { ECHOSCU_KEY_PASSWORD: "secret" } },
  { what: "standard input", options: ["+ps"], stdin: "secret\n" },
] as const;

for (const { what, options, ...more } of SOURCES) {
  testWith({
    name: `the password of a key comes from ${what} and is never shown`,
    missing: NO_TLS,
    async fn() {
      const cwd = await sharedPki();
      await Deno.writeTextFile(`${cwd}/password.txt`, "secret\r\nmore\n");
      const key = ["+tls", "client-good.pbes2.key", "client-good.pem"];
      await using closed = await closedPort();
      const args = ["-d", "--arguments", ...key, ...options, "127.0.0.1", `${closed.port}`];
      const run = await runProgram(ourProgram(), { args, cwd, ...more });
      assert.match(run.stderr, /Connection refused/);
      assert.doesNotMatch(run.stderr, /secret/);
    },
  });
}

testWith({
  name: "a password file that cannot be read is named, and not the key",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    const key = ["+tls", "client-good.pbes2.key", "client-good.pem"];
    for (const [file, why] of [["gone", "does not exist"], [".", "is a directory"]] as const) {
      const args = ["--explain", ...key, "--password-file", file, "127.0.0.1", "1"];
      const { code, stderr } = await runProgram(ourProgram(), { args, cwd });
      assert.ok(stderr.startsWith(`F: the password file '${file}' ${why}\nhint: `), stderr);
      assert.equal(code, 1);
    }
  },
});

const BAD_KEYS = [
  [["client-good.key", "server-good.pem"], "000b:0006 Private key"],
  [["client-dsa.key", "client-dsa.pem"], "000b:0004 Unable to load private TLS key", "runtime"],
  [["client-rsa1024.key", "client-rsa1024.pem"], "000b:0004 Unable to load private", "runtime"],
  [["garbage.txt", "client-good.pem"], "000b:0004 Unable to load private TLS key"],
  [["client-good.key", "garbage.txt"], "000b:0006 Private key"],
  [["client-good.pbes2.key", "client-good.pem"], "000b:0004 Unable to load private TLS key"],
] as const;

testWith({
  name: "a key or certificate that cannot be used ends the run before any connection",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    await using server = await startOpensslServer(
      ["-cert", "server-good.pem", "-key", "server-good.key"],
      cwd,
    );
    for (const [files, text, engine = "auto"] of BAD_KEYS) {
      const args = ["+tls", ...files, "+pw", "wrong", "+cf", "ca.pem", "--tls-engine", engine];
      const run = await runProgram(ourProgram(), {
        args: ["--exit-codes", "detailed", "--explain", ...args, "localhost", String(server.port)],
        cwd,
      });
      assert.equal(run.code, 63, run.stderr);
      assert.ok(run.stderr.includes(`F: ${text}`), run.stderr);
      assert.match(run.stderr, /^hint: .+\nstage: tls, fault: user\n$/m);
    }
    assert.equal((await server.stop()).log.includes("ERROR"), false);
  },
});

/** What our program says first to whoever listens. */
async function clientHello(options: readonly string[]): Promise<Uint8Array> {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const args = ["+tla", ...options, "localhost", String(listener.addr.port)];
  const running = runProgram(ourProgram(), { args });
  const connection = await listener.accept();
  const buffer = new Uint8Array(4096);
  const length = await connection.read(buffer) ?? 0;
  connection.close();
  await running;
  return buffer.subarray(0, length);
}

testWith({
  name: "no server name is sent unless --request-sni asks for one",
  missing: NO_TLS,
  async fn() {
    const has = (hello: Uint8Array, name: string) =>
      hello.toHex().includes(new TextEncoder().encode(name).toHex());
    for (const engine of ["runtime", "own"]) {
      const helloOf = (...options: readonly string[]) =>
        clientHello(["--tls-engine", engine, ...options]);
      for (const options of [[], ["--no-sni"], ["--verify-hostname"]]) {
        assert.equal(has(await helloOf(...options), "localhost"), false);
      }
      assert.equal(has(await helloOf("--request-sni", "pacs.example"), "pacs.example"), true);
    }
  },
});

testWith({
  name: "--trust-public-roots without the permission it takes is one clear error",
  missing: ourProgram().args.length > 0
    ? undefined
    : "an executable has its permissions compiled in",
  async fn() {
    const { command, args } = ourProgram();
    const fewer = args.filter((flag) => !flag.startsWith("--allow-sys"));
    const run = await runProgram({ command, args: fewer }, {
      args: ["--explain", "+tla", "--trust-public-roots", "127.0.0.1", "1"],
    });
    assert.equal(run.code, 1);
    assert.match(
      run.stderr,
      /^F: cannot read the public root certificates: .+\nhint: .*--allow-sys/,
    );
  },
});

Deno.test("--trust-public-roots trusts the roots of the runtime, and nothing does without", async () => {
  const { rootCertificates } = await import("node:tls");
  const folder = await Deno.makeTempDir({ prefix: "tls-roots-" });
  await Deno.writeTextFile(`${folder}/root.pem`, rootCertificates[0] ?? "");
  for (const [options, code] of [[["--trust-public-roots"], 0], [[], 22]] as const) {
    const args = ["+vc", "root.pem", "+tla", ...options];
    const run = await runProgram(ourProgram(), { args, cwd: folder });
    assert.equal(run.code, code, run.stderr);
  }
  await Deno.remove(folder, { recursive: true });
});
