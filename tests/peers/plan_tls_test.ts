/** Plans over TLS, with the whole program on both sides. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, type Run, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await tlsTestsMissing();
const DAYS = 40;

/** A self-signed certificate for 127.0.0.1 with its key, in files of their own. */
async function makeCertificate(folder: string, name: string): Promise<void> {
  const args = [
    "req",
    "-x509",
    "-newkey",
    "ec",
    "-pkeyopt",
    "ec_paramgen_curve:prime256v1",
    "-nodes",
  ];
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=IP:127.0.0.1"];
  const files = ["-keyout", `${folder}/${name}.key`, "-out", `${folder}/${name}.pem`];
  const run = await runProgram({ command: "openssl", args }, {
    args: [...subject, ...files, "-days", `${DAYS}`],
  });
  assert.equal(run.code, 0, run.stderr);
}

/** Runs our program with `options` at an answering side of ours that has TLS; `PORT` is its port. */
async function runSecured(options: (port: number) => readonly string[], plan = ""): Promise<Run> {
  const folder = await Deno.makeTempDir();
  try {
    await makeCertificate(folder, "server");
    await makeCertificate(folder, "other");
    const port = freePort();
    const args = ["--listen", `127.0.0.1:${port}`, "+tls", "server.key", "server.pem", "-ic"];
    await using server = startProgram(ourProgram(), { args, cwd: folder });
    assert.ok(await untilListening(port, { alive: () => server.alive }), server.output());
    await Deno.writeTextFile(`${folder}/plan.yaml`, plan.replaceAll("PORT", `${port}`));
    return await runProgram(ourProgram(), { args: options(port), cwd: folder });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

testWith({
  name: "our program checks the peers of a plan over TLS, each with its own settings",
  missing: NO_TLS,
  fn: async () => {
    const run = await runSecured(
      () => ["--plan", "plan.yaml", "--exit-codes", "detailed"],
      `defaults: { timeouts: { connect: 60, acse: 20 } }
groups: { secure: { tls: { ca: [server.pem] } } }
peers:
  - { name: trusted, host: 127.0.0.1, port: PORT, group: secure, expect: { tls: { minDaysValid: 30 } } }
  - { name: own key, host: 127.0.0.1, port: PORT, group: secure, tls: { key: other.key, certificate: other.pem } }
  - { name: soon over, host: 127.0.0.1, port: PORT, group: secure, expect: { tls: { minDaysValid: 90 } } }
  - { name: not trusted, host: 127.0.0.1, port: PORT, tls: { ca: [other.pem] } }
  - { name: plain, host: 127.0.0.1, port: PORT, group: secure, tls: { enabled: false } }
`,
    );
    assert.deepEqual(run.stdout.split("\n").map((line) => line.split("\t").slice(0, 2).join(" ")), [
      "passed trusted",
      "passed own key",
      "failed soon over",
      "failed not trusted",
      "failed plain",
      run.stdout.trimEnd().split("\n").at(-1),
      "",
    ]);
    assert.match(run.stdout, /soon over.*valid for 90 more days, it is for (39|40)\n/);
    assert.equal(run.stderr, "");
    assert.equal(run.code, 72);
  },
});

testWith({
  name: "our program waits over TLS when it is told to, and never without",
  missing: NO_TLS,
  fn: async () => {
    const wait = (ca: string, seconds = 1) => (port: number) => [
      "--wait-until-up",
      `${seconds}`,
      "+tla",
      "+cf",
      ca,
      "127.0.0.1",
      `${port}`,
    ];
    assert.equal((await runSecured(wait("server.pem", 60))).code, 0);
    const refused = await runSecured(wait("other.pem"));
    assert.match(refused.stderr, /F: Not verified within 1 s\n/);
    assert.equal(refused.code, 1);
  },
});

testWith({
  name: "--plan-check names the files of certificates and lists that a check could not use",
  missing: NO_TLS,
  fn: async () => {
    const run = await runSecured(
      () => ["--plan", "plan.yaml", "--plan-check"],
      `peers:
  - { name: sound, host: 127.0.0.1, port: PORT, tls: { ca: [server.pem] } }
  - { name: no list, host: 127.0.0.1, port: PORT, tls: { crl: [server.key], crlCheck: leaf } }
  - { name: no CA, host: 127.0.0.1, port: PORT, tls: { ca: [other.key] } }
`,
    );
    assert.deepEqual([run.code, run.stdout], [20, ""]);
    assert.deepEqual(run.stderr.trimEnd().split("\n").slice(-3), [
      "peer no list: server.key holds a private key, and no CRL",
      "peer no CA: other.key holds a private key, and no certificate",
      "error: 2 files of the plan cannot be used, nobody was contacted",
    ]);
  },
});
