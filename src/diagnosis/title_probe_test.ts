import assert from "node:assert/strict";
import { troubledCheck } from "../../tools/diagnosis_examples.ts";
import {
  AssociationRejected,
  type CheckFailure,
  ConnectionLost,
  PeerAborted,
} from "../check/mod.ts";
import {
  acceptsTitles,
  nextTitles,
  type Probed,
  type TitlePair,
  titleVerdict,
} from "./title_probe.ts";

const OWN = { calling: "CT1", called: "Archive" };

/** Probes a peer that accepts what `accepts` says; what was asked. */
function probed(accepts: (titles: TitlePair) => boolean | undefined, own: TitlePair = OWN) {
  const asked: Probed[] = [];
  for (let next = nextTitles(own, asked); next !== undefined; next = nextTitles(own, asked)) {
    asked.push({ ...next, accepted: accepts(next) });
    assert.ok(asked.length <= 6);
  }
  return { asked, ...titleVerdict(asked) };
}

Deno.test("a peer that accepts any title is asked three times", () => {
  const { asked, sentence } = probed(() => true);
  assert.equal(asked.length, 3);
  assert.equal(sentence, "the peer accepts any called title and accepts any calling title");
});

Deno.test("a peer that checks titles is asked for case and blanks too", () => {
  const strict = probed(({ calling, called }) => calling === "CT1" && called === "Archive");
  assert.equal(strict.asked.length, 6);
  assert.equal(
    strict.sentence,
    "the peer checks the called title (upper and lower case count, blanks before it count) and " +
      "checks the calling title (upper and lower case count)",
  );
  const lenient = probed(({ called }) => called.trim().toUpperCase() === "ARCHIVE");
  assert.equal(lenient.asked.length, 5);
  assert.equal(
    lenient.sentence,
    "the peer checks the called title (upper or lower case is the same, blanks before it do not " +
      "count) and accepts any calling title",
  );
});

Deno.test("a peer that refuses the titles as given, or does not answer, is asked no more", () => {
  const refusing = probed(() => false);
  assert.equal(refusing.asked.length, 1);
  assert.match(refusing.sentence, /^the peer does not accept the titles as given/);
  assert.match(
    probed(() => undefined).sentence,
    /^the peer neither accepted nor refused the titles/,
  );
  const ending = probed(({ calling }) => calling === "CT1" ? true : undefined);
  assert.equal(
    ending.sentence,
    "the peer stopped answering: accepts any called title, nothing is known of the calling title",
  );
});

Deno.test("titles that have no other case, or no room for a blank, are not asked for so", () => {
  const own = { calling: "1", called: "1234567890123456" };
  const { asked } = probed(({ calling, called }) => calling === "1" && called === own.called, own);
  assert.deepEqual(asked.map(({ variation }) => variation), [
    "as asked",
    "another called title",
    "another calling title",
  ]);
});

Deno.test("a failure as asked is one for the titles only where the peer says so", () => {
  const rejected = (result: number, source: number, reason: number) =>
    new AssociationRejected({ result, source, reason });
  const rows: readonly (readonly [CheckFailure, boolean | undefined, boolean | undefined])[] = [
    [rejected(1, 1, 7), false, false],
    [rejected(1, 1, 3), false, false],
    [rejected(1, 1, 1), false, false],
    [rejected(1, 1, 2), undefined, false],
    [rejected(1, 2, 2), undefined, false],
    [rejected(2, 1, 7), undefined, undefined],
    [new PeerAborted("associate", { source: 2, reason: 0 }), undefined, false],
    [new ConnectionLost("associate", { how: "closed", within: "idle" }), undefined, false],
  ];
  for (const [failure, first, later] of rows) {
    const result = troubledCheck({ failure });
    assert.equal(acceptsTitles(result, "as asked"), first, failure.message);
    assert.equal(acceptsTitles(result, "another called title"), later, failure.message);
  }
});
