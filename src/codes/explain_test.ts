import assert from "node:assert/strict";
import { type CheckFailure, TlsFailed } from "../check/mod.ts";
import { loadTlsLines, messagesOf } from "../log/mod.ts";
import { EXIT } from "../report/mod.ts";
import { SITUATIONS } from "../diagnosis/mod.ts";
import { errorIn, EXAMPLES, troubledCheck } from "../../tools/diagnosis_examples.ts";
import { conditionLinesFile } from "../../tools/make_condition_lines.ts";
import { CONDITION_LINES } from "./condition_lines.ts";
import { explainText } from "./mod.ts";

const NAMES = { uids: () => undefined, elements: () => undefined, hasDictionary: false };
const { tlsCondition } = await loadTlsLines();

/** The log of a failure, as somebody pastes it. */
function logOf(error: CheckFailure): string {
  if (error instanceof TlsFailed) {
    return `F: Association Request Failed: ${tlsCondition(error.problem)}`;
  }
  if (error.name === "EchoFailed") {
    return `I: Received Echo Response (Unknown Status: 0x${error.details.status.toString(16)})`;
  }
  const type = error.stage === "echo"
    ? "echo-failed"
    : error.stage === "release" || error.stage === "abort"
    ? `association-${error.stage}-failed` as const
    : "association-request-failed";
  return messagesOf({ type, error, details: [] }, NAMES)
    .map(({ text }) => `F: ${typeof text === "string" ? text : text()}`).join("\n");
}

/** What text explains itself as: the situations of all its codes. */
function situationsIn(text: string): readonly string[] {
  return explainText(text).flatMap(({ situations }) => situations.map((one) => one.situation));
}

/** Titles decide among these, and a log line has none. */
const BY_TITLE = [
  ["called-title-default", "called-title-full", "called-title-unknown"],
  ["calling-title-default", "calling-title-unknown"],
  // The alert is that of the peer; this is what this side found wrong.
  ["tls-outside-profile", "tls-nothing-shared"],
];

Deno.test("the log of every failure that the hints know is explained by its own situation", () => {
  let count = 0;
  for (const [id, examples] of Object.entries(EXAMPLES)) {
    for (const example of examples) {
      const error = errorIn(troubledCheck(example));
      if (error.name === "Interrupted" || error.message.startsWith("the peer was refused: own")) {
        continue;
      }
      const log = logOf(error);
      const among = BY_TITLE.find((names) => names.includes(id)) ?? [id];
      const found = situationsIn(log);
      assert.ok(found.some((one) => among.includes(one)), `${id}: ${log}\n${found}`);
      count += 1;
    }
  }
  assert.ok(count > 200);
});

Deno.test("condition_lines.ts is what tools/make_condition_lines.ts writes", () => {
  const rows = [...conditionLinesFile().matchAll(/^ {2}(\[.*\]),$/gm)]
    .map(([, row = ""]) => JSON.parse(row));
  assert.deepEqual(CONDITION_LINES, rows);
});

Deno.test("a code alone is explained in all its spellings", () => {
  const same = [
    ["rj 1/1/7", "RJ 1 1 7", "rejected 1/1/7", "1/1/7", "a-associate-rj 1/1/7"],
    ["abort 2/1", "A-ABORT 2/1", "2/1"],
    ["status 0122", "status 0122H", "status 0x122", "0122H", "0x0122", "Status: 0122"],
    ["tls 46", "tls alert 46", "alert 46", "tls certificate_unknown", "tls certificate unknown"],
    ["tls 46", "000b:0c16"],
    ["exit 62", "62", "exit code 62"],
    ["0006:0317", "0006:0317 Peer aborted Association (or never connected)"],
    ["echo-silent", "situation: echo-silent", "situation echo-silent"],
  ];
  for (const [first = "", ...others] of same) {
    const wanted = explainText(first);
    assert.equal(wanted.length, 1, first);
    for (const other of others) assert.deepEqual(explainText(other), wanted, other);
  }
});

Deno.test("lines of other programs are read where they give numbers or names of the standards", () => {
  const cases = [
    [
      "A-ASSOCIATE-RJ[result: 1 - rejected-permanent, source: 1 - service-user, reason: 3 - calling]",
      "rj 1/1/3",
    ],
    ["<< A-ABORT[source: 2 - service-provider, reason: 6 - invalid]", "abort 2/6"],
    ["F: Result: Rejected Transient, Source: Service User\nF: Reason: No Reason", "rj 2/1/1"],
    [
      "F: Association Rejected: F: Result: Rejected Permanent, Source: Service User " +
      "F: Reason: Called AE Title Not Recognized",
      "rj 1/1/7",
    ],
    [
      "Result: Rejected Permanent, Source: Service User, Reason: Calling AE Title Not Recognized",
      "rj 1/1/3",
    ],
    // As pynetdicom says it.
    [
      "E: Result: Rejected Permanent, Source: Service User\n" +
      "E: Reason: Called AE title not recognised",
      "rj 1/1/7",
    ],
    [
      "Result: Rejected Transient, Source: Service Provider (ACSE) Reason: No reason given",
      "rj 2/2/1",
    ],
    ["error:0A000418:SSL routines::tlsv1 alert unknown ca: SSL alert number 48", "tls 48"],
    ["received fatal alert: HandshakeFailure", "tls 40"],
    ["javax.net.ssl.SSLHandshakeException: Received fatal alert: bad_certificate", "tls 42"],
    ["D: DIMSE Status                  : 0x0122: Refused", "status 0122H"],
    ['{"level":"error","situation":"called-title-unknown"}', "called-title-unknown"],
    ["F: No Acceptable Presentation Contexts", "No Acceptable Presentation Contexts"],
    ["2026-01-31 08:00:00 F: Echo Failed: 0006:0207 DIMSE No data available", "0006:0207"],
  ] as const;
  for (const [line, code] of cases) {
    assert.deepEqual(explainText(line).map((one) => one.code), [code], line);
  }
});

Deno.test("how far the log got leaves out situations of other stages", () => {
  const stages = (
    text: string,
  ) => [...new Set(explainText(text).flatMap((one) => one.situations.map(({ stage }) => stage)))];
  const lost = "0006:0317 Peer aborted Association (or never connected)";
  assert.deepEqual(stages(`E: Echo Failed: ${lost}`), ["echo"]);
  assert.deepEqual(stages(`F: Association Release Failed: ${lost}`), ["release"]);
  assert.ok(stages(lost).length > 2);
});

Deno.test("what is not known is not guessed", () => {
  const words = [
    ...["", "hello", "rj 1/1", "rj 1/1/300", "abort", "status", "status 12345", "tls 200", "tls x"],
    ...["exit 99", "99", "0006:9999", "0009:0001", "1234:5678", "no-such-situation", "-", "0122"],
    ...["situation: nothing", "2026-01-31 08:00:00 all is well", "10.1.2.3:104"],
  ];
  for (const word of words) assert.deepEqual(explainText(word), [], word);
});

Deno.test("every exit code and every situation is explained", () => {
  for (const code of Object.values(EXIT)) assert.equal(explainText(`exit ${code}`).length, 1);
  for (const { id } of SITUATIONS) {
    const [found] = explainText(`situation: ${id}`);
    assert.equal(found?.situations[0]?.situation, id);
  }
});

Deno.test("long text without an end is read in time", () => {
  for (const piece of ["0006:", "source ", "result: 1 ", "alert: ", "Reason: A", "a-"]) {
    explainText(piece.repeat(20_000 / piece.length));
  }
});
