/** Certificates that the reference takes and the runtime's TLS does not: verified all the same, or said rightly. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { makeOddCertificates } from "../support/odd_certificates.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
import { tlsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";
import { startTlsServer } from "../support/tls_servers.ts";
import { withFolder } from "../support/with_folder.ts";

async function check(
  port: number,
  { cwd, engine }: { readonly cwd: string; readonly engine: "auto" | "runtime" },
) {
  const args = ["+tla", "+cf", "ca.pem", "--tls-engine", engine, "--explain", "localhost"];
  return await runProgram(ourProgram(), { args: [...args, String(port)], cwd });
}

/** A step for each certificate, with the port of a storescp that has it and the folder of `ca.pem`. */
function forEachCertificate(
  body: (port: number, cwd: string) => Promise<void>,
): (t: Deno.TestContext) => Promise<void> {
  return (t) =>
    withFolder(async (folder) => {
      const { ca, servers } = makeOddCertificates();
      await Deno.writeTextFile(`${folder}/ca.pem`, ca);
      for (const [what, { key, certificate }] of Object.entries(servers)) {
        await t.step(what, async () => {
          await Deno.writeTextFile(`${folder}/key.pem`, key);
          await Deno.writeTextFile(`${folder}/certificate.pem`, certificate);
          const command = ["storescp", "--ignore", "+tls", "key.pem", "certificate.pem", "-ic"];
          await using server = await startTlsServer([...command, "{port}"], folder);
          await body(server.port, folder);
        });
      }
    });
}

const NO_STORESCP = missing({ program: "storescp" }) ?? missing({ program: "echoscu" });

testWith({
  name: "storescp with odd certificates is verified",
  missing: NO_STORESCP,
  fn: forEachCertificate(async (port, cwd) => {
    const { code, stderr } = await check(port, { cwd, engine: "auto" });
    assert.equal(code, 0, stderr);
  }),
});

testWith({
  name: "what the runtime's TLS does not take of odd certificates is no false alarm",
  missing: NO_STORESCP ?? await tlsMissing(ourProgram()),
  fn: forEachCertificate(async (port, cwd) => {
    const { code, stderr } = await check(port, { cwd, engine: "runtime" });
    if (code === 0) return;
    assert.match(stderr, /situation: tls-certificate-unusable\n$/);
    assert.doesNotMatch(stderr, /-ic\b|plain|last octet|stand between/);
  }),
});
