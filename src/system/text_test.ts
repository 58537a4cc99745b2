import assert from "node:assert/strict";
import { plainText } from "./text.ts";
import type { FileContent } from "./types.ts";

function textOf(content: FileContent): string {
  return content instanceof Uint8Array ? new TextDecoder().decode(content) : content.error;
}

Deno.test("plainText() reads what PowerShell writes", () => {
  const utf16 = (text: string, order: boolean) => {
    const bytes = new Uint8Array(text.length * 2);
    const view = new DataView(bytes.buffer);
    for (const [at, unit] of text.split("").entries()) {
      view.setUint16(at * 2, unit.charCodeAt(0), order);
    }
    return bytes;
  };
  const text = "-aet M\u00dcLLER\r\n\u{1f511}";
  for (const order of [true, false]) {
    assert.equal(textOf(plainText(utf16(`\ufeff${text}`, order))), text);
  }
  assert.equal(textOf(plainText(new TextEncoder().encode(`\ufeff${text}`))), text);
});

Deno.test("plainText() leaves other bytes as they are", () => {
  for (const bytes of [[], [0xff], [0x41, 0xff, 0xfe], [0xef, 0xbb], [0x30, 0x82]]) {
    assert.deepEqual(plainText(Uint8Array.from(bytes)), Uint8Array.from(bytes));
  }
  assert.deepEqual(plainText({ error: "missing" }), { error: "missing" });
});
