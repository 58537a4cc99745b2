import assert from "node:assert/strict";
import { licensesText } from "./make_licenses.ts";

Deno.test("licensesText() puts each license under the name of its part", () => {
  const line = "-".repeat(72);
  assert.equal(
    licensesText([{ name: "a 1", text: "A\n\n" }, { name: "b 2", text: "B" }]),
    `${line}\na 1\n${line}\n\nA\n\n${line}\nb 2\n${line}\n\nB\n`,
  );
});
