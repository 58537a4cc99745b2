import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { permissionFlags } from "./flags.ts";
import { structureFaults } from "./structure.ts";
import { type Target, targetsNamed } from "./targets.ts";

const GOOD = {
  argv: [],
  permissions: {
    ...Object.fromEntries(
      permissionFlags().flatMap((flag) => {
        const kind = /^--allow-(\w+)$/.exec(flag)?.[1];
        return kind === undefined ? [] : [[`allow_${kind}`, []]];
      }),
    ),
    deny_import: [],
    prompt: false,
  },
  v8_flags: ["--jitless"],
  entrypoint_key: "main.js",
};

function part(description: unknown): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(JSON.stringify(description));
  const bytes = new Uint8Array(16 + text.length);
  bytes.set(new TextEncoder().encode("d3n0l4nd"));
  new DataView(bytes.buffer).setBigUint64(8, BigInt(text.length), true);
  bytes.set(text, 16);
  return bytes;
}

type Field = readonly [offset: number, value: number, bits?: 16 | 32 | 64];

function fields(bytes: Uint8Array<ArrayBuffer>, list: readonly Field[]): void {
  const view = new DataView(bytes.buffer);
  for (const [offset, value, bits = 32] of list) {
    if (bits === 16) view.setUint16(offset, value, true);
    else if (bits === 32) view.setUint32(offset, value, true);
    else view.setBigUint64(offset, BigInt(value), true);
  }
}

/** Section headers of 64 bytes, then the program. */
function elf(description: unknown): Uint8Array<ArrayBuffer> {
  const program = part(description);
  const bytes = new Uint8Array(128 + program.length);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  fields(bytes, [[18, 62, 16], [40, 64, 64], [58, 64, 16], [60, 1, 16]]);
  bytes.set(program, 128);
  return bytes;
}

/** The program in a note that is mapped, the section headers after it. */
function elfOfDeno29(description: unknown): Uint8Array<ArrayBuffer> {
  const program = part(description);
  const bytes = new Uint8Array(0x100 + program.length + 64);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  fields(bytes, [[18, 62, 16], [32, 64, 64], [54, 56, 16], [56, 2, 16]]);
  fields(bytes, [[40, 0x100 + program.length, 64], [58, 64, 16], [60, 1, 16]]);
  for (const [at, kind] of [[64, 1], [120, 4]] as const) {
    fields(bytes, [[at, kind], [at + 8, 0x100, 64], [at + 32, program.length, 64]]);
  }
  bytes.set(program, 0x100);
  return bytes;
}

const PAGE = 0x1000;

/** One section at 0x400, with the resources: raw data, by name, in one language. */
function pe(description: unknown): Uint8Array<ArrayBuffer> {
  const program = part(description);
  const bytes = new Uint8Array(0x500 + program.length);
  const root = 0x400;
  fields(bytes, [[0, 0x5a4d, 16], [0x3c, 0x40], [0x40, 0x4550], [0x44, 0x8664, 16], [0x46, 1, 16]]);
  fields(bytes, [[0x54, 240, 16], [0x58, 0x20b, 16], [0x58 + 68, 3, 16], [0x58 + 128, 0x1000]]);
  fields(bytes, [[0x58 + 32, PAGE], [0x58 + 56, 0x2000]]);
  const [section, size] = [0x58 + 240, bytes.length - root];
  fields(bytes, [[section + 8, size], [section + 12, 0x1000], [section + 16, size]]);
  fields(bytes, [[section + 20, root]]);
  const inside = 2 ** 31;
  fields(bytes, [[root + 14, 1, 16], [root + 16, 10], [root + 20, inside + 0x20]]);
  fields(bytes, [[root + 0x2c, 1, 16], [root + 0x30, inside + 0x60], [root + 0x34, inside + 0x40]]);
  fields(bytes, [[root + 0x4e, 1, 16], [root + 0x54, 0x80], [root + 0x60, 8, 16]]);
  for (const [index, letter] of [..."D3N0L4ND"].entries()) {
    fields(bytes, [[root + 0x62 + 2 * index, letter.charCodeAt(0), 16]]);
  }
  fields(bytes, [[root + 0x80, 0x1100], [root + 0x84, program.length]]);
  bytes.set(program, 0x500);
  return bytes;
}

