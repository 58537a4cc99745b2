/** `--tls-scan` with real servers: what it finds is what they were set to, and what it recommends does connect. */

import assert from "node:assert/strict";
import schema from "../../docs/tls-scan.schema.json" with { type: "json" };
import { Ajv2020 } from "ajv/2020";
import { missing } from "../support/installed.ts";
import { freePort } from "../support/ports.ts";
import { startOpensslServer } from "../support/openssl_server.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { ourProgram, runProgram, SIGNALS_MISSING, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { startRawPeer, startTlsServer } from "../support/tls_servers.ts";

const NO_TLS = await tlsTestsMissing();
const validate = new Ajv2020({ allErrors: true, validateFormats: false })
  .compile(schema);

interface Scanned {
  readonly speaks: string;
  readonly usable: boolean;
  readonly verdict: string;
  readonly versions: readonly {
    readonly version: string;
    readonly offered: boolean;
    readonly suites: readonly { readonly name: string }[];
    readonly order?: string;
    readonly groups: readonly string[];
  }[];
  readonly chains: readonly {
    readonly trusted?: boolean;
    readonly distrust?: string;
    readonly certificates: readonly { readonly publicKey: string }[];
  }[];
  readonly dhBits: readonly number[];
  readonly clientCertificate: { readonly wanted: string; readonly authorities: readonly string[] };
  readonly serverName: { readonly effect: string; readonly asked?: string };
  readonly profiles: readonly { readonly short: string; readonly fits: string }[];
  readonly commands: readonly {
    readonly client: string;
    readonly words: readonly string[];
    readonly needs: readonly string[];
  }[];
  readonly audit: readonly { readonly id: string }[];
}

async function scanned(
  port: number,
  { more = [], host = "localhost" }: { readonly more?: readonly string[]; readonly host?: string } =
    {},
) {
  const args = ["--tls-scan", "--scan-pause", "0", "--json", ...more, host, `${port}`];
  const { code, stdout, stderr } = await runInProcess(args, { folder: await sharedPki() });
  const scan: Scanned = JSON.parse(stdout);
  assert.ok(validate(scan), JSON.stringify(validate.errors));
  return { code, scan, stderr };
}

/** Names of the versions that are spoken, the oldest first. */
function spoken({ versions }: Scanned): string {
  return versions.filter(({ offered }) => offered).map(({ version }) => version).toReversed().join(
    " ",
  );
}

function suitesIn({ versions }: Scanned, wanted: string): readonly string[] {
  return versions.find(({ version }) => version === wanted)?.suites.map(({ name }) => name) ?? [];
}

function complaints({ audit }: Scanned): readonly string[] {
  return audit.map(({ id }) => id);
}

const SERVER = ["-cert", "server-good.pem", "-key", "server-good.key"];
const TRUST = ["+tla", "+cf", "ca.pem"];

testWith({
  name: "--tls-scan finds the suites of openssl s_server, and in its order",
  missing: NO_TLS,
  async fn() {
    const names = ["AES256-SHA", "ECDHE-RSA-AES128-GCM-SHA256", "NULL-SHA", "DHE-RSA-AES256-SHA"];
    const server = [...SERVER, "-serverpref", "-cipher", `${names.join(":")}:@SECLEVEL=0`];
    await using running = await startOpensslServer([...server, "-tls1_2"], await sharedPki());
    const { code, scan } = await scanned(running.port, { more: TRUST });
    assert.deepEqual([code, spoken(scan), scan.versions[1]?.order], [0, "TLSv1.2", "server"]);
    assert.deepEqual(suitesIn(scan, "TLSv1.2"), [
      "TLS_RSA_WITH_AES_256_CBC_SHA",
      "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
      "TLS_RSA_WITH_NULL_SHA",
      "TLS_DHE_RSA_WITH_AES_256_CBC_SHA",
    ]);
    assert.equal(scan.chains[0]?.trusted, true);
    assert.ok(complaints(scan).includes("null"));
  },
});

