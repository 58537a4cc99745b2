/** Peers that must be refused, and that nothing of DICOM reaches them: shown by the bytes they saw. */

import assert from "node:assert/strict";
import { type OpensslServer, startOpensslServer } from "../support/openssl_server.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { replacing, startTamperingProxy, type Tampering } from "../support/tampering_proxy.ts";
import { clientTlsMissing, tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

interface Refusal {
  /** Reads as a fact. */
  readonly what: string;
  /** Options of the server. */
  readonly server: readonly string[];
  /** Our options. */
  readonly ours: readonly string[];
  /** The reference's condition. */
  readonly condition: string;
  /** The situation in `docs/diagnosis.md`. */
  readonly situation: string;
  /** What somebody in between does. */
  readonly between?: Tampering;
  /** What our own engine says of it, where it sees more or another hello is answered otherwise. */
  readonly own?: Pick<Refusal, "condition" | "situation">;
}

const NO_TLS = await clientTlsMissing();
const NO_ENGINE = { runtime: await tlsTestsMissing(), own: NO_TLS } as const;
const VERIFY = "000b:0886 TLS error: certificate verify failed";
const TRUST = ["+tla", "+cf", "ca.pem"];

/** An `openssl s_server` that shows a certificate, with what it sends along. */
function showing(name: string, ...more: readonly string[]): readonly string[] {
  return ["-cert", `${name}.pem`, "-key", `${name}.key`, ...more];
}

const REFUSALS: readonly Refusal[] = [
  {
    what: "a server certificate of an unknown CA",
    server: showing("server-untrusted"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-ca-unknown",
  },
  {
    what: "a server certificate of an unknown CA, in TLS 1.2",
    server: showing("server-untrusted", "-tls1_2"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-ca-unknown",
  },
  {
    what: "an expired server certificate",
    server: showing("server-expired"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-certificate-expired",
  },
  {
    what: "a self-signed server certificate",
    server: showing("server-selfsigned"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-certificate-self-signed",
  },
  {
    what: "a client's certificate shown by a server",
    server: showing("server-clienteku"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-purpose-wrong",
  },
  {
    what: "a revoked server certificate",
    server: showing("server-revoked"),
    ours: [...TRUST, "+crl", "ca.crl.pem"],
    condition: VERIFY,
    situation: "tls-certificate-revoked",
  },
  {
    what: "a revoked intermediate CA",
    server: showing("server-int", "-cert_chain", "int.pem"),
    ours: [...TRUST, "+crl", "ca-introvoked.crl.pem", "+crl", "int.crl.pem", "+cra"],
    condition: VERIFY,
    situation: "tls-certificate-revoked",
  },
  {
    what: "a chain without its intermediate CA",
    server: showing("server-int"),
    ours: TRUST,
    condition: VERIFY,
    situation: "tls-ca-unknown",
  },
  {
    what: "a certificate for another host, when names are looked at",
    server: showing("server-wronghost"),
    ours: [...TRUST, "--verify-hostname"],
    condition: VERIFY,
    situation: "tls-host-name-wrong",
  },
  {
    what: "a cipher suite that the profile does not have",
    server: showing("server-good", "-tls1_2", "-cipher", "ECDHE-RSA-CHACHA20-POLY1305"),
    ours: TRUST,
    condition: "000b:0c10 TLS error: sslv3 alert handshake failure",
    situation: "tls-outside-profile",
    own: {
      condition: "000b:0c10 TLS error: sslv3 alert handshake failure",
      situation: "tls-nothing-shared",
    },
  },
  {
    what: "TLS 1.3 where the profile has only TLS 1.2",
    server: showing("server-good", "-tls1_3"),
    ours: [...TRUST, "+pz"],
    condition: "000b:0c2e TLS error: tlsv1 alert protocol version",
    situation: "tls-version-refused",
  },
  {
    what: "a hello from which somebody took TLS 1.3",
    server: showing("server-good"),
    ours: TRUST,
    condition: "000b:089f TLS error: length mismatch",
    situation: "tls-malformed",
    own: {
      condition: "000b:0975 TLS error: inappropriate fallback",
      situation: "tls-malformed",
    },
    between: { toServer: replacing("002b00050403040303", "002b00050403030303") },
  },
  {
    what: "a certificate whose key somebody changed on the way",
    server: showing("server-good", "-tls1_2"),
    ours: [...TRUST, "-ic"],
    condition: "000b:0886 TLS error: certificate verify failed",
    situation: "tls-certificate-unusable",
    own: {
      condition: "000b:0008 OpenSSL error 02000086: rsa routines: last octet invalid",
      situation: "tls-key-not-proved",
    },
    between: {
      toClient: replacing("0382010f003082010a0282010100", "0382010f003082010a0282010101"),
    },
  },
];

async function check(
  refusal: Pick<Refusal, "ours" | "between">,
  server: OpensslServer,
): Promise<Awaited<ReturnType<typeof runProgram>>> {
  await using proxy = await startTamperingProxy(server.port, refusal.between ?? {});
  const args = ["--explain", "--exit-codes", "detailed", ...refusal.ours, "-ta", "2", "localhost"];
  return await runProgram(ourProgram(), {
    args: [...args, String(proxy.port)],
    cwd: await sharedPki(),
  });
}

const ENGINES = ["runtime", "own"] as const;

for (const [row, engine] of REFUSALS.flatMap((row) => ENGINES.map((one) => [row, one] as const))) {
  testWith({
    name: `refused before any byte of DICOM by the ${engine} engine: ${row.what}`,
    missing: NO_ENGINE[engine],
    async fn() {
      await using server = await startOpensslServer(row.server, await sharedPki());
      const refusal = { ...row, ...engine === "own" ? row.own : {} };
      const ours = [...refusal.ours, "--tls-engine", engine];
      const run = await check({ ...refusal, ours }, server);
      assert.equal(run.code, 63, run.stderr);
      assert.ok(
        run.stderr.startsWith(`F: Association Request Failed: ${refusal.condition}\n`),
        run.stderr,
      );
      assert.ok(run.stderr.endsWith(`situation: ${refusal.situation}\n`), run.stderr);
      assert.equal((await server.stop()).received.length, 0);
    },
  });
}

testWith({
  name: "accepted peers see the association request, so that the tests above can fail",
  missing: NO_TLS,
  async fn() {
    for (const more of [["-tls1_3"], ["-tls1_2"]]) {
      await using server = await startOpensslServer(
        showing("server-good", ...more),
        await sharedPki(),
      );
      const run = await check({ ours: TRUST }, server);
      assert.equal(run.code, 66, run.stderr);
      const { received } = await server.stop();
      assert.equal(received.subarray(0, 2).toHex(), "0100");
    }
  },
});

testWith({
  name: "a refused server is reported why by an alert, and never sees our certificate",
  missing: NO_TLS,
  async fn() {
    const pki = await sharedPki();
    await using server = await startOpensslServer(
      showing("server-expired", "-tls1_3", "-verify", "2"),
      pki,
    );
    const own = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];
    assert.equal((await check({ ours: own }, server)).code, 63);
    const { log } = await server.stop();
    assert.match(log, /certificate expired/);
    assert.doesNotMatch(log, /Test Client/);
  },
});
