import assert from "node:assert/strict";
import { parseTargetPattern } from "./target_pattern.ts";

Deno.test("parseTargetPattern() reads names, addresses and networks", () => {
  const cases: readonly (readonly [string, object])[] = [
    ["PACS.lan:104", { kind: "text", text: "pacs.lan" }],
    ["*:104", { kind: "text", text: "*" }],
    ["ct-*.x_y.lan:104", { kind: "text", text: "ct-*.x_y.lan" }],
    ["10.1.2.3:104", { kind: "text", text: "10.1.2.3" }],
    ["10.1.0.0/16:104", { kind: "network", address: "10.1.0.0", prefixLength: 16 }],
    ["0.0.0.0/0:104", { kind: "network", address: "0.0.0.0", prefixLength: 0 }],
    ["[::1]:104", { kind: "network", address: "::1", prefixLength: 128 }],
    ["[2001:db8::/32]:104", { kind: "network", address: "2001:db8::", prefixLength: 32 }],
  ];
  for (const [word, host] of cases) {
    const value = { host, firstPort: 104, lastPort: 104 };
    assert.deepEqual(parseTargetPattern(word), { value }, word);
  }
});

Deno.test("parseTargetPattern() reads ports, ranges of ports and any port", () => {
  const cases: readonly (readonly [string, number, number])[] = [
    ["1", 1, 1],
    ["65535", 65_535, 65_535],
    ["104-120", 104, 120],
    ["7-7", 7, 7],
    ["*", 1, 65_535],
  ];
  for (const [word, firstPort, lastPort] of cases) {
    const host = { kind: "text", text: "a" };
    assert.deepEqual(parseTargetPattern(`a:${word}`), { value: { host, firstPort, lastPort } });
  }
});

Deno.test("parseTargetPattern() refuses everything else", () => {
  const words = [
    ...["", "a", ":104", "a:", "a:0", "a:65536", "a:9-8", "a:1-2-3", "a:-1", "a:1-", "a:x", "a:**"],
    ...["a b:1", "a/8:1", "10.0.0.0/33:1", "10.0.0.0/:1", "10.0.0.0/x:1", "10.0.0/8:1", "a:b:1"],
    ...["::1:104", "[::1:104", "[::1]104", "[]:1", "[::/129]:1", "[1.2.3.4]:1", "[*]:1", "ä:1"],
    ...["[::1]x:1", "http://a:1", "a:1 ", "10.1.0.0/16/24:1", "[::/32/8]:1", "[fe80::1%eth0]:1"],
    ...["256.1.0.0/8:1", "010.1.0.0/16:1", "10.1.2.300:1", "10.1.2:1", "167838211:1"],
  ];
  for (const word of words) {
    const outcome = parseTargetPattern(word);
    assert.ok("reason" in outcome && outcome.reason === "invalid", word);
  }
});
