import assert from "node:assert/strict";
import { ignoresHangup } from "./hangup.ts";

function statusOf(mask: string): string {
  return `Name:\tdeno\nSigBlk:\t0000000000000001\nSigIgn:\t${mask}\nSigCgt:\t0000000100000441\n`;
}

Deno.test("ignoresHangup() reads the lowest bit of SigIgn, and of nothing else", () => {
  for (const mask of ["0000000000000001", "0000000000001007", "000000000000000b"]) {
    assert.ok(ignoresHangup(statusOf(mask)), mask);
  }
  for (const mask of ["0000000000000000", "0000000000001006", "1000000000001000"]) {
    assert.ok(!ignoresHangup(statusOf(mask)), mask);
  }
  assert.ok(!ignoresHangup(""));
});
