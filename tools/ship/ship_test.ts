import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { elfLength } from "./elf.ts";
import { compileFlags, permissionFlags } from "./flags.ts";
import { TARGETS, targetsNamed } from "./targets.ts";

Deno.test("compileFlags() takes the permissions of the start task, all of them and no others", () => {
  const [, , , noPrompt, ...granted] = config.tasks.start.command.split(" ").slice(0, -1);
  assert.equal(noPrompt, "--no-prompt");
  assert.ok(granted.length > 0);
  assert.deepEqual(permissionFlags(), granted);
  assert.deepEqual(compileFlags().slice(-granted.length), granted);
});

Deno.test("the program may neither start others nor load native code, nor do everything", () => {
  for (const flag of permissionFlags()) assert.doesNotMatch(flag, /^--allow-(run|ffi|all|import)/);
});

Deno.test("compileFlags() never asks, never caches code, never imports from elsewhere", () => {
  for (const flag of ["--no-prompt", "--no-code-cache", "--deny-import"]) {
    assert.ok(compileFlags().includes(flag), flag);
  }
});

Deno.test("targetsNamed() gives all six without a name, and this machine's as host", () => {
  assert.equal(targetsNamed([], "x").length, 6);
  assert.deepEqual(targetsNamed(["host"], "aarch64-apple-darwin"), [TARGETS[3]]);
  assert.throws(() => targetsNamed(["amiga"], "x"), /There is no target amiga/);
});

Deno.test("only the files for Windows end in .exe", () => {
  for (const { triple, file } of TARGETS) {
    assert.equal(file.endsWith(".exe"), triple.includes("windows"), file);
  }
});

/** A header that says: section headers at `start`, `count` of 64 bytes each. */
function elfWith(start: number, count: number, { size }: { size: number }): Uint8Array {
  const bytes = new Uint8Array(size);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1]);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(40, BigInt(start), true);
  view.setUint16(58, 64, true);
  view.setUint16(60, count, true);
  return bytes;
}

Deno.test("elfLength() ends after the section headers, whatever follows", () => {
  assert.equal(elfLength(elfWith(128, 3, { size: 1000 })), 128 + 3 * 64);
});

Deno.test("elfLength() refuses what is not a whole ELF file", () => {
  assert.throws(() => elfLength(new Uint8Array(100)), RangeError);
  assert.throws(() => elfLength(elfWith(900, 3, { size: 1000 })), RangeError);
  assert.throws(() => elfLength(elfWith(0, 0, { size: 1000 })), RangeError);
});
