/** The ClientHello of our own engine next to the one that the reference sends in the same run, byte for byte. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { missing } from "../support/installed.ts";
import { ourProgram, type Program, runProgram } from "../support/run_program.ts";
import { testWith } from "../support/test_with.ts";

const REFERENCE: Program = { command: "echoscu", args: [] };

const COMMANDS: readonly (readonly string[])[] = [
  [],
  ["+py"],
  ["+px"],
  ["+pz"],
  ["+pa"],
  ["+pn"],
  ["+cs", "TLS_DHE_RSA_WITH_AES_256_CBC_SHA", "+cs", "TLS_RSA_WITH_AES_128_CBC_SHA"],
  ["+pa", "+cs", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"],
  ["+pn", "+cs", "TLS_RSA_WITH_AES_128_CBC_SHA"],
];

/** The first record that a program sends, in hex. */
async function helloOf(program: Program, options: readonly string[]): Promise<string> {
  let hello = "";
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (chunk) => {
      hello = new Uint8Array(chunk).toHex();
      socket.destroy();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await runProgram(program, { args: ["+tla", ...options, "127.0.0.1", String(port)] });
  server.close();
  return hello;
}

/** Without what is random: 32 bytes, the session, and the public value at the end. */
function smooth(hello: string): string {
  const withSession = hello.slice(86, 88) === "20";
  const head = hello.slice(0, 22);
  const rest = hello.slice(withSession ? 88 + 64 : 88);
  return `${head} ${withSession} ${withSession ? rest.slice(0, -130) : rest}`;
}

for (const options of COMMANDS) {
  testWith({
    name: `the ClientHello with ${options.join(" ") || "the default profile"} is the reference's`,
    missing: missing({ program: "echoscu" }),
    async fn() {
      const ours = await helloOf(ourProgram(), ["--tls-engine", "own", ...options]);
      const theirs = await helloOf(REFERENCE, options);
      assert.notEqual(theirs, "");
      assert.equal(smooth(ours), smooth(theirs));
    },
  });
}
