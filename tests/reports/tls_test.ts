/** Plans, reports and probes over TLS, against an answering side of our own. */

import assert from "node:assert/strict";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, type Running, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

const NO_TLS = await tlsTestsMissing();

/** Days for which the throwaway certificate is valid. */
const DAYS = 40;

interface Entry {
  readonly name: string;
  readonly verdict: string;
  readonly unmet: readonly { readonly name: string }[];
  readonly failure?: { readonly name: string };
  readonly tls?: {
    readonly protocol: string;
    readonly trust: string;
    readonly chain: readonly { readonly daysLeft: number }[];
  };
}

async function withCertificate(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tls-" });
  try {
    const args = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"];
    const files = ["-keyout", `${folder}/key.pem`, "-out", `${folder}/cert.pem`];
    const { code, stderr } = await runProgram({ command: "openssl", args }, {
      args: [...files, "-days", `${DAYS}`, "-addext", "subjectAltName=IP:127.0.0.1"],
    });
    assert.equal(code, 0, stderr);
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function started(args: readonly string[], port: number): Promise<Running> {
  const program = startProgram(ourProgram(), { args });
  assert.ok(await untilListening(port, { alive: () => program.alive }), program.output());
  return program;
}

testWith({
  name: "a plan over TLS: facts, trust, expectations, metrics",
  missing: NO_TLS,
  fn: async () => {
    await withCertificate(async (folder) => {
      const port = freePort();
      const listen = ["--listen", `127.0.0.1:${port}`, "+tls", `${folder}/key.pem`];
      await using _peer = await started([...listen, `${folder}/cert.pem`, "-ic"], port);
      const place = `host: 127.0.0.1, port: ${port}`;
      const plan = `groups: { secure: { tls: { ca: [cert.pem] } } }
peers:
  - { name: good, ${place}, group: secure, expect: { tls: { minDaysValid: 30 } } }
  - { name: old, ${place}, group: secure, expect: { tls: { minDaysValid: 60 } } }
  - { name: untrusted, ${place}, tls: {} }
  - { name: plain, ${place} }
`;
      await Deno.writeTextFile(`${folder}/plan.yaml`, plan);
      const args = ["--plan", `${folder}/plan.yaml`, "--json"];
      const { stdout, stderr } = await runProgram(ourProgram(), { args });
      assert.notEqual(stdout, "", stderr);
      const { entries }: { readonly entries: readonly Entry[] } = JSON.parse(stdout);
      assert.deepEqual(
        entries.map(({ name, verdict, unmet, failure, tls }) =>
          [name, verdict, unmet[0]?.name ?? failure?.name, tls?.trust].join(" ")
        ),
        [
          "good passed  trusted",
          "old failed tls.minDaysValid trusted",
          "untrusted failed TlsFailed refused",
          "plain failed ConnectionLost ",
        ],
      );
      const tls = entries[0]?.tls;
      assert.match(tls?.protocol ?? "", /^TLSv1\.[23]$/);
      assert.ok([DAYS - 1, DAYS].includes(tls?.chain[0]?.daysLeft ?? NaN));
      await probes(folder);
    });
  },
});

async function probes(folder: string): Promise<void> {
  const port = freePort();
  const args = ["--exporter", `127.0.0.1:${port}`, "--plan", `${folder}/plan.yaml`];
  await using _exporter = await started(args, port);
  const probe = async (query: string) =>
    await (await fetch(`http://127.0.0.1:${port}/probe?target=${query}`)).text();
  const good = await probe("good");
  assert.match(good, /\nechoscu_up 1\n/);
  assert.match(
    good,
    /\nechoscu_tls_info\{version="TLSv1\.[23]",cipher_suite=".+",trust="trusted"\} 1/,
  );
  const expiry = /\nechoscu_tls_earliest_certificate_expiry_timestamp_seconds (\d+)\n/.exec(good)
    ?.[1];
  const days = (Number(expiry) - Date.now() / 1000) / 86_400;
  assert.ok(days > DAYS - 1 && days <= DAYS, `${days}`);
  assert.match(await probe("old"), /\nechoscu_up 1\n(.*\n)*echoscu_as_expected 0\n/);
  const untrusted = await probe("untrusted");
  assert.match(untrusted, /\nechoscu_failure_info\{failure="TlsFailed",stage="tls"/);
  assert.match(await probe("plain&module=secure"), /\nechoscu_up 1\n/);
}

testWith({
  name:
    "--tls-report leaves standard output to a report, and many echoes over TLS bring no warning",
  missing: NO_TLS,
  fn: async () => {
    await withCertificate(async (folder) => {
      const port = freePort();
      const listen = ["--listen", `127.0.0.1:${port}`, "+tls", `${folder}/key.pem`];
      await using _peer = await started([...listen, `${folder}/cert.pem`, "-ic"], port);
      const trust = ["+tla", "+cf", `${folder}/cert.pem`];
      const { code, stdout, stderr } = await runProgram(ourProgram(), {
        args: [...trust, "--tls-report", "--json", "--repeat", "30", "127.0.0.1", `${port}`],
      });
      assert.equal(code, 0, stderr);
      assert.equal(JSON.parse(stdout).entries[0].statistics.answered, 30);
      const lines = stderr.trimEnd().split("\n");
      assert.equal(lines[0], `TLS of 127.0.0.1:${port}`);
      assert.ok(lines.slice(1).every((line) => line.startsWith("  ")), stderr);
    });
  },
});

testWith({
  name: "certificates near their end are a warning in every report, and a WARNING for Nagios",
  missing: NO_TLS,
  fn: async () => {
    await withCertificate(async (folder) => {
      const port = freePort();
      const listen = ["--listen", `127.0.0.1:${port}`, "+tls", `${folder}/key.pem`];
      await using _peer = await started([...listen, `${folder}/cert.pem`, "-ic"], port);
      const one = ["+tla", "+cf", `${folder}/cert.pem`, "127.0.0.1", `${port}`];
      const nagios = (args: readonly string[]) =>
        runProgram(ourProgram(), { args: ["--report", "nagios", ...args] });
      const warned = await nagios(["--expiry-warn", `${DAYS + 20}`, ...one]);
      assert.equal(warned.code, 1, warned.stdout + warned.stderr);
      const text = String.raw`but certificate of the peer ends in \d+ days: CN=localhost`;
      const data = String.raw` cert_days=(${DAYS}|${DAYS - 1});${DAYS + 20}:;;\n`;
      assert.match(warned.stdout, new RegExp(String.raw`^DICOM WARNING - .*${text}.*\|.*${data}`));
      const well = await nagios(["--expiry-warn", `${DAYS - 5}`, ...one]);
      assert.equal(well.code, 0, well.stdout);
      assert.match(well.stdout, new RegExp(`^DICOM OK - .* cert_days=\\d+;${DAYS - 5}:;;\n`));
      await warningsOfPlan(folder, port);
    });
  },
});

async function warningsOfPlan(folder: string, port: number): Promise<void> {
  const place = `host: 127.0.0.1, port: ${port}, tls: { ca: [cert.pem] }`;
  const plan = `peers:
  - { name: near, ${place}, expect: { tls: { minDaysValid: 5, warnDaysValid: 60 } } }
  - { name: far, ${place}, expect: { tls: { warnDaysValid: 7 } } }
  - { name: usual, ${place} }
`;
  const file = `${folder}/plan.yaml`;
  await Deno.writeTextFile(file, plan);
  const many = await runProgram(ourProgram(), { args: ["--report", "nagios", "--plan", file] });
  assert.equal(many.code, 1, many.stdout);
  assert.match(many.stdout, /^DICOM WARNING - 1 of 3 peers not OK: near\|/);
  assert.match(many.stdout, /'near cert_days'=\d+;60:;5:;\n/);
  const formats = ["json", "text", "csv", "junit", "html", "jsonl"];
  const reports = formats.flatMap((format) => ["--report", `${format}=${folder}/r.${format}`]);
  const { code, stdout, stderr } = await runProgram(ourProgram(), {
    args: ["--plan", file, "--expiry-warn", "50", "--tls-report", ...reports],
  });
  assert.equal(code, 0, stderr);
  for (const format of formats) {
    const report = await Deno.readTextFile(`${folder}/r.${format}`);
    // Of `near` by the plan and of `usual` by the option.
    assert.ok((report.match(/certificate of the peer ends in/g) ?? []).length >= 2, report);
  }
  const { entries }: {
    readonly entries: readonly { readonly warnings?: readonly { readonly name: string }[] }[];
  } = JSON.parse(await Deno.readTextFile(`${folder}/r.json`));
  assert.deepEqual(entries.map(({ warnings = [] }) => warnings.map(({ name }) => name)), [
    ["tls.warnDaysValid"],
    [],
    ["tls.warnDaysValid"],
  ]);
  for (const name of ["near", "far", "usual"]) {
    assert.ok(stdout.includes(`TLS of 127.0.0.1:${port} (${name})\n  protocol: `), stdout);
  }
}
