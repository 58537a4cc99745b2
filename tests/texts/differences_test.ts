import assert from "node:assert/strict";

const PAGE = new URL("../../docs/differences.md", import.meta.url);

/** The cells of each row of the table. */
async function readRows(): Promise<readonly (readonly string[])[]> {
  const text = await Deno.readTextFile(PAGE);
  const lines = text.split("\n").filter((line) => line.startsWith("| "));
  return lines.slice(2).map((line) =>
    line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim())
  );
}

Deno.test("docs/differences.md gives every difference a name of its own, a reason and a test", async () => {
  const rows = await readRows();
  assert.ok(rows.length > 0);
  assert.equal(new Set(rows.map(([name]) => name)).size, rows.length);
  for (const [name = "", difference = "", reason = "", tests = ""] of rows) {
    assert.ok(name !== "" && difference !== "" && reason !== "", name);
    const paths = [...tests.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
    assert.ok(paths.length > 0, `${name} names no test`);
    for (const path of paths) {
      const { isFile } = await Deno.stat(new URL(`../../${path}`, import.meta.url));
      assert.ok(isFile, path);
    }
  }
});

Deno.test("docs/differences.md has a row for every difference that excuses a case", async () => {
  const names = new Set((await readRows()).map(([name]) => name));
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
    for (const name of used) assert.ok(names.has(name), `${file}: ${name}`);
  }
});
