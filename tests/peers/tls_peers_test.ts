/** TLS with real programs: our check against their servers, their clients against our answering side. */

import assert from "node:assert/strict";
import { missing, type Need, pathOf } from "../support/installed.ts";
import { untilListening } from "../support/ports.ts";
import { freePort } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { untilTrue } from "../support/until.ts";
import { startTlsServer } from "../support/tls_servers.ts";

const NO_TLS = await tlsTestsMissing();
const SERVER = ["+tls", "server-good.key", "server-good.pem"];
const MUTUAL = [...SERVER, "+cf", "ca.pem"];
const ANONYMOUS = ["+tla", "+cf", "ca.pem"];
const OWN = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];

interface Meeting {
  /** Name of the peer and how it is set up. */
  readonly peer: string;
  /** Program it needs. */
  readonly need: Need;
  /** Its command line in the folder of the PKI. */
  readonly server: readonly string[];
  /** Our options. */
  readonly ours: readonly string[];
}

function dcmtk(program: string, options: readonly string[]): readonly string[] {
  return [program, ...options, "{port}"];
}

const MEETINGS: readonly Meeting[] = [
  ...[[], ["+py"], ["+px"], ["+pz"]].flatMap((profile) =>
    [[], ["+py"], ["+px"], ["+pz"], ["+pg"], ["+pm"]].map((ours): Meeting => ({
      peer: `storescp ${profile.join(" ")}, ours ${ours.join(" ")}`,
      need: { program: "storescp" },
      server: dcmtk("storescp", [...SERVER, "-ic", "--ignore", ...profile]),
      ours: [...ANONYMOUS, ...ours],
    }))
  ),
  ...["+pa", "+pn", "+px", "+py", "+pz"].map((profile): Meeting => ({
    peer: `storescp ${profile}, ours the same with our own engine`,
    need: { program: "storescp" },
    server: dcmtk("storescp", [...MUTUAL, "--ignore", profile]),
    ours: [...OWN, profile, "--tls-engine", "own"],
  })),
  {
    peer: "storescp +pa by a second connection of +px",
    need: { program: "storescp" },
    server: dcmtk("storescp", [...SERVER, "-ic", "--ignore", "+pa"]),
    ours: [...ANONYMOUS, "+px"],
  },
  ...["client-rsa1024", "client-dsa", "client-ed25519", "client-ec"].map((own): Meeting => ({
    peer: `storescp that wants a certificate, ours ${own}`,
    need: { program: "storescp" },
    server: dcmtk("storescp", [...MUTUAL, "--ignore", "+pz"]),
    ours: ["+tls", `${own}.key`, `${own}.pem`, "+cf", "ca.pem", "+pz"],
  })),
  {
    peer: "storescp that wants a client certificate",
    need: { program: "storescp" },
    server: dcmtk("storescp", [...MUTUAL, "--ignore"]),
    ours: OWN,
  },
  {
    peer: "storescp that wants a client certificate, in TLS 1.2",
    need: { program: "storescp" },
    server: dcmtk("storescp", [...MUTUAL, "--ignore"]),
    ours: [...OWN, "+pz"],
  },
  {
    peer: "storescp that gets our intermediate CA from what we trust",
    need: { program: "storescp" },
    server: dcmtk("storescp", [...MUTUAL, "--ignore"]),
    ours: ["+tls", "client-int.key", "client-int.pem", "+cf", "ca.pem", "+cf", "int.pem"],
  },
  {
    peer: "dcmrecv that wants a client certificate",
    need: { program: "dcmrecv" },
    server: dcmtk("dcmrecv", [...MUTUAL, "--ignore"]),
    ours: OWN,
  },
  ...[false, true].map((mutual): Meeting => ({
    peer: `Orthanc${mutual ? " that wants a client certificate" : ""}`,
    need: { program: "Orthanc" },
    server: ["sh", pathOf("foreign/orthanc_tls.sh"), "{port}", String(mutual)],
    ours: mutual ? OWN : ANONYMOUS,
  })),
];

for (const { peer, need, server, ours } of MEETINGS) {
  testWith({
    name: `verifies ${peer}`,
    missing: missing(need) ?? NO_TLS,
    async fn() {
      const cwd = await sharedPki();
      await using running = await startTlsServer(server, cwd);
      const args = ["-v", ...ours, "--verify-hostname", "localhost", String(running.port)];
      const run = await runProgram(ourProgram(), { args, cwd });
      assert.equal(run.code, 0, run.stderr);
      assert.match(run.stderr, /^I: Received Echo Response \(Success\)$/m);
    },
  });
}

