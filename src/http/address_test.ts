import assert from "node:assert/strict";
import { addressBytes } from "./address.ts";

Deno.test("addressBytes() reads every spelling of an address", () => {
  const zeros = (count: number) => Array.from({ length: count }, () => 0);
  const cases: readonly (readonly [string, readonly number[]])[] = [
    ["10.1.2.3", [10, 1, 2, 3]],
    ["0.0.0.0", zeros(4)],
    ["::", zeros(16)],
    ["::1", [...zeros(15), 1]],
    ["0:0:0:0:0:0:0:1", [...zeros(15), 1]],
    ["2001:DB8::8:800", [0x20, 1, 0xd, 0xb8, ...zeros(8), 0, 8, 8, 0]],
    ["1::", [0, 1, ...zeros(14)]],
    ["::ffff:192.0.2.1", [...zeros(10), 255, 255, 192, 0, 2, 1]],
    ["1:2:3:4:5:6:7:8", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 8]],
    ["1:2:3:4:5:6:7::", [0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7, 0, 0]],
  ];
  for (const [text, bytes] of cases) assert.deepEqual(addressBytes(text), bytes, text);
});

Deno.test("addressBytes() takes nothing for an address that another reader might read differently", () => {
  const words = [
    ...["", "a", "10.1.2", "10.1.2.3.4", "10.1.2.256", "010.1.2.3", "0x7f.0.0.1", "2130706433"],
    ...["10.1.2.3.", ".10.1.2.3", "1.2.3.-4", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::"],
    ...["1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "::1%eth0", "::192.0.2", "192.0.2.1::", "::g"],
  ];
  for (const word of words) assert.equal(addressBytes(word), undefined, word);
});
