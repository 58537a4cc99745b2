/** Mutated certificates, CRLs and PEM files: decided as the reference decides, or refused for a known reason. */

import assert from "node:assert/strict";
import { testWith } from "../support/test_with.ts";
import {
  compareForeignKeys,
  compareMutants,
  countMutants,
  missingForMutants,
  printMutants,
} from "./x509_mutants.ts";

/** All with `-- --slow`. */
const CASES = Deno.args.includes("--slow") ? 12_664 : 750;

testWith({
  name: "keys on binary curves and of SM2 are refused though the reference takes them",
  missing: missingForMutants(),
  fn: async () => {
    for (const { name, ours, library } of await compareForeignKeys()) {
      assert.equal(library, "ok", name);
      assert.notEqual(ours, "ok", name);
    }
  },
});

testWith({
  name: "mutated certificates, CRLs and files are decided on as the reference does",
  missing: missingForMutants(),
  fn: async () => {
    const figures = countMutants(await compareMutants({ seed: 1, cases: CASES }));
    printMutants(figures);
    assert.deepEqual(figures.acceptedAlone, []);
    assert.deepEqual(figures.unexplained, []);
    assert.equal(figures.reference.same, figures.reference.asked);
    assert.ok(figures.decisions > 25, `only ${figures.decisions} different decisions`);
    assert.ok(figures.same > 0.95 * CASES, `only ${figures.same} of ${CASES} the same`);
    assert.ok(figures.loading.same > 0.98 * figures.loading.failed, "errors of loading differ");
  },
});
