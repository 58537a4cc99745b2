/** PKCS#12 files in place of key and certificate: with storescp, which wants a certificate, and in a plan. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { ourProgram, runProgram, startProgram } from "../support/run_program.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { testWith } from "../support/test_with.ts";

async function openssl(cwd: string, args: readonly string[]): Promise<void> {
  const run = await runProgram({ command: "openssl", args: [] }, { args, cwd });
  assert.equal(run.code, 0, `openssl ${args.join(" ")}\n${run.stderr}`);
}

/** A key that certifies itself, and its files as OpenSSL writes them. */
async function makeFiles(cwd: string): Promise<void> {
  const subject = ["-subj", "/CN=site", "-days", "30"];
  const key = ["-newkey", "rsa:2048", "-nodes", "-keyout", "k.pem", "-out", "c.pem"];
  await openssl(cwd, ["req", "-x509", ...key, ...subject]);
  const out = (name: string, password: string) => ["-out", name, "-passout", `pass:${password}`];
  const from = ["pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem"];
  await openssl(cwd, [...from, ...out("new.p12", "secret")]);
  await openssl(cwd, [...from, "-legacy", ...out("old.p12", "secret")]);
  await openssl(cwd, [...from, ...out("empty.p12", "")]);
  await Deno.writeTextFile(`${cwd}/password`, "secret\n");
}

testWith({
  name: "+tls and plans take PKCS#12 files, and storescp gets the certificate in them",
  missing: missing({ program: "storescp" }) ?? missing({ program: "openssl" }) ??
    await tlsTestsMissing(),
  async fn(t) {
    const cwd = await Deno.makeTempDir({ prefix: "echoscu-pkcs12-" });
    await makeFiles(cwd);
    const port = `${freePort()}`;
    await using peer = startProgram({ command: "storescp", args: [] }, {
      args: ["+tls", "k.pem", "c.pem", "+cf", "c.pem", "--ignore", port],
      cwd,
    });
    assert.ok(await untilListening(Number(port), { alive: () => peer.alive }), peer.output());
    const check = async (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
      await runProgram(ourProgram(), {
        args: [...words, "+cf", "c.pem", "--explain", "127.0.0.1", port],
        cwd,
        env,
      });
    const asKey = (file: string) => ["+tls", file, file];
    const works = [
      [...asKey("new.p12"), "--password-file", "password"],
      [...asKey("old.p12"), "+pw", "secret"],
      asKey("empty.p12"),
      [...asKey("empty.p12"), "--tls-engine", "own"],
    ];
    for (const words of works) {
      await t.step(words.join(" "), async () => {
        const { code, stderr } = await check(words);
        assert.equal(code, 0, stderr);
      });
    }
    await t.step("the variable opens it too", async () => {
      const { code, stderr } = await check(asKey("new.p12"), { ECHOSCU_KEY_PASSWORD: "secret" });
      assert.equal(code, 0, stderr);
    });
    await t.step("what is wrong is said in one sentence", async () => {
      const wrong = await check([...asKey("old.p12"), "+pw", "guess"]);
      assert.match(wrong.stderr, /^hint: the password does not open the PKCS#12 file$/m);
      const none = await check([...asKey("new.p12"), "-pw"]);
      assert.match(none.stderr, /^hint: the password does not open the PKCS#12 file$/m);
      assert.deepEqual([wrong.code, none.code], [1, 1]);
    });
    await t.step("in a plan the key alone is enough", async () => {
      const plan = `peers:
  - { host: 127.0.0.1, port: ${port}, tls: { ca: [c.pem], key: new.p12, keyPassword: "\${P12}" } }
`;
      await Deno.writeTextFile(`${cwd}/plan.yaml`, plan);
      const { code, stdout } = await runProgram(ourProgram(), {
        args: ["--plan", "plan.yaml"],
        cwd,
        env: { P12: "secret" },
      });
      assert.equal(code, 0, stdout);
    });
    await Deno.remove(cwd, { recursive: true });
  },
});