testWith({
  name: "--tls-scan finds what openssl ciphers lists, in that order",
  missing: NO_TLS,
  async fn() {
    const ciphers = "ALL:eNULL:!PSK:!SRP:!DSS:!ECDSA:@SECLEVEL=0";
    const listed = await runProgram({ command: "openssl", args: ["ciphers"] }, {
      args: ["-s", "-tls1_2", "-stdname", ciphers],
    });
    const names = [...listed.stdout.matchAll(/^(TLS_\S*_WITH_\S+)/gm)].map(([, name]) => name);
    assert.ok(names.length > 30);
    const server = [...SERVER, "-tls1_2", "-serverpref", "-cipher", ciphers];
    await using running = await startOpensslServer(server, await sharedPki());
    assert.deepEqual(suitesIn((await scanned(running.port)).scan, "TLSv1.2"), names);
  },
});

testWith({
  name: "--tls-scan of an old server names what is forbidden",
  missing: NO_TLS,
  async fn() {
    const server = ["-cert", "server-rsa1024.pem", "-key", "server-rsa1024.key"];
    const old = [...server, "-tls1", "-cipher", "AES128-SHA:AECDH-AES128-SHA:@SECLEVEL=0"];
    await using running = await startOpensslServer(old, await sharedPki());
    const { code, scan } = await scanned(running.port, { more: TRUST });
    assert.deepEqual([code, spoken(scan)], [0, "TLSv1"]);
    const ids = complaints(scan);
    const wanted = [
      "old-versions",
      "no-new-version",
      "anonymous",
      "no-forward-secrecy",
      "short-key",
    ];
    assert.deepEqual(wanted.filter((id) => !ids.includes(id)), []);
    const [ours] = scan.commands;
    assert.ok(ours?.words.includes("+px"), JSON.stringify(ours));
  },
});

for (const version of ["-tls1_2", "-tls1_3"]) {
  testWith({
    name: `--tls-scan of a server with ${version} says that it wants a certificate, and of whom`,
    missing: NO_TLS,
    async fn() {
      const wanting = ["-Verify", "2", "-verify_return_error", "-CAfile", "ca.pem"];
      await using running = await startOpensslServer(
        [...SERVER, version, ...wanting],
        await sharedPki(),
      );
      const { scan } = await scanned(running.port, { more: TRUST });
      assert.deepEqual(scan.clientCertificate.wanted, "required");
      assert.match(scan.clientCertificate.authorities.join(), /CN=Test Root CA/);
      assert.ok(scan.commands[0]?.words.includes("+tls"));
    },
  });
}

