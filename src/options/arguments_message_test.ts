import assert from "node:assert/strict";
import { hostWith, parse } from "./testing.ts";

/** The message of `--arguments` for these words. */
async function messageFor(words: readonly string[], files: Record<string, string> = {}) {
  const result = await parse(words, hostWith(files, { programName: "some/echoscu" }));
  if (result.kind !== "run" && result.kind !== "error") return `(${result.kind})`;
  return result.argumentsMessage;
}

Deno.test("--arguments lists words in their order, with long option names", async () => {
  assert.equal(
    await messageFor(["-tls", "a", "--arguments", "-aec", "-v", "1"]),
    "calling 'some/echoscu' with 6 arguments: '--disable-tls' 'a' '--arguments' '--call' '-v' '1' \n",
  );
});

Deno.test("--arguments counts empty words and does not show them", async () => {
  assert.equal(
    await messageFor(["-aet", "", "--arguments", "", "1"]),
    "calling 'some/echoscu' with 5 arguments: '--aetitle' '--arguments' '1' \n",
  );
});

Deno.test("--arguments shows the words of command files and escapes nothing", async () => {
  assert.equal(
    await messageFor(["--arguments", "@f"], { f: `"a'b\nc" 1` }),
    "calling 'some/echoscu' with 3 arguments: '--arguments' 'a'b\nc' '1' \n",
  );
});

Deno.test("--arguments hides a password", async () => {
  assert.equal(
    await messageFor(["--arguments", "+tls", "k", "c", "+pw", "secret", "a", "1"]),
    "calling 'some/echoscu' with 8 arguments: '--arguments' '--enable-tls' 'k' 'c' '--use-passwd' '***' 'a' '1' \n",
  );
});

Deno.test("--arguments comes before errors of values, and not before others", async () => {
  const message =
    "calling 'some/echoscu' with 5 arguments: '--arguments' '--timeout' '0' 'a' '1' \n";
  assert.equal(await messageFor(["--arguments", "-to", "0", "a", "1"]), message);
  assert.equal(await messageFor(["--arguments", "a", "0"]), undefined);
  assert.equal(await messageFor(["--arguments", "-ll", "bad", "a", "1"]), undefined);
  assert.equal(await messageFor(["--arguments", "--help"]), "(print)");
  assert.equal(await messageFor(["a", "1"]), undefined);
});
