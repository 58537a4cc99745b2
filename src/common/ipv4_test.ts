import assert from "node:assert/strict";
import { hasLeadingZeros } from "./ipv4.ts";

Deno.test("hasLeadingZeros() finds what the C library reads as octal, in all its forms", () => {
  for (
    const host of [
      "010.000.000.001",
      "10.0.0.01",
      "127.000.000.001",
      "10.00.0.1",
      "[010.0.0.1]",
      "010.1",
      "017700000001",
      "0x7f.0.0.01",
      "192.168.001.020",
    ]
  ) assert.ok(hasLeadingZeros(host), host);
});

Deno.test("hasLeadingZeros() leaves alone what means one thing only, and names", () => {
  for (
    const host of [
      "10.0.0.1",
      "0.0.0.0",
      "127.1",
      "2130706433",
      "0x7f.1",
      "0x7f000001",
      "0",
      "host01",
      "01.example",
      "010.example.com",
      "1.2.3.4.05",
      "::ffff:10.0.0.1",
      "fe80::01",
      "",
    ]
  ) assert.ok(!hasLeadingZeros(host), host);
});
