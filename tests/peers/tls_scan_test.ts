/** `--tls-scan` with real servers: what it finds is what they were set to, and what it recommends does connect. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import { currentScanSchema } from "../../tools/make_scan_schema.ts";
import { missing } from "../tools/installed.ts";
import { startOpensslServer } from "../tools/openssl_server.ts";
import { ourProgram, runProgram } from "../tools/run_program.ts";
import { tlsTestsMissing } from "../tools/runtime_of.ts";
import { sharedPki } from "../tools/shared_pki.ts";
import { testWith } from "../tools/test_with.ts";
import { startTlsServer } from "../tools/tls_servers.ts";

const NO_TLS = await tlsTestsMissing();
const validate = new Ajv2020({ allErrors: true, validateFormats: false })
  .compile(JSON.parse(await currentScanSchema()));

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
  const { code, stdout, stderr } = await runProgram(ourProgram(), { args, cwd: await sharedPki() });
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
        const program = client === "dcmtk" ? { command: "echoscu", args: [] } : ourProgram();
        const run = await runProgram(program, { args, cwd });
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

/** A prime of 1024 bits (RFC 2409 6.2) with generator 2. */
const DH_1024 = `-----BEGIN DH PARAMETERS-----
MIGHAoGBAP//////////yQ/aoiFowjTExmKLgNwc0SkCTgiKZ8x0Agu+pjsTmyJR
Sgh5jjQE3e+VGbPNOkMbMCsKbfJfFDdP4TVtbVHCReSFtXZiXn7G9ExC6aY37WsL
/1y29Aa37e44a/taiZ+lrp8kEXxLH+ZJKGZR7OZTgf//////////AgEC
-----END DH PARAMETERS-----
`;
