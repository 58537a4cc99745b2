/** Decisions on certificates and keys: ours besides those of `openssl verify` and of the reference. */

import assert from "node:assert/strict";
import { loadTlsLines } from "../../src/log/mod.ts";
import {
  type FileFormat,
  KeyError,
  keyMatchesCertificate,
  loadPrivateKey,
  readCertificates,
} from "../../src/tls/mod.ts";
import { askAgain } from "../support/ask_reference.ts";
import { seedOfRun } from "../support/seed.ts";
import { putTestPki } from "../support/test_pki_copy.ts";
import { testWith } from "../support/test_with.ts";
import { explained } from "./x509_differences.ts";
import { OFFLINE_LINES, runOurs, runReference } from "./x509_offline.ts";
import { comparePki } from "./x509_pki.ts";
import { type Agreement, compareGenerated, missingPrograms, summarize } from "./x509_verdicts.ts";

const SLOW = Deno.args.includes("--slow");
const missing = missingPrograms();
const { libraryError } = await loadTlsLines();

/** Nobody else refuses what we accept, and every difference has a known reason. */
function assertAgreement(agreement: Agreement): void {
  assert.deepEqual(agreement.acceptedAlone, []);
  const unexplained = agreement.different.filter((item) => explained(item) === undefined);
  assert.deepEqual(unexplained, []);
  const laxer = agreement.different.filter((item) => item.ours === "ok");
  assert.deepEqual(laxer, [], "a known difference may only refuse more");
}

async function withPki(use: (directory: string) => Promise<void>): Promise<void> {
  const directory = await Deno.makeTempDir({ prefix: "x509-pki-" });
  try {
    await putTestPki(directory);
    await use(directory);
  } finally {
    await Deno.remove(directory, { recursive: true });
  }
}

if (!SLOW) {
  console.log(
    "openssl and the reference are asked one case in seven, their library the others; -- --slow asks all",
  );
}

testWith({
  name: "verifyCertificate() decides on generated chains as the reference and openssl do",
  missing,
  fn: async () => {
    const cases = SLOW ? 2000 : 200;
    const comparisons = await compareGenerated({ cases, seed: seedOfRun(), full: SLOW });
    const reasons = new Set(comparisons.map((item) => item.reference));
    assert.ok(reasons.size > 15, `only ${reasons.size} reasons seen`);
    assertAgreement(summarize(comparisons));
  },
});

testWith({
  name:
    "the tls room decides on the whole test PKI, loads its keys and prints as the reference does",
  missing,
  fn: (t) =>
    withPki(async (directory) => {
      await t.step("verifyCertificate() decides as the reference and openssl do", async () => {
        assertAgreement(summarize(await comparePki(directory, { full: SLOW })));
      });
      await t.step("+vc and +rc print and end as the reference does", async () => {
        for (const line of OFFLINE_LINES) {
          assert.deepEqual(runOurs(directory, line), await runReference(directory, line), line);
        }
      });
      await t.step("loadPrivateKey() takes and refuses what the reference does", async () => {
        for (const key of listKeys(directory)) await compareKey(directory, key);
      });
    }),
});

interface KeyCase {
  readonly file: string;
  readonly format: FileFormat;
  readonly password: string;
}

function listKeys(directory: string): readonly KeyCase[] {
  const files = [...Deno.readDirSync(directory)].map((entry) => entry.name)
    .filter((name) => /^(client|server)-.*\.(key|key\.der)$|^(ca\.pem|empty\.txt)$/.test(name));
  return files.sort().flatMap((file) => {
    const format = file.endsWith(".der") ? "der" : "pem";
    const isEncrypted = /pbe|scrypt|trad-|emptypass/.test(file);
    const passwords = isEncrypted ? ["secret", "wrong", ""] : ["secret"];
    return passwords.map((password) => ({ file, format, password }) as const);
  });
}

/** Keys that the reference loads and this runtime cannot work with. */
const NOT_HERE = ["server-bp256.key"];

async function compareKey(directory: string, { file, format, password }: KeyCase): Promise<void> {
  const extension = format === "der" ? "der" : "pem";
  const certificate = `client-good.${extension}`;
  const option = format === "der" ? ["-der"] : [];
  const secret = password === "" ? ["-pw"] : ["+pw", password];
  const args = ["+tls", file, certificate, ...option, ...secret, "+rc", `ca.${extension}`];
  const command = new Deno.Command("echoscu", { args, cwd: directory });
  const output = await askAgain(() => command.output());
  const stderr = new TextDecoder().decode(output.stderr);
  const said = stderr.includes("do not match")
    ? "mismatch"
    : /^E: (.*)$/m.exec(stderr)?.[1] ?? "ok";
  const ours = askKey(`${directory}/${file}`, {
    format,
    password,
    certificate: `${directory}/${certificate}`,
  });
  if (!NOT_HERE.includes(file)) assert.equal(ours, said, `${file} with "${password}"`);
}

function askKey(
  path: string,
  options: {
    readonly format: FileFormat;
    readonly password: string;
    readonly certificate: string;
  },
): string {
  const { format, password } = options;
  try {
    const key = loadPrivateKey(Deno.readFileSync(path), { format, password });
    const [certificate] = readCertificates(Deno.readFileSync(options.certificate), format);
    assert.ok(certificate);
    return keyMatchesCertificate(key, certificate) ? "ok" : "mismatch";
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    return libraryError(error.libraryError);
  }
}
