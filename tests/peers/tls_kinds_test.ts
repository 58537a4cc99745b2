/**
 * What only our own engine reaches, by `openssl s_server` with settings of the field: with the default of
 * `--tls-engine` each server gets our first PDU.
 */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { startOpensslServer } from "../support/openssl_server.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { runProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

const NO_OPENSSL = missing({ program: "openssl" });
const ALL = ["-cipher", "ALL:@SECLEVEL=0"];
const TRUSTING = ["+tla", "+cf", "ca.pem"];

function showing(name: string): readonly string[] {
  return ["-cert", `${name}.pem`, "-key", `${name}.key`];
}

const GOOD = showing("server-good");

interface Kind {
  readonly what: string;
  readonly server: readonly string[];
  readonly ours: readonly string[];
}

const KINDS: readonly Kind[] = [
  {
    what: "prefers ChaCha20 in TLS 1.2 and speaks AES too",
    server: [
      ...GOOD,
      ...["-tls1_2", "-serverpref", "-cipher"],
      "ECDHE-RSA-CHACHA20-POLY1305:ECDHE-RSA-AES256-GCM-SHA384",
    ],
    ours: TRUSTING,
  },
  {
    what: "has groups of brainpool alone",
    server: [...GOOD, "-tls1_2", "-named_curve", "brainpoolP384r1"],
    ours: TRUSTING,
  },
  { what: "has a key on brainpool", server: showing("server-bp256"), ours: ["+tla", "-ic", "+pz"] },
  { what: "has a key on P-521", server: showing("server-ec521"), ours: TRUSTING },
  { what: "has an RSA-PSS key", server: showing("server-rsapss"), ours: TRUSTING },
  {
    what: "signs its exchange with SHA-1",
    server: [...GOOD, "-tls1_2", ...ALL, "-sigalgs", "RSA+SHA1"],
    ours: TRUSTING,
  },
  {
    what: "has an unknown critical extension, with -ic",
    server: showing("server-critunk"),
    ours: ["+tla", "-ic"],
  },
  { what: "has a certificate with 1600 names", server: showing("names"), ours: ["+tla", "-ic"] },
  ...["-tls1_2", "-tls1_3"].map((version) => ({
    what: `wants our certificate in ${version}, whose key is on P-521`,
    server: [...GOOD, version, "-Verify", "2", "-CAfile", "ca.pem"],
    ours: ["+tls", "server-ec521.key", "server-ec521.pem", "+cf", "ca.pem", "+px"],
  })),
];

testWith({
  name: `reaches servers of ${KINDS.length} kinds`,
  missing: NO_OPENSSL,
  async fn() {
    const folder = await sharedPki();
    await makeNames(folder);
    // Each waits a second for an answer that does not come, so they wait together.
    const troubles = await Promise.all(KINDS.map((kind) => troubleWith(kind, folder)));
    assert.deepEqual(troubles.filter((one) => one !== undefined), []);
  },
});

async function troubleWith(
  { what, server, ours }: Kind,
  folder: string,
): Promise<string | undefined> {
  await using running = await startOpensslServer(server, folder);
  const args = ["-ta", "1", ...ours, "127.0.0.1", String(running.port)];
  const { stderr } = await runInProcess(args, { folder });
  const { received } = await running.stop();
  return received.subarray(0, 2).toHex() === "0100"
    ? undefined
    : `a server that ${what}: ${stderr}`;
}

/** A self-signed certificate in which nothing but the number of names is unusual. */
async function makeNames(cwd: string): Promise<void> {
  const names = Array.from({ length: 1600 }, (_, at) => `DNS:modality-${at}.example.org`);
  const made = ["-nodes", "-subj", "/CN=many", "-keyout", "names.key", "-out", "names.pem"];
  const args = ["req", "-x509", "-newkey", "rsa:2048", ...made];
  const { code, stderr } = await runProgram({ command: "openssl", args }, {
    args: ["-addext", `subjectAltName=${names.join()}`],
    cwd,
  });
  assert.equal(code, 0, stderr);
}

const REFUSING = ["-tls1_3", "-Verify", "2", "-verify_return_error", "-CAfile", "ca.pem"];

/** The line is the reference's, which does not read the alert there; the hint knows it. */
const REFUSALS = [
  { what: "without ours", ours: TRUSTING, hint: /tls-own-certificate-wanted$/m },
  {
    what: "with one of a CA that it does not know",
    ours: ["+tls", "client-untrusted.key", "client-untrusted.pem", "+cf", "ca.pem"],
    hint: /tls-own-chain-incomplete$/m,
  },
  {
    what: "with one that has expired",
    ours: ["+tls", "client-expired.key", "client-expired.pem", "+cf", "ca.pem"],
    hint: /^hint: the peer refuses our certificate \(certificate expired\)/m,
  },
] as const;

for (const { what, ours, hint } of REFUSALS) {
  for (const engine of ["auto", "own"]) {
    testWith({
      name: `knows the alert of a TLS 1.3 server that refuses us ${what}, engine ${engine}`,
      missing: NO_OPENSSL,
      async fn() {
        const folder = await sharedPki();
        await using running = await startOpensslServer([...GOOD, ...REFUSING], folder);
        const args = ["--explain", "--tls-engine", engine, ...ours];
        const peer = ["127.0.0.1", String(running.port)];
        const { code, stderr } = await runInProcess([...args, ...peer], { folder });
        assert.equal(code, 1);
        assert.match(stderr, /^F: Association Request Failed: 0006:0317 Peer aborted Association/);
        assert.match(stderr, hint);
      },
    });
  }
}
