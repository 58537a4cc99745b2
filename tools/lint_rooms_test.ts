import assert from "node:assert/strict";
import plugin from "./lint_rooms.ts";

interface Sample {
  readonly rule: string;
  readonly file: string;
  readonly code: string;
}

function messages(sample: Sample): string[] {
  return Deno.lint.runPlugin(plugin, sample.file, sample.code)
    .filter((diagnostic) => diagnostic.id === `rooms/${sample.rule}`)
    .map((diagnostic) => diagnostic.message);
}

function accepts(sample: Sample): void {
  assert.deepEqual(messages(sample), []);
}

function refuses(sample: Sample, message: RegExp): void {
  const found = messages(sample);
  assert.equal(found.length, 1, `${sample.file}: ${sample.code} gave ${JSON.stringify(found)}`);
  assert.match(found[0] ?? "", message);
}

const rule = "room-imports";

Deno.test("room-imports accepts a lower room through its mod.ts", () => {
  accepts({ rule, file: "src/pdu/a.ts", code: `import { Cursor } from "../bytes/mod.ts";` });
});

Deno.test("room-imports accepts a file of the same room and the leaf", () => {
  const code =
    `import { a } from "./a.ts"; import { b } from "./inner/b.ts"; import { Bug } from "../errors.ts";`;
  accepts({ rule, file: "src/bytes/c.ts", code });
});

Deno.test("room-imports accepts types of events where only types may be read", () => {
  const code =
    `import type { CheckEvent } from "../check/types.ts"; import type { Pdu } from "../pdu/mod.ts";`;
  accepts({ rule, file: "src/log/lines.ts", code });
});

Deno.test("room-imports accepts packages and data files", () => {
  const code =
    `import { parse } from "yaml"; import config from "../../deno.json" with { type: "json" };`;
  accepts({ rule, file: "src/plan/a.ts", code });
});

Deno.test("room-imports refuses an import against the direction", () => {
  const code = `import { check } from "../check/mod.ts";`;
  refuses({ rule, file: "src/pdu/a.ts", code }, /room pdu must not import room check/);
});

Deno.test("room-imports refuses a value where only types may be read", () => {
  const code = `import { check } from "../check/mod.ts";`;
  refuses({ rule, file: "src/log/a.ts", code }, /only types and errors of room check/);
});

Deno.test("room-imports accepts the error classes of an interface", () => {
  const file = "src/check/a.ts";
  accepts({ rule, file, code: `import { DialError } from "../transport/mod.ts";` });
  const code = `import { dial, DialError } from "../transport/mod.ts";`;
  refuses({ rule, file, code }, /only types and errors of room transport/);
});

Deno.test("room-imports refuses an inline type import, which still loads the module", () => {
  const code = `import { type Check } from "../check/mod.ts";`;
  refuses({ rule, file: "src/log/a.ts", code }, /only types and errors of room check/);
});

Deno.test("room-imports refuses the inner file of another room", () => {
  const code = `import { a } from "../bytes/cursor.ts";`;
  refuses({ rule, file: "src/pdu/a.ts", code }, /inner file of that room: use src\/bytes\/mod.ts/);
});

Deno.test("room-imports refuses values from types.ts of another room", () => {
  const code = `import { PDU_TYPES } from "../pdu/types.ts";`;
  refuses({ rule, file: "src/association/a.ts", code }, /import type/);
});

Deno.test("room-imports sees dynamic imports and re-exports", () => {
  const file = "src/pdu/a.ts";
  refuses({ rule, file, code: `await import("../log/mod.ts");` }, /must not import room log/);
  refuses({ rule, file, code: `export * from "../log/mod.ts";` }, /must not import room log/);
  refuses({ rule, file, code: `export { a } from "../log/mod.ts";` }, /must not import room log/);
});

Deno.test("room-imports refuses a room that is not in the table", () => {
  const code = `import { a } from "../bytes/mod.ts";`;
  refuses({ rule, file: "src/kitchen/a.ts", code }, /not in the room table/);
});

Deno.test("room-imports refuses the leaf that imports a room", () => {
  const code = `import { a } from "./bytes/mod.ts";`;
  refuses({ rule, file: "src/errors.ts", code }, /is a leaf/);
});

Deno.test("room-imports refuses leaving src/ for tests or tools", () => {
  const code = `import { a } from "../../tests/support/a.ts";`;
  refuses({ rule, file: "src/scp/a.ts", code }, /nothing from outside itself/);
});

Deno.test("room-imports lets main.ts and tests use every room, by its door only", () => {
  accepts({ rule, file: "main.ts", code: `import { run } from "./src/scp/mod.ts";` });
  accepts({ rule, file: "src/pdu/a_test.ts", code: `import { run } from "../scp/mod.ts";` });
  refuses({ rule, file: "main.ts", code: `import { a } from "./src/scp/a.ts";` }, /inner file/);
  refuses(
    { rule, file: "src/pdu/a_test.ts", code: `import { a } from "../scp/a.ts";` },
    /inner file/,
  );
});

