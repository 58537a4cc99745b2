import assert from "node:assert/strict";
import fc from "fast-check";
import { OPTIONS, peersOf, problemsOf, read } from "./testing.ts";
import { loadPlan } from "./load.ts";
import { Problems } from "./problem.ts";
import { readYaml } from "./yaml_source.ts";

const PEER = "peers: [{ host: pacs, port: 104 }]";

Deno.test("loadPlan() takes anchors and aliases, but none that lead into themselves", async () => {
  const peers = await peersOf(`
groups:
  a: &shared { called: X }
  b: *shared
peers:
  - { host: a, port: 1, group: a }
  - { host: b, port: 1, group: b }
`);
  assert.deepEqual(peers.map(({ check }) => check.calledAeTitle), ["X", "X"]);
  const lines = await problemsOf(`defaults: &d
  expect: *d
peers:
  - { host: *nope, port: 1 }
  - { host: a, port: 1, expect: { implementationVersion: *CHE } }
`);
  assert.deepEqual(lines, [
    "site/plan.yaml:2:11: defaults.expect: the alias *d is inside what it means",
    "site/plan.yaml:4:13: peers[0].host: there is no anchor &nope before this (text that begins with * needs quotes)",
    "site/plan.yaml:5:58: peers[1].expect.implementationVersion: there is no anchor &CHE before this (text that begins with * needs quotes)",
  ]);
});

Deno.test("loadPlan() says that a file is UTF-16", async () => {
  const outcome = await loadPlan("p", {
    readFile: () => Uint8Array.of(0xff, 0xfe, 0x61, 0),
    env: () => undefined,
    options: OPTIONS,
  });
  assert.ok(outcome.kind === "problems");
  assert.equal(
    outcome.problems[0]?.message,
    "this is not UTF-8 but UTF-16 text (allowed: UTF-8)",
  );
});

Deno.test("loadPlan() bounds what aliases can grow to, and says so once", async () => {
  const levels = Array.from({ length: 9 }, (_, at) => {
    const name = at === 0 ? '"x"' : `*a${at - 1}`;
    return `  a${at}: &a${at} [${Array(10).fill(name).join()}]`;
  });
  const lines = await problemsOf(`groups:\n${levels.join("\n")}\n${PEER}`);
  assert.equal(lines.filter((line) => line.includes("mean more than 300000")).length, 1);
});

Deno.test("readYaml() bounds only how many values aliases mean", async () => {
  const problemsOfAliases = async (count: number) => {
    const problems = new Problems();
    const text = `peers: [&a x, ${Array(count).fill("*a").join()}, ${Array(99).fill("x").join()}]`;
    await readYaml(text, { file: "p", problems, mostAliased: 3 });
    return problems.sorted.map(({ message }) => message);
  };
  assert.deepEqual(await problemsOfAliases(3), []);
  assert.deepEqual(await problemsOfAliases(4), [
    "the aliases of this file mean more than 3 values",
  ]);
});

Deno.test("loadPlan() points at what is not YAML once, and looks no further in that file", async () => {
  const cases = [
    ["titel: x\npeers:\n  - {host: a, port: 1\n", "4:1: a closing bracket is missing before this"],
    ["peers: [{ host: ${H}, port: 1 }]\n", "1:18: ${NAME} needs quotes between brackets"],
    ['title: "x\npeers: []\n\n', "1:8: the quotes that begin here are not closed"],
    ["peers:\n\t- host: a\n\t  port: 1\n", "2:1: a tab cannot indent a line (allowed: blanks)"],
    ["peers:\n  - host: a\n   port: 1\n", "3:1: this is not indented like what it belongs to"],
    [
      'title: "C:\\keys"\n',
      "1:11: in double quotes a backslash begins an escape (allowed: \\\\ for one backslash, or single quotes)",
    ],
    ["title: a: b\n", '1:8: a line holds one key or item (text with ": " in it needs quotes)'],
    ["title: @a\n", "1:8: text that begins with this character needs quotes"],
    ['{"title": "a" "peers": []}', "1:11: a comma or a closing bracket is missing before this"],
    [
      "title: !x a\npeers: [{ host: a, port: 1 }]\n",
      "1:8: a tag says nothing here (allowed: the value alone)",
    ],
  ];
  for (const [text = "", line] of cases) {
    assert.deepEqual(await problemsOf(text), [`site/plan.yaml:${line}`]);
  }
});

