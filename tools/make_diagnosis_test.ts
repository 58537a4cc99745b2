import assert from "node:assert/strict";
import committed from "../docs/diagnosis.md" with { type: "text" };
import exitCodes from "../docs/exit-codes.md" with { type: "text" };
import { CALLER_SITUATIONS, SITUATIONS } from "../src/diagnosis/mod.ts";
import { EXAMPLES, troubledCheck } from "./diagnosis_examples.ts";
import { diagnosisPage } from "./make_diagnosis.ts";
import { diagnose } from "../src/diagnosis/mod.ts";

Deno.test("docs/diagnosis.md is fresh (deno run --allow-write tools/make_diagnosis.ts)", () => {
  assert.equal(committed, diagnosisPage());
});

Deno.test("docs/diagnosis.md shows the hint of its own example", () => {
  const [example] = EXAMPLES["called-title-unknown"] ?? [];
  assert.ok(example !== undefined);
  const check = { calledAeTitle: "WRONG", callingAeTitle: "ECHOSCU" };
  const { hint, situation } = diagnose(troubledCheck({ ...example, check }));
  assert.ok(
    committed.includes(`\nhint: ${hint}\nstage: associate, fault: peer, situation: ${situation}\n`),
  );
});

Deno.test("docs/diagnosis.md has at least 25 situations with a hint of their own", () => {
  const hints = [...committed.matchAll(/^ {4}hint: (.*)$/gm)].map(([, hint]) => hint);
  assert.equal(hints.length, SITUATIONS.length + CALLER_SITUATIONS.length);
  assert.ok(new Set(hints).size >= 25);
});

Deno.test("docs/diagnosis.md names no exit code that docs/exit-codes.md does not explain", () => {
  const explained = [...exitCodes.matchAll(/^\| (\d+) /gm)].map(([, code]) => code);
  const named = [...committed.matchAll(/[(;]\s+exit\s+([\d or\n]+),\s+detailed\s+([\d or\n]+)\)/g)];
  assert.equal(named.length, SITUATIONS.length);
  for (const code of named.flatMap((found) => found.slice(1)).join(" or ").split(/\s+or\s+/)) {
    assert.ok(explained.includes(code), code);
  }
});