Deno.test("no-deno-in-pure-rooms refuses Deno in a pure room, as value and as type", () => {
  const rule = "no-deno-in-pure-rooms";
  refuses({ rule, file: "src/pdu/a.ts", code: `Deno.exit(1);` }, /pure room/);
  refuses({ rule, file: "src/log/lines.ts", code: `let a: Deno.Conn;` }, /pure room/);
  refuses({ rule, file: "src/check/a.ts", code: `globalThis.Deno;` }, /pure room/);
});

Deno.test("no-deno-in-pure-rooms leaves transport, scp, host files and tests alone", () => {
  const rule = "no-deno-in-pure-rooms";
  for (
    const file of [
      "src/transport/tcp.ts",
      "src/scp/a.ts",
      "src/log/host_deno.ts",
      "src/pdu/a_test.ts",
      "main.ts",
    ]
  ) accepts({ rule, file, code: `Deno.exit(1);` });
  refuses({ rule, file: "src/pdu/host_deno.ts", code: `Deno.exit(1);` }, /pure room/);
});

function functionOf(lines: number): string {
  return `function a() {\n${"  b();\n".repeat(lines - 2)}}\n`;
}

Deno.test("max-function-length counts from the first to the last line of a function", () => {
  const rule = "max-function-length";
  accepts({ rule, file: "src/pdu/a.ts", code: functionOf(40) });
  refuses(
    { rule, file: "src/pdu/a.ts", code: functionOf(41) },
    /at most 40 lines, this one has 41/,
  );
  accepts({ rule, file: "src/pdu/a_test.ts", code: functionOf(41) });
});

Deno.test("max-function-length sees methods and arrow functions", () => {
  const rule = "max-function-length";
  const body = "{\n" + "  b();\n".repeat(39) + "}";
  refuses({ rule, file: "tools/a.ts", code: `class A { m() ${body} }` }, /has 41/);
  refuses({ rule, file: "tools/a.ts", code: `run(() => ${body});` }, /has 41/);
});

Deno.test("max-file-length holds for src/ and spares tests, tools and data tables", () => {
  const rule = "max-file-length";
  const long = "a();\n".repeat(501);
  accepts({ rule, file: "src/pdu/a.ts", code: "a();\n".repeat(500) });
  refuses({ rule, file: "src/pdu/a.ts", code: long }, /at most 500 lines, this one has 501/);
  for (const file of ["src/pdu/a_test.ts", "tools/a.ts"]) accepts({ rule, file, code: long });
  accepts({ rule, file: "src/dicom/a.ts", code: `// data table\n${long}` });
  for (
    const file of [
      "src/dicom/uid_names.ts",
      "src/options/rows_tls.ts",
      "src/codes/condition_names.ts",
    ]
  ) {
    accepts({ rule, file, code: long });
  }
});

Deno.test("no-top-level-arrow refuses arrows bound at the top level only", () => {
  const rule = "no-top-level-arrow";
  refuses({ rule, file: "src/pdu/a.ts", code: `const a = () => 1;` }, /function/);
  refuses({ rule, file: "src/pdu/a.ts", code: `export const a = () => 1;` }, /function/);
  accepts({
    rule,
    file: "src/pdu/a.ts",
    code: `function a() { const b = () => 1; return [1].map((c) => c + b()); }`,
  });
});

Deno.test("max-positional-parameters allows two, then one options object", () => {
  const rule = "max-positional-parameters";
  accepts({ rule, file: "src/pdu/a.ts", code: `function a(b, c) {}` });
  refuses({ rule, file: "src/pdu/a.ts", code: `function a(b, c, d) {}` }, /here 3/);
  refuses({ rule, file: "src/pdu/a.ts", code: `class A { m(b, c, d) {} }` }, /here 3/);
  accepts({ rule, file: "src/pdu/a.ts", code: `a.reduce((b, c, d) => b);` });
  const file = "src/pdu/a.ts";
  for (const last of ["{ d }: D", "options: D", "d: { e: 1 }", "d = {}", "d?: D"]) {
    accepts({ rule, file, code: `function a(b, c, ${last}) {}` });
    refuses({ rule, file, code: `function a(b, c, x, ${last}) {}` }, /here 3/);
  }
});

const slow = "no-slow-patterns";

Deno.test("no-slow-patterns refuses a literal and a written source in src/, and nothing elsewhere", () => {
  const code = "export const a = /\\s+$/;";
  refuses({ rule: slow, file: "src/pdu/a.ts", code }, /\\s\+ is tried from each place/);
  const made = 'export const a = new RegExp("(a+)+$");';
  refuses({ rule: slow, file: "src/pdu/a.ts", code: made }, /repeats within itself|same text/);
  accepts({ rule: slow, file: "src/pdu/a_test.ts", code });
  accepts({ rule: slow, file: "tools/a.ts", code });
});

Deno.test("no-slow-patterns accepts an expression that says where it begins, and numbers", () => {
  accepts({ rule: slow, file: "src/pdu/a.ts", code: "export const a = [/^\\s+/, 1n, 2];" });
});