Deno.test("loadPlan() shows nothing of what is not YAML: it may be a secret", async () => {
  const secret = "    tls: { keyPassword: 'a' hunter2 }";
  for (const text of [`peers:\n  - host: a\n${secret}`, `${secret.trim()}\n] hunter2 [`]) {
    const lines = await problemsOf(text);
    assert.ok(lines.length > 0 && !lines.join().includes("hunter2"), lines.join());
  }
});

Deno.test("loadPlan() refuses bytes that are no text, several documents, and nothing", async () => {
  const outcome = await loadPlan("p", {
    readFile: () => Uint8Array.of(0x61, 0x0a, 0x62, 0xff),
    env: () => undefined,
    options: OPTIONS,
  });
  assert.ok(outcome.kind === "problems");
  assert.deepEqual(outcome.problems, [
    { file: "p", line: 2, column: 2, path: "", message: "this is not UTF-8 text (allowed: UTF-8)" },
  ]);
  assert.match(
    (await problemsOf(`${PEER}\n---\n${PEER}\n`)).join(),
    /:2:1: a plan is one document/,
  );
  assert.match((await problemsOf("")).join(), /:1:1: there is no value \(allowed: keys title/);
  assert.match((await problemsOf("peers: []")).join(), /:1:1: peers: there is no peer$/);
  assert.match((await problemsOf("title: x")).join(), /:1:1: peers: there is no peer$/);
});

Deno.test("loadPlan() survives what is nested too deeply", async () => {
  const lines = await problemsOf("[".repeat(100_000));
  assert.ok(lines.length > 0 && lines.every((line) => line.startsWith("site/plan.yaml:")));
});

Deno.test("loadPlan() answers anything with a plan or with places inside the file, and never throws", async () => {
  const word = fc.constantFrom(
    "peers",
    "host",
    "port",
    "tls",
    "tags",
    "expect",
    "groups",
    "defaults",
    "include",
    "name",
  );
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), word),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(fc.oneof(word, fc.string()), tie("value"), { maxKeys: 5 }),
    ),
  })).value;
  const text = fc.oneof(
    fc.string({ maxLength: 60 }),
    json.map((value) => JSON.stringify(value, null, 1)),
  );
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const outcome = await read(content);
      if (outcome.kind !== "problems") return assert.equal(outcome.kind, "plan");
      const lines = content.split("\n");
      for (const { file, line, column } of outcome.problems) {
        assert.equal(file, "site/plan.yaml");
        assert.ok(line >= 1 && line <= lines.length + 1 && column >= 1);
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("loadPlan() shows nothing of a file that does not begin like a plan", async () => {
  const files = [
    "root:$y$hunter2:19::\nbin:*:hunter2:\n",
    "hunter2: hunter2\nuser: {hunter2: hunter2}\n",
    "- hunter2: x\n- *hunter2\n",
    "%hunter2 x\n---\na\n",
    "title: hunter2\nhunter2: x\n",
    "a: *hunter2\n",
    "[hunter2]\nkey = hunter2\n",
    "-----BEGIN PRIVATE KEY-----\nhunter2\n",
    '{"hunter2": "hunter2"}',
    "!hunter2 a",
    "&hunter2 &hunter2 a: b",
  ];
  for (const text of files) {
    const lines = await problemsOf(text);
    assert.ok(lines.length > 0 && !lines.join().includes("hunter2"), lines.join("\n"));
    const included = await problemsOf("include: [x]\n", { files: { "site/x": text } });
    assert.ok(included.length > 0 && !included.join().includes("hunter2"), included.join("\n"));
  }
  assert.match(
    (await problemsOf("peer: []")).join(),
    /is not a plan: .* \(did you mean peers\?\)$/,
  );
});
