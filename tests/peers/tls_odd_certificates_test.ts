/** Certificates that the reference takes and the runtime's TLS does not: verified all the same, or said rightly. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { makeOddCertificates } from "../support/odd_certificates.ts";
import { ourProgram, runProgram } from "../support/run_program.ts";
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

testWith({
  name: "storescp with odd certificates is verified, and no hint is a false alarm",
  missing: missing({ program: "storescp" }) ?? missing({ program: "echoscu" }),
  fn: (t) =>
    withFolder(async (folder) => {
      const { ca, servers } = makeOddCertificates();
      await Deno.writeTextFile(`${folder}/ca.pem`, ca);
      for (const [what, { key, certificate }] of Object.entries(servers)) {
        await t.step(what, async () => {
          await Deno.writeTextFile(`${folder}/key.pem`, key);
          await Deno.writeTextFile(`${folder}/certificate.pem`, certificate);
          const command = ["storescp", "--ignore", "+tls", "key.pem", "certificate.pem", "-ic"];
          await using server = await startTlsServer([...command, "{port}"], folder);
          const own = await check(server.port, { cwd: folder, engine: "auto" });
          assert.equal(own.code, 0, own.stderr);
          const runtime = await check(server.port, { cwd: folder, engine: "runtime" });
          if (runtime.code === 0) return;
          assert.match(runtime.stderr, /situation: tls-certificate-unusable\n$/);
          assert.doesNotMatch(runtime.stderr, /-ic\b|plain|last octet|stand between/);
        });
      }
    }),
});
