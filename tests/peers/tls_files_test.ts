/** Files for TLS that are not what they should be: the hint of the check that fails for it names the file and the cure. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";
import { clientTlsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { startTlsServer } from "../support/tls_servers.ts";
import { diagnosisIn } from "./diagnosis_lines.ts";

const SERVER = ["openssl", "s_server", "-quiet", "-accept", "{port}"];
const GOOD = [...SERVER, "-cert", "server-good.pem", "-key", "server-good.key"];

interface Row {
  readonly ours: readonly string[];
  readonly says: readonly string[];
}

const UNLOADED: readonly Row[] = [
  { ours: ["+cf", "gone.pem"], says: ["gone.pem (+cf) does not exist"] },
  { ours: ["+cf", "ca.cut"], says: ["ca.cut (+cf) is DER: openssl x509 -inform DER"] },
  { ours: ["+cf", "server-good.key"], says: ["server-good.key (+cf) holds a private key"] },
  {
    ours: ["+cf", "ca.pem", "+crl", "ca.list"],
    says: ["ca.list (+crl) is DER: openssl crl -inform DER"],
  },
  {
    ours: ["+cf", "gone.pem", "+cf", "ca.pem", "+crl", "gone.crl"],
    says: ["gone.crl (+crl) does not exist"],
  },
];

async function derFiles(folder: string): Promise<void> {
  for (const [kind, from, to] of [["x509", "ca.pem", "ca.cut"], ["crl", "ca.crl.pem", "ca.list"]]) {
    const args = [kind ?? "", "-in", from ?? "", "-outform", "DER", "-out", to ?? ""];
    const { success } = await new Deno.Command("openssl", { args, cwd: folder }).output();
    assert.ok(success);
  }
}

testWith({
  name: "a file that was not loaded is named in the hint of the check that fails for it",
  missing: missing({ program: "openssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    await derFiles(folder);
    await using running = await startTlsServer(GOOD, folder);
    for (const { ours, says } of UNLOADED) {
      const args = ["--explain", "-ta", "5", "+tla", ...ours, "127.0.0.1", String(running.port)];
      const run = await runInProcess(args, { folder });
      const { situation, hint } = diagnosisIn(run.stderr);
      assert.equal(situation, "tls-trust-not-loaded", run.stderr);
      for (const words of says) assert.ok(hint.includes(words), `${words} in: ${hint}`);
    }
  },
});

testWith({
  name: "files of +tls in the wrong order, or of another kind, are named before a check",
  missing: missing({ program: "openssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    const rows: readonly (readonly [string, string, RegExp])[] = [
      ["client-good.pem", "client-good.key", /wrong order/],
      ["client-good.trad.key.der", "client-good.pem", /openssl pkey -inform DER/],
      ["client-good.key", "client-good.der", /openssl x509 -inform DER/],
      ["client-good.key", "gone.pem", /does not exist/],
    ];
    for (const [key, certificate, says] of rows) {
      const args = ["--explain", "+tls", key, certificate, "-ic", "127.0.0.1", "1"];
      const run = await runInProcess(args, { folder });
      assert.match(run.stderr.match(/^hint: .*$/m)?.[0] ?? run.stderr, says);
      assert.equal(run.code, 1);
    }
  },
});

testWith({
  name: "+vc and +rc say why a certificate does not pass and what to do, with --explain only",
  missing: missing({ program: "openssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    await derFiles(folder);
    const trust = ["+tla", "+cf", "ca.pem"];
    const rows: readonly (readonly [readonly string[], RegExp])[] = [
      [[...trust, "+vc", "server-expired.pem"], /certificate expired .*; it has to be renewed$/],
      [[...trust, "+vc", "server-untrusted.pem"], /issuer of the certificate .*; give the CA by/],
      [[...trust, "+vc", "server-selfsigned.pem"], /self-signed.*; .*trust it by \+cf$/],
      [[...trust, "+crl", "ca.crl.pem", "+vc", "server-revoked.pem"], /revoked .*replaced$/],
      [[...trust, "+vc", "ca.cut"], /^hint: the file is DER: openssl x509 -inform DER/],
      [[...trust, "+vc", "gone.pem"], /^hint: the file does not exist/],
      [["+tla", "+cf", "gone.pem", "+vc", "server-good.pem"], /gone\.pem \(\+cf\) does not exist/],
      [["+vc", "server-good.pem"], /add \+tla/],
      [["+rc", "server-good.pem"], /a root is issued by itself$/],
      [["+rc", "client-good.key"], /^hint: the file holds a private key/],
    ];
    for (const [args, says] of rows) {
      const silent = await runInProcess(args, { folder });
      const run = await runInProcess(["--explain", ...args], { folder });
      const hints = run.stderr.split("\n").filter((line) => line.startsWith("hint: "));
      assert.match(hints.join("|"), says, args.join(" "));
      assert.equal(run.stderr.replace(/^hint: .*\n/m, ""), silent.stderr);
      assert.deepEqual([run.code, run.stdout], [22, silent.stdout]);
    }
    const passed = await runInProcess(["--explain", ...trust, "+vc", "server-good.pem"], {
      folder,
    });
    assert.deepEqual([passed.code, passed.stderr], [0, ""]);
  },
});

testWith({
  name: "--tls-report says whether revocation was checked, by whose list, and until when",
  missing: missing({ program: "openssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    await using running = await startTlsServer(GOOD, folder);
    const reported = async (...ours: readonly string[]) => {
      const args = ["-ta", "1", "--tls-report", "+tla", "+cf", "ca.pem", ...ours];
      const run = await runInProcess([...args, "127.0.0.1", String(running.port)], { folder });
      return /^ {2}revocation: +(.*)$/m.exec(run.stdout)?.[1] ?? run.stdout + run.stderr;
    };
    assert.equal(await reported(), "not checked (+crl FILE)");
    assert.equal(await reported("-ic", "+crl", "ca.crl.pem"), "not checked (+crl FILE)");
    assert.match(
      await reported("+crl", "ca.crl.pem"),
      /^its certificate, by the list of \S.*, valid until 20\d\d-\d\d-\d\d$/,
    );
  },
});

testWith({
  name: "--listen says at its start that clients will refuse its certificate",
  missing: await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    const rows: readonly (readonly [string, RegExp])[] = [
      ["server-expired", /^W: the certificate in 'server-expired.pem' has expired/m],
      ["server-clienteku", /^W: .*'server-clienteku.pem' is not made for TLS servers/m],
      ["server-noeku", /^$/],
      ["server-good", /^$/],
    ];
    for (const [name, says] of rows) {
      const own = ["+tls", `${name}.key`, `${name}.pem`];
      await using listening = await listenInProcess(own, { folder });
      assert.notEqual(listening.port, undefined);
      assert.match((await listening.stop()).stderr, says, name);
    }
  },
});

testWith({
  name: "--expiry-warn warns of our own certificate and of lists, and nothing does without it",
  missing: missing({ program: "openssl" }) ?? await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    await using running = await startTlsServer(GOOD, folder);
    const own = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];
    const at = ["-ta", "1", ...own, "+crl", "ca.crl.pem", "127.0.0.1", String(running.port)];
    const warned = await runInProcess(["--expiry-warn", "36500", ...at], { folder });
    assert.match(warned.stderr, /^W: Own certificate ends in \d+ days: /m);
    assert.match(warned.stderr, /^W: Revocation list ends in \d+ days: /m);
    assert.doesNotMatch((await runInProcess(at, { folder })).stderr, /ends in/);
  },
});

testWith({
  name: "--expiry-warn warns at --listen of the certificate that it shows and of its lists",
  missing: await clientTlsMissing(),
  async fn() {
    const folder = await sharedPki();
    const own = ["+tls", "server-good.key", "server-good.pem", "+cf", "ca.pem"];
    const lists = ["+crl", "ca.crl.pem"];
    await using warned = await listenInProcess([...own, ...lists, "--expiry-warn", "36500"], {
      folder,
    });
    const { stderr } = await warned.stop();
    assert.match(stderr, /^W: Own certificate ends in \d+ days: /m);
    assert.match(stderr, /^W: Revocation list ends in \d+ days: /m);
    await using quiet = await listenInProcess([...own, ...lists], { folder });
    assert.doesNotMatch((await quiet.stop()).stderr, /ends in/);
  },
});