interface Caller {
  /** Name of the client and how we are set up. */
  readonly client: string;
  /** Our options. */
  readonly ours: readonly string[];
  /** Its options, before peer and port. */
  readonly options: readonly string[];
  /** Whether it gets through. */
  readonly verifies: boolean;
  /** What our log says. */
  readonly log: RegExp;
}

const CALLERS: readonly Caller[] = [
  {
    client: "the reference's echoscu",
    ours: SERVER,
    options: ANONYMOUS,
    verifies: true,
    log: /TLSv1\.3 with TLS_AES_256_GCM_SHA384, client without a certificate/,
  },
  {
    client: "the reference's echoscu with a certificate that we want",
    ours: MUTUAL,
    options: OWN,
    verifies: true,
    log: /client CN=Test Client, O=Test PKI \(trusted\)/,
  },
  {
    client: "the reference's echoscu with a certificate that we want, in TLS 1.2",
    ours: MUTUAL,
    options: [...OWN, "+px", "+pz"],
    verifies: true,
    log: /TLSv1\.2 with ECDHE-RSA-AES128-GCM-SHA256|TLSv1\.2 with ECDHE-RSA-AES256-GCM-SHA384/,
  },
  {
    client: "the reference's echoscu without the certificate that we want",
    ours: MUTUAL,
    options: ANONYMOUS,
    verifies: false,
    log: /TLS refused, the client showed no certificate/,
  },
  {
    client: "the reference's echoscu with an unknown certificate",
    ours: MUTUAL,
    options: ["+tls", "client-untrusted.key", "client-untrusted.pem", "+cf", "ca.pem"],
    verifies: false,
    log: /TLS refused, .*client certificate/,
  },
  {
    client: "the reference's echoscu with an expired certificate",
    ours: MUTUAL,
    options: ["+tls", "client-expired.key", "client-expired.pem", "+cf", "ca.pem"],
    verifies: false,
    log: /TLS refused, client certificate expired \d+ days ago: CN=/,
  },
  {
    client: "the reference's echoscu without a certificate, where one is optional",
    ours: [...MUTUAL, "-ic"],
    options: ANONYMOUS,
    verifies: true,
    log: /client without a certificate/,
  },
  {
    client: "the reference's echoscu in plain TCP",
    ours: SERVER,
    options: [],
    verifies: false,
    log: /what came is not TLS/,
  },
];

for (const { client, ours, options, verifies, log } of CALLERS) {
  testWith({
    name: `--listen ${verifies ? "answers" : "turns away"} ${client}`,
    missing: missing({ program: "echoscu" }) ?? NO_TLS,
    async fn() {
      const cwd = await sharedPki();
      const port = freePort();
      await using listening = startProgram(ourProgram(), {
        args: ["-d", "--listen", `127.0.0.1:${port}`, ...ours],
        cwd,
      });
      assert.ok(await untilListening(port, { alive: () => listening.alive }), listening.output());
      const args = ["-v", ...options, "127.0.0.1", String(port)];
      const run = await runProgram({ command: "echoscu", args: [] }, { args, cwd });
      const answered = run.stderr.includes("I: Received Echo Response (Success)");
      assert.equal(answered, verifies, run.stderr + listening.output());
      // Where a signal ends it at once, nothing comes after.
      await untilTrue(() => log.test(listening.output()), listening);
    },
  });
}

testWith({
  name: "--listen shows openssl s_client its certificate, and takes its",
  missing: NO_TLS,
  async fn() {
    const cwd = await sharedPki();
    for (const version of ["-tls1_3", "-tls1_2"]) {
      const port = freePort();
      await using listening = startProgram(ourProgram(), {
        args: ["-d", "--listen", `127.0.0.1:${port}`, ...MUTUAL],
        cwd,
      });
      assert.ok(await untilListening(port, { alive: () => listening.alive }));
      const { stdout, stderr } = await runProgram({ command: "openssl", args: ["s_client"] }, {
        args: [
          ...["-connect", `127.0.0.1:${port}`, "-CAfile", "ca.pem", version, "-brief"],
          ...["-cert", "client-good.pem", "-key", "client-good.key", "-verify_return_error"],
        ],
        cwd,
        stdin: "",
      });
      await listening.stop();
      assert.match(stdout + stderr, /Verification: OK/);
      assert.match(listening.output(), /client CN=Test Client, O=Test PKI \(trusted\)/);
    }
  },
});