testWith({
  name: "--tls-scan finds short Diffie-Hellman primes",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    const folder = await Deno.makeTempDir();
    try {
      const dh = `${folder}/dh.pem`;
      await Deno.writeTextFile(dh, DH_1024);
      const server = [...SERVER, "-tls1_2", "-cipher", "DHE:@SECLEVEL=0", "-dhparam", dh];
      await using running = await startOpensslServer(server, cwd);
      const { code, scan } = await scanned(running.port, { more: TRUST });
      assert.deepEqual([code, scan.dhBits], [0, [1024]]);
      assert.ok(complaints(scan).includes("short-dh"));
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

testWith({
  name:
    "--tls-scan says why a certificate is not trusted, and that nothing connects before it passes",
  missing: NO_TLS,
  async fn() {
    const shown = ["-cert", "server-expired.pem", "-key", "server-expired.key", "-tls1_3"];
    await using running = await startOpensslServer(shown, await sharedPki());
    const { scan } = await scanned(running.port, { more: TRUST });
    assert.deepEqual(scan.chains.map(({ trusted }) => trusted), [false]);
    assert.match(scan.chains[0]?.distrust ?? "", /expired/);
    assert.match(
      scan.commands[0]?.needs.join() ?? "",
      /^a certificate of the server that passes: /,
    );
    assert.deepEqual(complaints(scan).filter((id) => /expired|untrusted/.test(id)), [
      "expired",
      "untrusted",
    ]);
  },
});

testWith({
  name: "--tls-scan shows both certificates of a server that has two",
  missing: NO_TLS,
  async fn() {
    const both = [...SERVER, "-dcert", "server-ec.pem", "-dkey", "server-ec.key"];
    await using running = await startOpensslServer(both, await sharedPki());
    const { scan } = await scanned(running.port);
    const keys = scan.chains.map(({ certificates }) => certificates[0]?.publicKey).toSorted();
    assert.deepEqual(keys, ["EC P-256", "RSA 2048"]);
    assert.match(scan.commands[0]?.needs.join() ?? "", /^CA\.pem: /);
  },
});

/** Flags of profiles of a `storescp`, and of the clients that must meet it. */
const MEETS: Readonly<Record<string, string>> = {
  "+py": "+pg +pm +py +px +pz",
  "+pz": "+pg +pm +py +px +pz",
  "+px": "+pg +pm +py +px +pz +pa",
  "+pa": "+px +pa",
  "+pn": "+pn",
};

for (const [profile, flags] of Object.entries(MEETS)) {
  testWith({
    name: `--tls-scan of storescp ${profile} finds who meets it, and both command lines connect`,
    missing: NO_TLS ?? missing({ program: "storescp" }) ?? missing({ program: "echoscu" }),
    async fn() {
      const cwd = await sharedPki();
      const command = ["storescp", "+tls", "server-good.key", "server-good.pem", profile, "-ic"];
      await using server = await startTlsServer([...command, "--ignore", "{port}"], cwd);
      const { code, scan } = await scanned(server.port, { more: TRUST });
      const meeting = scan.profiles.filter(({ fits }) => fits !== "no").map(({ short }) => short);
      assert.deepEqual([code, meeting.join(" ")], [0, flags]);
      for (const { client, words: [, ...args], needs } of scan.commands) {
        assert.deepEqual(needs, []);
        const run = client === "dcmtk"
          ? await runProgram({ command: "echoscu", args: [] }, { args, cwd })
          : await runInProcess(args, { folder: cwd });
        assert.deepEqual([run.code, run.stderr], [0, ""], `${client}: ${args.join(" ")}`);
      }
      assert.deepEqual(scan.commands.map(({ client }) => client), ["echoscu", "dcmtk"]);
    },
  });
}

testWith({
  name: "--tls-scan of a plain storescp says that it speaks DICOM without TLS",
  missing: NO_TLS ?? missing({ program: "storescp" }),
  async fn() {
    await using server = await startTlsServer(
      ["storescp", "--ignore", "{port}"],
      await sharedPki(),
    );
    const { code, scan } = await scanned(server.port);
    assert.deepEqual([code, scan.speaks, scan.commands], [1, "dicom", []]);
  },
});

testWith({
  name: "--tls-scan of a server that wants to be asked for by name says so",
  missing: NO_TLS,
  async fn() {
    const named = ["-servername", "localhost", "-servername_fatal"];
    const second = ["-cert2", "server-good.pem", "-key2", "server-good.key"];
    const server = ["-cert", "server-ec.pem", "-key", "server-ec.key", "-tls1_2"];
    await using running = await startOpensslServer(
      [...server, ...named, ...second],
      await sharedPki(),
    );
    const { scan } = await scanned(running.port, { more: ["--request-sni", "localhost"] });
    assert.deepEqual(scan.serverName, { effect: "changes", asked: "localhost" });
    assert.ok(scan.commands[0]?.words.includes("--request-sni"));
  },
});

testWith({
  name: "--tls-scan of gnutls-serv finds its versions, and that it asks for a certificate in vain",
  missing: NO_TLS ?? missing({ program: "gnutls-serv" }),
  async fn() {
    const own = ["--x509certfile", "server-good.pem", "--x509keyfile", "server-good.key"];
    const priority =
      "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:-CIPHER-ALL:+AES-128-GCM:+AES-256-CBC";
    const command = ["gnutls-serv", "--echo", "--port", "{port}", ...own, "--priority", priority];
    await using server = await startTlsServer(command, await sharedPki());
    const { code, scan } = await scanned(server.port);
    assert.deepEqual([code, spoken(scan)], [0, "TLSv1.2 TLSv1.3"]);
    assert.deepEqual(suitesIn(scan, "TLSv1.3"), ["TLS_AES_128_GCM_SHA256"]);
    assert.ok(suitesIn(scan, "TLSv1.2").includes("TLS_RSA_WITH_AES_256_CBC_SHA"));
    assert.equal(scan.clientCertificate.wanted, "optional");
  },
});

/** Peers without TLS that is any good, by what they send; each read of ours is limited to a second. */
const OTHERS: Readonly<
  Record<string, { readonly hex: string; readonly speaks: string; readonly says: RegExp }>
> = {
  "nothing": { hex: "", speaks: "unknown", says: /it does not answer$/ },
  "HTTP": {
    hex: new TextEncoder().encode("HTTP/1.1 400 \r\n").toHex(),
    speaks: "other",
    says: /speaks HTTP/,
  },
  "records that never end": {
    hex: `1603034000${"02".repeat(16_384)}`.repeat(20),
    speaks: "unknown",
    says: /break the rules of TLS$/,
  },
};

for (const [what, { hex: sendHex, speaks, says }] of Object.entries(OTHERS)) {
  testWith({
    name: `--tls-scan of a peer that sends ${what} has an end`,
    missing: NO_TLS,
    async fn() {
      await using peer = await startRawPeer({ readBytes: "one read", sendHex, then: "wait" });
      const more = ["-ts", "1", "-ta", "1"];
      const { code, scan } = await scanned(peer.port, { more, host: "127.0.0.1" });
      assert.deepEqual([code, scan.speaks, scan.usable], [1, speaks, false]);
      assert.match(scan.verdict, says);
    },
  });
}

testWith({
  name: "--tls-scan prints what it knows when it is interrupted, and says that this is not all",
  missing: NO_TLS ?? SIGNALS_MISSING,
  async fn() {
    const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const args = ["--tls-scan", "--scan-pause", "60", "127.0.0.1", `${listener.addr.port}`];
    await using scan = startProgram(ourProgram(), { args });
    const connection = await listener.accept();
    await connection.read(new Uint8Array(4096));
    await connection.write(Uint8Array.of(21, 3, 1, 0, 2, 2, 70));
    // It closes as soon as it has its answer, and then waits for a minute.
    while (await connection.read(new Uint8Array(64)) !== null);
    assert.equal(await scan.stop("SIGINT"), 130);
    connection.close();
    listener.close();
    assert.match(scan.output(), /^INCOMPLETE after 1 connection in .*: it was interrupted;/m);
    assert.match(scan.output(), /^TLSv1\.3: no \(alert 70, protocol version\)$/m);
  },
});

testWith({
  name: "--tls-scan writes a page and a text of 80 columns, and no report of checks",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    const folder = await Deno.makeTempDir();
    try {
      await using running = await startOpensslServer([...SERVER, "-tls1_2"], cwd);
      const page = `${folder}/scan.html`;
      const args = ["--tls-scan", "--scan-pause", "0", "-q", "--report", `html=${page}`];
      const peer = ["127.0.0.1", `${running.port}`];
      const { code, stdout, stderr } = await runProgram(ourProgram(), {
        args: [...args, ...peer],
        cwd,
      });
      assert.deepEqual([code, stderr], [0, ""]);
      for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
      const html = await Deno.readTextFile(page);
      assert.match(html, /http-equiv="Content-Security-Policy" content="default-src 'none';/);
      assert.doesNotMatch(html, /<script|<img|https?:|undefined/);
      assert.match(html, /<h2>What an auditor would say<\/h2>/);
      const refused = await runProgram(ourProgram(), {
        args: ["--tls-scan", "--report", "junit", ...peer],
      });
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, /^error: --tls-scan makes no junit report/m);
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
});

testWith({
  name: "--tls-scan ends with the codes of checks where nothing answers",
  missing: NO_TLS,
  async fn() {
    const port = `${freePort()}`;
    const detailed = ["--tls-scan", "-q", "--exit-codes", "detailed"];
    const dead = await runProgram(ourProgram(), { args: [...detailed, "127.0.0.1", port] });
    assert.equal(dead.code, 62);
    assert.match(dead.stdout, /cannot be reached: Connection refused/);
    const nobody = await runProgram(ourProgram(), {
      args: [...detailed, "no.such.host.invalid", port],
    });
    assert.equal(nobody.code, 61);
  },
});

/** A prime of 1024 bits (RFC 2409 6.2) with generator 2. */
const DH_1024 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;
