import assert from "node:assert/strict";
import { segmentsOf, signatureOf, withoutSegment } from "./macho.ts";

const PAGE = 0x1000;

/** A program of three segments of a page each, the last with a symbol table and a signature. */
function program(): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(3 * PAGE + 64);
  const view = new DataView(bytes.buffer);
  const link = 3 * PAGE;
  const commands = [
    segment("__TEXT", { at: 0, size: PAGE }),
    segment("__SUI", { at: PAGE, size: 2 * PAGE }),
    segment("__LINKEDIT", { at: link, size: 64 }),
    words([0x2, 24, link + 8, 1, link + 24, 8]),
    words([0x1d, 16, link + 32, 32]),
  ];
  const length = commands.reduce((sum, command) => sum + command.length, 0);
  bytes.set(words([0xfeedfacf, 0, 0, 2, commands.length, length, 0, 0]));
  let end = 32;
  for (const command of commands) {
    bytes.set(command, end);
    end += command.length;
  }
  bytes.fill(1, PAGE, link);
  bytes.fill(2, link);
  assert.ok(view.getUint32(0, true) === 0xfeedfacf && end < PAGE);
  return bytes;
}

function words(numbers: readonly number[]): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Uint32Array.from(numbers).buffer);
}

function segment(
  name: string,
  { at, size }: { at: number; size: number },
): Uint8Array<ArrayBuffer> {
  const command = new Uint8Array(72);
  command.set(words([0x19, 72]));
  command.set(new TextEncoder().encode(name), 8);
  const view = new DataView(command.buffer);
  for (const [offset, value] of [[24, 0x10000 + at], [32, size], [40, at], [48, size]] as const) {
    view.setBigUint64(offset, BigInt(value), true);
  }
  return command;
}

Deno.test("withoutSegment() takes command and bytes out, and moves up what comes after", () => {
  const made = withoutSegment(program(), "__SUI");
  assert.equal(made.length, PAGE + 64);
  assert.deepEqual(
    segmentsOf(made).map(({ name, offset, address }) => ({ name, offset, address })),
    [
      { name: "__TEXT", offset: 0, address: 0x10000 },
      { name: "__LINKEDIT", offset: PAGE, address: 0x10000 + PAGE },
    ],
  );
  assert.deepEqual(signatureOf(made), { offset: PAGE + 32, length: 32 });
  assert.ok(made.subarray(PAGE).every((byte) => byte === 2));
});

Deno.test("Mach-O: what is not a whole program, or has no such segment, is refused", () => {
  assert.throws(() => segmentsOf(new Uint8Array(100)), RangeError);
  assert.throws(() => segmentsOf(program().subarray(0, 64)), RangeError);
  assert.throws(() => withoutSegment(program(), "__NONE"), RangeError);
});