/** A page of text, a page with the program, the signature. */
function macho(description: unknown): Uint8Array<ArrayBuffer> {
  const signature = 2 * PAGE;
  const bytes = new Uint8Array(signature + 20 + 44 + 2 * 32);
  const segments = [["__TEXT", 0, PAGE], ["__SUI", PAGE, PAGE], ["__LINKEDIT", signature, 128]];
  fields(bytes, [[0, 0xfeedfacf], [4, 0x0100000c], [16, 4], [20, 3 * 72 + 16]]);
  for (const [index, [name, offset, size]] of segments.entries()) {
    const at = 32 + 72 * index;
    bytes.set(new TextEncoder().encode(`${name}`), at + 8);
    fields(bytes, [[at, 0x19], [at + 4, 72], [at + 40, Number(offset), 64]]);
    fields(bytes, [[at + 48, Number(size), 64]]);
  }
  fields(bytes, [[248, 0x1d], [252, 16], [256, signature], [260, bytes.length - signature]]);
  bytes.set(part(description), PAGE);
  const view = new DataView(bytes.buffer, signature);
  for (const [at, value] of [[0, 0xfade0cc0], [8, 1], [16, 20]] as const) view.setUint32(at, value);
  const directory = [[0, 0xfade0c02], [12, 2], [16, 44], [28, 2], [32, signature]] as const;
  for (const [at, value] of directory) view.setUint32(20 + at, value);
  bytes.set([32, 2, 0, 12], signature + 20 + 36);
  for (const page of [0, 1]) {
    const hash = createHash("sha256").update(bytes.subarray(page * PAGE, (page + 1) * PAGE))
      .digest();
    bytes.set(hash, signature + 20 + 44 + 32 * page);
  }
  return bytes;
}

const FORMATS = [
  { make: elf, triple: "x86_64-unknown-linux-gnu" },
  { make: elfOfDeno29, triple: "x86_64-unknown-linux-gnu" },
  { make: pe, triple: "x86_64-pc-windows-msvc" },
  { make: macho, triple: "aarch64-apple-darwin" },
] as const;

function target(triple: string): Target {
  const [found] = targetsNamed([triple], "");
  return found ?? assert.fail();
}

for (const { make, triple } of FORMATS) {
  const measure = { target: target(triple), foreign: ["/home/builder"] };

  Deno.test(`structureFaults() has nothing against a good program for ${triple} (${make.name})`, () => {
    assert.deepEqual(structureFaults(make(GOOD), measure), []);
  });

  Deno.test(`structureFaults() sees what a program for ${triple} (${make.name}) may do, and what is in it`, () => {
    const permissions = { ...GOOD.permissions, allow_run: [], allow_net: ["x"] };
    const bad = { ...GOOD, permissions, argv: ["/home/builder"], v8_flags: [] };
    assert.deepEqual(structureFaults(make(bad), measure), [
      'the permission net is ["x"]',
      "the permission run is []",
      "it compiles while it runs (--jitless)",
      "it has arguments inside: /home/builder",
      'it has "/home/builder" inside',
    ]);
    assert.deepEqual(structureFaults(new Uint8Array(9), measure), [
      "there is not exactly one program inside",
    ]);
  });

  Deno.test(`structureFaults() sees that a program for ${triple} (${make.name}) is cut off, or for others`, () => {
    for (const other of FORMATS.filter((format) => format.triple !== triple)) {
      const [fault] = structureFaults(other.make(GOOD), measure);
      assert.match(fault ?? "", /^its format is broken: Not a 64 bit /);
    }
    const processor = triple.startsWith("x86_64") ? "aarch64" : "x86_64";
    const wrong = { ...measure, target: target(triple.replace(/^[^-]+/, processor)) };
    assert.match(structureFaults(make(GOOD), wrong)[0] ?? "", /^it is for processor \d+$/);
  });
}

Deno.test("structureFaults() sees a program for Linux that is in no note", () => {
  const measure = { target: target("x86_64-unknown-linux-gnu"), foreign: [] };
  const changed = elfOfDeno29(GOOD);
  fields(changed, [[120, 1]]);
  assert.deepEqual(structureFaults(changed, measure), [
    "the program is not where the runtime looks for it",
  ]);
});

Deno.test("structureFaults() sees that a Mac would not start what was changed after it was signed", () => {
  const measure = { target: target("aarch64-apple-darwin"), foreign: [] };
  const changed = macho(GOOD);
  changed[PAGE + 2000] = 1;
  assert.deepEqual(structureFaults(changed, measure), [
    "page 1 has another hash than its signature says",
  ]);
});

Deno.test("structureFaults() sees a program for Windows without a console, and without its resource", () => {
  const measure = { target: target("x86_64-pc-windows-msvc"), foreign: [] };
  const changed = pe(GOOD);
  fields(changed, [[0x58 + 68, 2, 16], [0x462, 0x78, 16]]);
  assert.deepEqual(structureFaults(changed, measure), [
    "its subsystem is 2, not the console",
    "the program is not the resource that is read",
  ]);
});

Deno.test("structureFaults() sees that Windows does not map the last section as a whole", () => {
  const measure = { target: target("x86_64-pc-windows-msvc"), foreign: [] };
  const changed = pe(GOOD);
  for (const mappedSize of [PAGE + 1, 0]) {
    fields(changed, [[0x58 + 240 + 8, mappedSize], [
      0x58 + 56,
      mappedSize === 0 ? PAGE : 2 * PAGE,
    ]]);
    assert.match(
      structureFaults(changed, measure).join(),
      /^Windows maps \d+ bytes of it, and its /,
    );
  }
});
