import assert from "node:assert/strict";
import { errorOf, optionsOf } from "./testing.ts";

/** The TLS part for these words. */
async function tlsOf(words: string) {
  return (await optionsOf([...words.split(" ").filter((word) => word !== ""), "a", "1"])).tls;
}

Deno.test("without TLS options there is no TLS; only a server name is kept, for plans", async () => {
  assert.deepEqual(await tlsOf(""), { mode: "off" });
  assert.deepEqual(await tlsOf("--request-sni x"), { mode: "off", serverName: "x" });
  assert.deepEqual(await tlsOf("+tls k c +tla -tls"), { mode: "off" });
});

Deno.test("TLS settings have the reference's defaults", async () => {
  const settings = {
    fileFormat: "pem",
    certificateFiles: [],
    certificateDirectories: [],
    crlFiles: [],
    crlCheck: "none",
    profile: "bcp195-nd",
    cipherSuites: [],
    serverName: undefined,
    seedFile: undefined,
    writeSeedFile: undefined,
    peerCertificate: "require",
  };
  assert.deepEqual(await tlsOf("+tla"), { mode: "anonymous", ...settings });
  assert.deepEqual(await tlsOf("+tls k c"), {
    mode: "authenticated",
    keyFile: "k",
    certificateFile: "c",
    password: { kind: "unset" },
    ...settings,
  });
});

Deno.test("the rightmost of +tls, +tla and -tls wins, and password options follow it", async () => {
  assert.equal((await tlsOf("+tls k c +tla")).mode, "anonymous");
  assert.equal((await tlsOf("+tla +tls k c")).mode, "authenticated");
  assert.equal((await tlsOf("-tls +tla")).mode, "anonymous");
  const text = "--null-passwd only allowed with --enable-tls";
  assert.equal(await errorOf(["+tls", "k", "c", "-pw", "+tla", "a", "1"]), text);
  assert.equal(await errorOf(["+tla", "-pw", "+tls", "k", "c", "a", "1"]), "(run)");
});

Deno.test("the rightmost +tls gives the files", async () => {
  const tls = await tlsOf("+tls k1 c1 +tls k2 c2");
  assert.ok(tls.mode === "authenticated");
  assert.deepEqual([tls.keyFile, tls.certificateFile], ["k2", "c2"]);
});

Deno.test("lists keep command line order", async () => {
  const tls = await tlsOf("+cf 1 +tla +crl 2 +cf 3 +cd 4 --add-cert-file 5 +cs 6 +cs 7 +cd 8");
  assert.ok(tls.mode === "anonymous");
  assert.deepEqual(tls.certificateFiles, ["1", "3", "5"]);
  assert.deepEqual(tls.certificateDirectories, ["4", "8"]);
  assert.deepEqual(tls.crlFiles, ["2"]);
  assert.deepEqual(tls.cipherSuites, ["6", "7"]);
});

Deno.test("a CRL file switches leaf checking on, and never down", async () => {
  const check = async (words: string) => {
    const tls = await tlsOf(`+tla ${words}`);
    return tls.mode === "off" ? tls.mode : tls.crlCheck;
  };
  assert.equal(await check("+crl f"), "leaf");
  assert.equal(await check("+crl f +cra"), "chain");
  assert.equal(await check("+cra +crl f"), "chain");
  assert.equal(await check("+crv +crl f"), "leaf");
});

Deno.test("a new seed goes to the named file, or back to the seed file", async () => {
  const target = async (words: string) => {
    const tls = await tlsOf(`+tla ${words}`);
    return tls.mode === "off" ? tls.mode : tls.writeSeedFile;
  };
  assert.equal(await target("+rs f"), undefined);
  assert.equal(await target("+rs f +ws"), "f");
  assert.equal(await target("+ws +rs f +rs g"), "g");
  assert.equal(await target("+rs f +ws +wf h"), "h");
  assert.equal(await target("+rs f +wf h +ws"), "f");
});

Deno.test("an empty password is a password, an empty server name is a name", async () => {
  const tls = await optionsOf(["+tls", "k", "c", "+pw", "", "--request-sni", "", "a", "1"]);
  assert.ok(tls.tls.mode === "authenticated");
  assert.deepEqual(tls.tls.password, { kind: "given", password: "" });
  assert.equal(tls.tls.serverName, "");
});
