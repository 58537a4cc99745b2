import assert from "node:assert/strict";
import type { CheckResult } from "../check/mod.ts";
import { EXAMPLES, troubledCheck } from "../../tools/diagnosis_examples.ts";
import { verified } from "../../tests/support/report_runs.ts";
import { type Asked, differencesOf, MOST_OTHER_WAYS, nextWay, verdictOf } from "./asking.ts";
import { SITUATIONS } from "./situations.ts";
import { OPEN_QUESTIONS, type Way } from "./ways.ts";

const PLAIN: Way = { port: 4000, security: "plain", calling: "ECHOSCU", called: "ANY-SCP" };
const OVER_TLS: Way = { ...PLAIN, security: "tls" };
const NAMED: Way = { ...PLAIN, calling: "ARCHIVE", called: "STATION" };

const FAILED = new Map<string, CheckResult>();

/** The result of the first example of a situation. */
function failed(situation: string): CheckResult {
  const known = FAILED.get(situation);
  if (known !== undefined) return known;
  const [example] = EXAMPLES[situation] ?? [];
  assert.ok(example !== undefined, situation);
  const result = troubledCheck(example);
  FAILED.set(situation, result);
  return result;
}

/** What is asked after `first` when every way ends as `answer` says. */
function asking(first: Way, answer: (way: Way) => CheckResult): [Asked, ...Asked[]] {
  const asked: [Asked, ...Asked[]] = [{ way: first, result: answer(first) }];
  for (let way = nextWay(asked); way !== undefined; way = nextWay(asked)) {
    asked.push({ way, result: answer(way) });
  }
  return asked;
}

/** What differs in each of the ways after the first. */
function others([first, ...asked]: readonly [Asked, ...Asked[]]): readonly Partial<Way>[] {
  return asked.map(({ way }) =>
    Object.fromEntries(
      Object.entries(way).filter(([key, value]) => first.way[key as keyof Way] !== value),
    )
  );
}

Deno.test("open questions belong to situations that exist", () => {
  const ids = SITUATIONS.map(({ id }) => id);
  assert.deepEqual(Object.keys(OPEN_QUESTIONS).filter((id) => !ids.includes(id)), []);
});

Deno.test("a peer that answers is asked once", () => {
  const asked = asking(PLAIN, () => verified());
  assert.equal(asked.length, 1);
  assert.equal(verdictOf(asked).works, "as-asked");
});

Deno.test("what is clear, or cannot be learned this way, leaves nothing open", () => {
  for (const id of ["name-unknown", "host-unreachable", "temporary-congestion", "tls-ca-unknown"]) {
    assert.equal(asking(PLAIN, () => failed(id)).length, 1, id);
  }
});

Deno.test("a port that refuses leads to the usual ports, each once, 2762 over TLS", () => {
  const asked = asking(PLAIN, () => failed("port-refused"));
  assert.deepEqual(others(asked), [
    { port: 104 },
    { port: 2762, security: "tls-unverified" },
    { port: 11112 },
  ]);
  const verdict = verdictOf(asked);
  assert.equal(verdict.works, "not");
  assert.match(verdict.sentence, /^nothing that was tried works: /);
  assert.match(verdict.ask ?? "", /on which address and port/);
  assert.deepEqual(others(asking({ ...PLAIN, port: 104 }, () => failed("port-refused"))).length, 2);
});

Deno.test("plain asked of TLS leads to TLS, and TLS asked of plain to plain", () => {
  const secured = asking(
    PLAIN,
    ({ security }) => security === "plain" ? failed("reset-without-answer") : verified(),
  );
  assert.deepEqual(others(secured), [{ security: "tls-unverified" }]);
  const { works, sentence, ask } = verdictOf(secured);
  assert.equal(works, "otherwise");
  assert.equal(sentence, "the peer answers over TLS (its certificate was not checked)");
  assert.match(ask ?? "", /the certificate of its CA/);
  const plain = asking(
    OVER_TLS,
    ({ security }) => security === "plain" ? verified() : failed("tls-reset"),
  );
  assert.deepEqual(others(plain), [{ security: "plain" }]);
});

Deno.test("our certificate is left out where the peer refuses it", () => {
  const asked = asking(
    { ...PLAIN, security: "tls-with-certificate" },
    ({ security }) => security === "tls" ? verified() : failed("tls-own-certificate-refused"),
  );
  assert.deepEqual(others(asked), [{ security: "tls" }]);
});

