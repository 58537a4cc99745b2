import assert from "node:assert/strict";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { stillWorld } from "../../tests/support/still_world.ts";
import type { LogEvent } from "../log/mod.ts";
import { loadElementNames } from "./logging.ts";

const FILES: Readonly<Record<string, string>> = {
  "good.dic": "(0008,0060)\tCS\tModality\t1\tDICOM\n",
  "shadow": "# users\nroot:$y$hunter2:19:::\nbin:hunter2\tCS\thunter2\t1\n",
  "faulty.dic": "(0008,0060)\tCS\n(0008,0070)\tLO\tManufacturer\t1\tDICOM\n",
};

async function loaded(path: string | undefined, target = "x86_64-unknown-linux-gnu") {
  const lines: string[] = [];
  const log = {
    log: ({ level, text }: LogEvent) => void lines.push(`${level} ${text}`),
    isEnabled: () => true,
    close: () => {},
  };
  const world = stillWorld({
    args: [],
    clock: new FakeClock(),
    target,
    env: (name) => name === "DCMDICTPATH" ? path : undefined,
    readFile: (file) => {
      const text = FILES[file];
      return text === undefined ? { error: "missing" } : new TextEncoder().encode(text);
    },
  });
  const elements = await loadElementNames({ log, world });
  return {
    lines,
    name: (group: number, element: number) => elements?.({ group, element })?.keyword,
  };
}

const GOOD = "debug DcmDataDictionary: Loading file: good.dic";
const FAULTY = [
  "debug DcmDataDictionary: Loading file: faulty.dic",
  "error DcmDataDictionary: faulty.dic: too few fields (line 1)",
];
const MISSING = "error DcmDataDictionary: Cannot open file: none.dic";
const NOT_LOADED = "warn no data dictionary loaded, check environment variable: DCMDICTPATH";

Deno.test("loadElementNames() loads nothing when DCMDICTPATH is unset or empty", async () => {
  for (const path of [undefined, ""]) {
    const { lines, name } = await loaded(path);
    assert.deepEqual(lines, []);
    assert.equal(name(0, 0x0900), undefined);
  }
});

Deno.test("loadElementNames() adds files to the names of group 0000", async () => {
  const { lines, name } = await loaded(":good.dic::");
  assert.deepEqual(lines, [GOOD]);
  assert.equal(name(8, 0x60), "Modality");
  assert.equal(name(0, 0x0900), "Status");
  assert.equal(name(8, 0x61), undefined);
});

Deno.test("loadElementNames() says what the reference reports, in its order, and keeps good lines", async () => {
  const rows = [
    [":", []],
    ["none.dic", [MISSING, NOT_LOADED]],
    ["none.dic:good.dic", [MISSING, GOOD]],
    ["good.dic:none.dic", [GOOD, MISSING]],
    ["faulty.dic:good.dic", [...FAULTY, GOOD]],
    ["good.dic:faulty.dic", [GOOD, ...FAULTY, NOT_LOADED]],
    ["faulty.dic:none.dic", [...FAULTY, MISSING, NOT_LOADED]],
  ] as const;
  for (const [path, told] of rows) {
    const { lines, name } = await loaded(path);
    assert.deepEqual(lines, told, path);
    if (path.includes("faulty")) assert.equal(name(8, 0x70), "Manufacturer");
  }
});

Deno.test("loadElementNames() separates files by semicolons on Windows", async () => {
  const { lines } = await loaded("good.dic;faulty.dic", "x86_64-pc-windows-msvc");
  assert.deepEqual(lines, [GOOD, ...FAULTY, NOT_LOADED]);
});

Deno.test("loadElementNames() shows nothing of a file that does not begin like a dictionary", async () => {
  const { lines } = await loaded("shadow");
  assert.ok(lines.length > 2 && !lines.join().includes("hunter2"), lines.join("\n"));
});
