import assert from "node:assert/strict";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { GOLDEN_TRUSTED, GOLDEN_VERDICTS, goldenDer } from "../../tests/support/x509_golden.ts";
import type { FileContents } from "./load.ts";
import { checkCertificateFile, checkRootFile } from "./offline.ts";
import { encodePem } from "./pem.ts";
import { TrustStore } from "./store.ts";

const FILES: Readonly<Record<string, Uint8Array>> = {
  "root.pem": pem("root"),
  "server.pem": pem("server"),
  "chain.pem": pem("server", "int"),
  "lone.pem": pem("lone"),
  "root.der": goldenDer("root"),
  "trusted.pem": bytesOf(GOLDEN_TRUSTED),
  "junk": bytesOf("junk"),
};

function pem(...names: readonly string[]): Uint8Array {
  return bytesOf(names.map((name) => encodePem("CERTIFICATE", goldenDer(name))).join(""));
}

const READER = {
  read(path: string): FileContents {
    const bytes = FILES[path];
    if (bytes !== undefined) return { ok: true, bytes };
    return { ok: false, errno: path === "directory" ? 21 : 2 };
  },
};

const NOW = GOLDEN_VERDICTS[0]?.nowMs ?? 0;
const SETTINGS = { reader: READER, format: "pem", nowMs: NOW } as const;

function verify(path: string, trusted: readonly string[] = ["root.pem"]): readonly unknown[] {
  const store = new TrustStore(READER, "pem");
  for (const file of trusted) store.addFile(file);
  const result = checkCertificateFile(path, { ...SETTINGS, store, crlCheck: "none" });
  return [result.isAccepted, result.output, result.errorLine];
}

Deno.test("checkCertificateFile() prints what +vc does", () => {
  assert.deepEqual(verify("chain.pem"), [
    true,
    "Verification of certificate 'chain.pem' passed.",
    undefined,
  ]);
  const failures: readonly (readonly [string, string])[] = [
    ["server.pem", "certificate verification failed: unable to get local issuer certificate"],
    ["lone.pem", "certificate verification failed: self-signed certificate"],
    ["nosuch.pem", "Cannot open certificate file 'nosuch.pem'"],
    ["junk", "Not a PEM certificate file: 'junk'"],
    ["directory", "Not a PEM certificate file: 'directory'"],
    ["trusted.pem", "Not a PEM certificate file: 'trusted.pem'"],
    ["root.der", "Not a PEM certificate file: 'root.der'"],
  ];
  for (const [path, line] of failures) {
    assert.deepEqual(verify(path), [false, `Verification of certificate '${path}' failed.`, line]);
  }
});

Deno.test("checkCertificateFile() fails without a word, and unread, without TLS options", () => {
  const reader = {
    read(): FileContents {
      throw new Error("no file may be read");
    },
  };
  const settings = { ...SETTINGS, reader, store: undefined, crlCheck: "none" } as const;
  const result = checkCertificateFile("chain.pem", settings);
  assert.equal(result.isAccepted, false);
  assert.equal(result.errorLine, undefined);
  assert.equal(result.verdict, undefined);
});

Deno.test("checkCertificateFile() names the other format with -der", () => {
  const store = new TrustStore(READER, "der");
  const settings = { ...SETTINGS, format: "der", store, crlCheck: "none" } as const;
  const result = checkCertificateFile("junk", settings);
  assert.equal(result.errorLine, "Not a DER certificate file: 'junk'");
});

Deno.test("checkRootFile() prints and ends as +rc, also for a lone leaf", () => {
  const check = (path: string): readonly unknown[] => {
    const result = checkRootFile(path, SETTINGS);
    return [result.isAccepted, result.output, result.errorLine];
  };
  const yes = (
    path: string,
  ) => [true, `Certificate '${path}' is a valid, self-signed root CA.`, undefined];
  const no = (
    path: string,
    line?: string,
  ) => [false, `Certificate '${path}' is not a valid, self-signed root CA.`, line];
  assert.deepEqual(check("root.pem"), yes("root.pem"));
  assert.deepEqual(check("lone.pem"), yes("lone.pem"));
  assert.deepEqual(check("chain.pem"), no("chain.pem"));
  assert.deepEqual(check("nosuch"), no("nosuch", "Cannot read certificate file 'nosuch'"));
  assert.deepEqual(check("junk"), no("junk", "Cannot read certificate file 'junk'"));
});
