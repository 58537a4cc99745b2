import assert from "node:assert/strict";
import { printTlsList } from "./offline_mode.ts";

/** What a list prints, here or for who asks. */
async function printed(
  kind: "list-ciphers" | "list-profiles",
  about: { readonly explain?: boolean; readonly stderrIsTerminal?: boolean } = {},
): Promise<{ readonly out: string; readonly err: string }> {
  const said = { out: "", err: "" };
  const into = (stream: "out" | "err") => (bytes: Uint8Array) => {
    said[stream] += new TextDecoder().decode(bytes);
    return Promise.resolve("written" as const);
  };
  await printTlsList({ kind, explain: about.explain ?? false }, {
    target: "x",
    runtimeVersion: "1",
    stderrIsTerminal: about.stderrIsTerminal ?? false,
    writeOut: into("out"),
    writeErr: into("err"),
  });
  return said;
}

Deno.test("printTlsList() says which engine speaks what to people only, never on standard output", async () => {
  for (const kind of ["list-ciphers", "list-profiles"] as const) {
    const plain = await printed(kind);
    assert.equal(plain.err, "");
    const explained = await printed(kind, { explain: true });
    assert.equal(explained.out, plain.out);
    assert.deepEqual(await printed(kind, { stderrIsTerminal: true }), explained);
    const named = explained.err.split("\n").filter((line) => /^(?: {2}|- )/.test(line));
    assert.ok(named.length > 0 && named.every((line) => plain.out.includes(`\n${line}\n`)));
    assert.ok(explained.err.split("\n").every((line) => line.length <= 80));
  }
  const { err } = await printed("list-profiles", { explain: true });
  assert.match(err, /^- Non-downgrading BCP 195 TLS Profile \(default\)$/m);
  assert.doesNotMatch(err, /AES TLS/);
  const suites = (await printed("list-ciphers", { explain: true })).err;
  assert.match(suites, /^ {2}TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384$/m);
  assert.doesNotMatch(suites, /TLS_RSA_/);
});
