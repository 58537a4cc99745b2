import assert from "node:assert/strict";
import fc from "fast-check";
import { HOST_PATTERN } from "./host_pattern.ts";

function isHost(text: string): boolean {
  return new RegExp(HOST_PATTERN).test(text);
}

Deno.test("HOST_PATTERN takes names and addresses", () => {
  const hosts = [
    "pacs",
    "pacs.example.org.",
    "ct_1",
    "3com",
    "a.b-2.x9",
    "10.1.2.3",
    "0.0.0.0",
    "::",
    "::1",
    "2001:db8::17",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "::ffff:10.1.2.3",
    "[2001:db8::17]",
    "fe80::1%eth0",
    "[fe80::1%eth0]",
  ];
  for (const host of hosts) assert.ok(isHost(host), host);
});

Deno.test("HOST_PATTERN refuses what a port was left in, half brackets, and addresses that are none", () => {
  const others = [
    "",
    "pacs:104",
    "a:104",
    "10.1.2.3:104",
    "[::1]:104",
    "[::1",
    "::1]",
    ":::",
    "1:2:3",
    "1::2::3",
    "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::",
    "::10.1.2.300",
    "12345::",
    "fe80::1%",
    "10.1.2.300",
    "10.1.2",
    "10.1.2.3/24",
    "1234",
    "http://pacs",
    "pacs,",
    "pacs;104",
    "a b",
    "ME@pacs",
    "münchen",
    "pacs\n",
    "x".repeat(400),
  ];
  for (const host of others) assert.ok(!isHost(host), host);
});

Deno.test("HOST_PATTERN takes every IPv6 address", () => {
  fc.assert(fc.property(fc.ipV6(), (address) => assert.ok(isHost(address), address)));
});

Deno.test("HOST_PATTERN takes no long time over long text", () => {
  assert.ok(!isHost(`${"a.".repeat(200_000)}1`));
  assert.ok(!isHost(`${"1:".repeat(200_000)}x`));
});
