import assert from "node:assert/strict";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { GOLDEN_CERTIFICATES, GOLDEN_CRL, goldenDer } from "../../tests/support/x509_golden.ts";
import { parseCertificate } from "./certificate.ts";
import type { FileContents, FileReader } from "./load.ts";
import { encodePem } from "./pem.ts";
import { TrustStore } from "./store.ts";

/** A disk in memory that says what was looked for. */
class MemoryDisk implements FileReader {
  readonly #files: Readonly<Record<string, Uint8Array>>;
  readonly asked: string[] = [];

  constructor(files: Readonly<Record<string, Uint8Array>>) {
    this.#files = files;
  }

  read(path: string): FileContents {
    this.asked.push(path);
    const bytes = this.#files[path];
    return bytes === undefined ? { ok: false, errno: 2 } : { ok: true, bytes };
  }
}

function pem(name: string): Uint8Array {
  return bytesOf(encodePem("CERTIFICATE", goldenDer(name)));
}

const ROOT = parseCertificate(goldenDer("root"));
const HASH = GOLDEN_CERTIFICATES["root"]?.hash ?? "";
const CRL = bytesOf(encodePem("X509 CRL", GOLDEN_CRL));

Deno.test("TrustStore finds certificates of files by their subject, each once", () => {
  const store = new TrustStore(new MemoryDisk({ a: pem("root"), b: pem("int") }), "pem");
  assert.deepEqual(store.addFile("a"), { ok: true });
  assert.deepEqual(store.addFile("a"), { ok: true });
  assert.deepEqual(store.addFile("b"), { ok: true });
  assert.equal(store.addFile("c").ok, false);
  assert.equal(store.certificatesOf(ROOT.subject).length, 1);
  assert.equal(store.certificates.length, 2);
});

Deno.test("TrustStore looks into hashed directories by name, counting from 0 without gaps", () => {
  const disk = new MemoryDisk({
    [`d/${HASH}.0`]: pem("int"),
    [`d/${HASH}.1`]: pem("root"),
    [`d/${HASH}.3`]: pem("lone"),
    "d/root.pem": pem("root"),
  });
  const store = new TrustStore(disk, "pem");
  assert.deepEqual(store.addDirectory("d"), { ok: true });
  assert.deepEqual(disk.asked, []);
  assert.equal(store.certificatesOf(ROOT.subject).length, 1);
  assert.deepEqual(disk.asked, [0, 1, 2].map((n) => `d/${HASH}.${n}`));
  assert.equal(store.certificates.length, 2);
});

Deno.test("TrustStore asks directories one after another until one had the name", () => {
  const disk = new MemoryDisk({ [`b/${HASH}.0`]: pem("root"), [`c/${HASH}.0`]: pem("root") });
  const store = new TrustStore(disk, "pem");
  store.addDirectory("a:b");
  store.addDirectory("c");
  assert.equal(store.certificatesOf(ROOT.subject).length, 1);
  assert.deepEqual(disk.asked.map((path) => path[0]), ["a", "b", "b"]);
});

Deno.test("TrustStore asks no directory for a name it has from a file, but always for CRLs", () => {
  const disk = new MemoryDisk({ f: pem("root"), [`d/${HASH}.r0`]: CRL });
  const store = new TrustStore(disk, "pem");
  store.addFile("f");
  store.addDirectory("d");
  disk.asked.length = 0;
  store.certificatesOf(ROOT.subject);
  assert.deepEqual(disk.asked, []);
  assert.equal(store.crlsOf(ROOT.subject).length, 1);
  assert.equal(store.crlsOf(ROOT.subject).length, 1);
  assert.deepEqual(disk.asked, [0, 1, 1].map((n) => `d/${HASH}.r${n}`));
});

Deno.test("TrustStore reports files of directories that hold nothing usable", () => {
  const disk = new MemoryDisk({ [`d/${HASH}.0`]: goldenDer("root") });
  const store = new TrustStore(disk, "pem");
  store.addDirectory("d");
  assert.deepEqual(store.certificatesOf(ROOT.subject), []);
  const error = { code: 0x0480006c, reason: "no start line" };
  assert.deepEqual(store.unusableFiles, [{ path: `d/${HASH}.0`, error }]);
});

Deno.test("TrustStore reads DER files of directories when told so", () => {
  const disk = new MemoryDisk({ [`d/${HASH}.0`]: goldenDer("root") });
  const store = new TrustStore(disk, "der");
  store.addDirectory("d");
  assert.equal(store.certificatesOf(ROOT.subject).length, 1);
});

Deno.test("addDirectory() refuses an empty text only", () => {
  const store = new TrustStore(new MemoryDisk({}), "pem");
  const error = { code: 0x05800071, reason: "invalid directory" };
  assert.deepEqual(store.addDirectory(""), { ok: false, errors: [error] });
  assert.deepEqual(store.addDirectory("nowhere"), { ok: true });
});
