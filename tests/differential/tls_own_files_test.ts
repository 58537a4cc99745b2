/** Own keys and certificates that are damaged: what is said of them, ours next to the reference. */

import assert from "node:assert/strict";
import { encodePem } from "../../src/tls/mod.ts";
import { referenceProgram, runProgram } from "../support/run_program.ts";
import { runInProcess } from "../support/run_in_process.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

const KEY = "client-good.key";
const CERTIFICATE = "client-good.pem";

/** What editors, mailers and copying make of one block of PEM. */
function damaged(pem: string): Readonly<Record<string, string>> {
  const lines = pem.trimEnd().split("\n");
  const [begin = "", ...rest] = lines;
  const label = begin.slice("-----BEGIN ".length, -"-----".length);
  const withLines = (...added: readonly string[]) => [begin, ...added, ...rest, ""].join("\n");
  const without = (from: number, count: number) => lines.toSpliced(from, count).join("\n");
  const junk = new TextEncoder().encode("hello world");
  return {
    "as it was": pem,
    "cut": pem.slice(0, pem.length / 2),
    "without its end": without(-1, 1),
    "without its begin": without(0, 1),
    "without a line": without(3, 1),
    "with another end": pem.replace("-----END ", "-----END X"),
    "with a wrong character": lines.toSpliced(3, 1, `!!!!${lines[3]?.slice(4)}`).join("\n"),
    "with an empty line": lines.toSpliced(3, 0, "").join("\n"),
    "with a header": withLines("Comment: hello", ""),
    "with a short header": withLines("A: b", ""),
    "with the header of a clear text": withLines("Proc-Type: 4,MIC-CLEAR", ""),
    "with another version": withLines("Proc-Type: 5,ENCRYPTED", ""),
    "with words after ENCRYPTED": withLines("Proc-Type: 4,ENCRYPTED x", "DEK-Info: X,00", ""),
    "with no DEK-Info": withLines("Proc-Type: 4,ENCRYPTED", ""),
    "with an unknown cipher": withLines("Proc-Type: 4,ENCRYPTED", "DEK-Info: FOO,00", ""),
    "of something else": encodePem(label, junk),
    "of nothing": `${begin}\n${rest.at(-1)}\n`,
    "after a damaged block": `-----BEGIN X-----\njunk\n${pem}`,
    "in front of a damaged block": `${pem}-----BEGIN X-----\njunk`,
    "in front of a damaged one": pem + pem.slice(0, 200),
    "in front of one of something else": pem + encodePem(label, junk),
    "without anything": "",
  };
}

/** Headers that ask for a password, for keys only. */
function encrypted(pem: string): Readonly<Record<string, string>> {
  const vector = "00112233445566778899AABBCCDDEEFF";
  const under = (info: string) =>
    pem.replace("-----\n", `-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ${info}\n\n`);
  return {
    "with no vector": under("AES-128-CBC"),
    "with a short vector": under("AES-128-CBC,0011"),
    "with a blank before the vector": under(`AES-128-CBC, ${vector}`),
    "with a blank before the comma": under(`AES-128-CBC ,${vector}`),
    "encrypted, but not in whole blocks": encodePem("RSA PRIVATE KEY", new Uint8Array(1001))
      .replace("-----\n", `-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,${vector}\n\n`),
  };
}

const program = await referenceProgram();

testWith({
  name: "damaged files of +tls are reported in the words of the reference",
  missing: "missing" in program ? program.missing : undefined,
  async fn(t) {
    assert.ok(!("missing" in program));
    const pki = await sharedPki();
    await withFolder(async (folder) => {
      for (const name of [KEY, CERTIFICATE, "ca.pem"]) {
        await Deno.copyFile(`${pki}/${name}`, `${folder}/${name}`);
      }
      const key = await Deno.readTextFile(`${folder}/${KEY}`);
      const certificate = await Deno.readTextFile(`${folder}/${CERTIFICATE}`);
      const asKey = ["+tls", "file", CERTIFICATE, "+pw", "x", "+rc", "ca.pem"];
      const asCertificate = ["+tls", KEY, "file", "+rc", "ca.pem"];
      const compare = async (what: string, args: readonly string[]) => {
        const theirs = await runProgram(program, { args, cwd: folder });
        const ours = await runInProcess(args, { folder });
        assert.equal(ours.stderr, theirs.stderr, what);
        assert.equal(ours.code, theirs.code, what);
      };
      const compareAll = async (texts: Readonly<Record<string, string>>, args: string[]) => {
        for (const [what, text] of Object.entries(texts)) {
          await Deno.writeTextFile(`${folder}/file`, text);
          await compare(what, args);
        }
      };
      await t.step("the key", () => compareAll({ ...damaged(key), ...encrypted(key) }, asKey));
      await t.step("the certificate", () => compareAll(damaged(certificate), asCertificate));
      await t.step("a folder, and no file", async () => {
        await compare("no key", ["+tls", "gone", CERTIFICATE, "+rc", "ca.pem"]);
        await compare("no certificate", ["+tls", KEY, "gone", "+rc", "ca.pem"]);
        await compare("a folder as key", ["+tls", ".", CERTIFICATE, "+rc", "ca.pem"]);
        await compare("a folder as DER key", ["-der", "+tls", ".", CERTIFICATE, "+rc", "ca.pem"]);
        await compare("a folder as certificate", ["+tls", KEY, ".", "+rc", "ca.pem"]);
      });
    });
  },
});