Deno.test("titles are swapped, a default staying where it belongs", () => {
  const answer = ({ called }: Way) =>
    called === "ARCHIVE" ? verified() : failed("called-title-unknown");
  const asked = asking(NAMED, answer);
  assert.deepEqual(others(asked), [{ calling: "STATION", called: "ARCHIVE" }]);
  assert.match(verdictOf(asked).sentence, /the titles are swapped/);
  const only = asking({ ...PLAIN, calling: "ARCHIVE" }, answer);
  assert.deepEqual(others(only), [{ calling: "ECHOSCU", called: "ARCHIVE" }]);
  assert.equal(asking(PLAIN, () => failed("called-title-default")).length, 1);
});

Deno.test("titles are tried in capital letters too, both or the called one", () => {
  const small: Way = { ...PLAIN, calling: "ct1", called: "archive" };
  const asked = asking(small, ({ calling, called }) => {
    if (called !== "ARCHIVE") return failed("called-title-unknown");
    return calling === "CT1" ? verified() : failed("calling-title-unknown");
  });
  assert.deepEqual(others(asked).at(-1), { calling: "CT1", called: "ARCHIVE" });
  assert.equal(verdictOf(asked).sentence, 'the peer answers as "ARCHIVE", called by "CT1"');
  const mixed = asking(
    small,
    ({ calling, called }) =>
      called === "ARCHIVE" && calling === "ct1" ? verified() : failed("called-title-unknown"),
  );
  assert.deepEqual(others(mixed).at(-1), { called: "ARCHIVE" });
});

Deno.test("a port that answers TLS in plain DICOM is that of a DICOM service", () => {
  for (const situation of ["closed-without-answer", "association-silent"]) {
    const asked = asking(
      PLAIN,
      ({ security }) => failed(security === "plain" ? situation : "tls-plain-dicom"),
    );
    assert.match(verdictOf(asked).sentence, /works: asked in TLS, the port answers in plain DICOM/);
  }
});

Deno.test("where a certificate is wanted, its CA is asked for", () => {
  const wanted = SITUATIONS.map(({ id }) => id).filter((id) => id.endsWith("certificate-wanted"));
  assert.equal(wanted.length, 4);
  for (const situation of wanted) {
    const { ask } = verdictOf(asking(OVER_TLS, () => failed(situation)));
    assert.match(ask ?? "", /which CA must have signed a client's certificate/);
  }
});

Deno.test("the way that gets further is followed: TLS, then titles", () => {
  const asked = asking(NAMED, ({ security, called }) => {
    if (security === "plain") return failed("closed-without-answer");
    return called === "ARCHIVE" ? verified() : failed("called-title-unknown");
  });
  const last = asked.at(-1);
  assert.equal(asked.length, 3);
  assert.equal(last?.result.outcome, "verified");
  assert.deepEqual(differencesOf(last.way, NAMED).length, 2);
});

Deno.test("where nothing works, the verdict is about the way that got furthest", () => {
  const asked = asking(
    PLAIN,
    ({ security }) =>
      failed(security === "plain" ? "reset-without-answer" : "tls-own-certificate-wanted"),
  );
  const { best, sentence } = verdictOf(asked);
  assert.equal(best.way.security, "tls-unverified");
  assert.match(sentence, /^nothing that was tried works; it gets furthest over TLS/);
});

/** One situation for each list of questions. */
const SECOND = [
  ...new Map(Object.entries(OPEN_QUESTIONS).map(([id, questions]) => [questions.join(), id]))
    .values(),
];

Deno.test("whatever a peer does, it is asked a bounded number of times, never twice in one way", () => {
  for (
    const way of [PLAIN, OVER_TLS, NAMED, { ...NAMED, security: "tls-with-certificate" } as const]
  ) {
    for (const first of Object.keys(EXAMPLES)) {
      for (const second of SECOND) {
        const asked = asking(way, (other) => failed(other === way ? first : second));
        assert.ok(asked.length <= 1 + MOST_OTHER_WAYS, `${first}, ${second}`);
        const ways = asked.map(({ way }) => JSON.stringify(way));
        assert.equal(new Set(ways).size, ways.length, `${first}, ${second}`);
        assert.ok(verdictOf(asked).sentence.length > 0);
      }
    }
  }
});
