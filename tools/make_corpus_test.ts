import assert from "node:assert/strict";
import cases from "../tests/golden/net-cases.json" with { type: "json" };
import corpus from "../tests/fuzz/corpus.json" with { type: "json" };
import { makeCorpus } from "./make_corpus.ts";

Deno.test("the corpus holds every PDU of the recorded network cases", () => {
  assert.deepEqual(corpus, makeCorpus(cases));
});
