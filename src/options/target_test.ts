import assert from "node:assert/strict";
import { splitTarget } from "../common/target.ts";
import { errorOf, hostWith, optionsOf } from "./testing.ts";

/** Peer, port and called title. */
async function targetOf(...words: string[]) {
  const { mode, calledAeTitle } = await optionsOf(words);
  assert.ok("peer" in mode);
  return [mode.peer, mode.port, calledAeTitle];
}

Deno.test("splitTarget() takes the words of a target apart, and leaves everything else alone", () => {
  assert.deepEqual(splitTarget("A@b:104"), { called: "A", host: "b", port: "104" });
  assert.deepEqual(splitTarget("A@B@b:104"), { called: "A@B", host: "b", port: "104" });
  assert.deepEqual(splitTarget("[::1]:104"), { host: "[::1]", port: "104" });
  for (
    const word of ["", "a", "A@b", "@b:1", "a:", ":1", "A@:1", "::1", "::1:104", "a:b", "a:1 "]
  ) {
    assert.equal(splitTarget(word), undefined, word);
  }
  assert.equal(splitTarget(`${"@".repeat(200_000)}:`), undefined);
});

Deno.test("one word names the whole peer, in every mode that checks one", async () => {
  assert.deepEqual(await targetOf("PACS1@pacs:104"), ["pacs", 104, "PACS1"]);
  assert.deepEqual(await targetOf("PACS 1@10.1.2.3:104", "-v"), ["10.1.2.3", 104, "PACS 1"]);
  assert.deepEqual(await targetOf("PACS1@[2001:db8::3]:104"), ["[2001:db8::3]", 104, "PACS1"]);
  assert.deepEqual(await targetOf("pacs:11112"), ["pacs", 11_112, "ANY-SCP"]);
  assert.deepEqual(await targetOf("pacs:11112", "-aec", "A"), ["pacs", 11_112, "A"]);
  assert.deepEqual(await targetOf("-aec", "A", "A@pacs:104"), ["pacs", 104, "A"]);
  for (const mode of [["--diagnose"], ["--watch", "1"], ["--wait-until-up", "1"]]) {
    assert.deepEqual(await targetOf(...mode, "A@pacs:104"), ["pacs", 104, "A"]);
  }
});

Deno.test("a target that is wrong says what", async () => {
  const cases = [
    [["-aec", "B", "A@pacs:104"], "The target and --call name different called AE titles"],
    [["A@pacs:0"], "Invalid parameter value 0 (underflow)"],
    [["A@pacs:65536"], "Invalid parameter value 65536 (overflow)"],
    [["A@[nonsense]:104"], "Missing parameter port"],
    [["A@010.1.2.3:104"], /leading zeros/],
    [["A@pacs"], "Missing parameter port"],
    [["pacs"], "Missing parameter port"],
    [["A@pacs:104", "104"], /a peer with a colon must be an IPv6 address/],
    [["A@pacs:104", "B@pacs:104"], /Invalid/],
    [["--selftest", "A@pacs:104"], "Too many parameters"],
  ] as const;
  for (const [words, wanted] of cases) {
    const text = await errorOf(words);
    if (typeof wanted === "string") assert.equal(text, wanted);
    else assert.match(text, wanted);
  }
});

Deno.test("a command file may begin with a target", async () => {
  const host = hostWith({ f: "A@pacs:104 -aet ME" });
  const { calledAeTitle, callingAeTitle } = await optionsOf(["@f"], host);
  assert.deepEqual([calledAeTitle, callingAeTitle], ["A", "ME"]);
});
