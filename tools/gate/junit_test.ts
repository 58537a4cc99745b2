import assert from "node:assert/strict";
import { addCounts, closingLine, countTests, NO_TESTS } from "./junit.ts";

// Written by `deno test --junit-path` of Deno 2.9.6, shortened.
const FILE = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="deno test" tests="5" failures="2" errors="0" time="0.008">
    <testsuite name="./a_test.ts" tests="5" disabled="1" errors="0" failures="2">
        <testcase name="a" classname="./a_test.ts" time="0.000" line="1" col="6">
        </testcase>
        <testcase name="b" classname="./a_test.ts" time="0.000" line="2" col="6">
            <skipped/>
        </testcase>
        <testcase name="c &quot;&lt;x&gt;&quot;" classname="./a_test.ts" time="0.001" line="3" col="6">
            <failure message="Uncaught Error: x &lt;y&gt;">Error: x &lt;y&gt;</failure>
        </testcase>
        <testcase name="d" classname="./a_test.ts" time="0.002" line="4" col="6">
            <failure message="1 test step failed">1 test step failed.</failure>
        </testcase>
        <testcase name="d &gt; a" classname="./a_test.ts" time="0.000" line="4" col="37">
        </testcase>
    </testsuite>
</testsuites>`;

Deno.test("countTests() reads what passed, failed and was left out", () => {
  assert.deepEqual(countTests(FILE), { passed: 2, failed: ['c "<x>"', "d"], skipped: ["b"] });
});

Deno.test("countTests() finds nothing in an empty file", () => {
  assert.deepEqual(countTests(""), NO_TESTS);
});

Deno.test("closingLine() is the plain line, with what was left out after it", () => {
  const counts = countTests(FILE);
  assert.equal(closingLine(addCounts([counts, counts])), "4 passed, 4 failed, 2 skipped");
  assert.equal(closingLine({ ...NO_TESTS, passed: 3 }), "3 passed, 0 failed");
});
