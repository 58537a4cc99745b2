import assert from "node:assert/strict";

const PAGE = new URL("../../docs/differences.md", import.meta.url);

/** A difference: its name, what it is, why, how to get the old way, and its tests. */
interface Row {
  readonly name: string;
  readonly what: string;
  readonly why: string;
  readonly oldWay: string;
  readonly tests: readonly string[];
}

async function readRows(): Promise<readonly Row[]> {
  const text = await Deno.readTextFile(PAGE);
  return text.split(/^## (?=<a id=)/m).slice(1).map((chapter) => {
    const [head = "", ...rest] = chapter.split("\n\n");
    const name = /^<a id="d\d+"><\/a>(D\d+): \S/.exec(head)?.[1] ?? head;
    const points = rest.join("\n\n").split(/^- \*\*/m);
    const point = (title: string) =>
      points.find((one) => one.startsWith(`${title}**: `))?.slice(title.length + 4).trim() ?? "";
    const tests = [...point("Test").matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
    return {
      name,
      what: points[0]?.trim() ?? "",
      why: point("Why"),
      oldWay: point("The old way"),
      tests,
    };
  });
}

Deno.test("docs/differences.md gives every difference a name of its own, a reason, the old way and a test", async () => {
  const rows = await readRows();
  assert.ok(rows.length > 0);
  assert.equal(new Set(rows.map(({ name }) => name)).size, rows.length);
  for (const { name, what, why, oldWay, tests } of rows) {
    assert.match(name, /^D\d+$/);
    assert.ok(what !== "" && why !== "" && oldWay !== "", name);
    assert.ok(tests.length > 0, `${name} names no test`);
    for (const path of tests) {
      const { isFile } = await Deno.stat(new URL(`../../${path}`, import.meta.url));
      assert.ok(isFile, path);
    }
  }
});

Deno.test("docs/differences.md has a row for every difference that excuses a case", async () => {
  const names = new Set((await readRows()).map(({ name }) => name));
  const folder = new URL("../differential/", import.meta.url);
  const files = [
    "cli_differences.ts",
    "log_rows.ts",
    "x509_differences.ts",
    "x509_mutants.ts",
  ];
  for (const file of files) {
    const text = await Deno.readTextFile(new URL(file, folder));
    const used = [...text.matchAll(/"(D[0-9]+)"/g)].map((match) => match[1]);
    assert.ok(used.length > 0, file);
    for (const name of used) assert.ok(names.has(name ?? ""), `${file}: ${name}`);
  }
});
