import assert from "node:assert/strict";
import { componentsOf, type ModuleGraph } from "./components.ts";

const GRAPH: ModuleGraph = {
  modules: [{}, { npmPackage: "@x/a@1.0.0" }],
  npmPackages: {
    "@x/a@1.0.0": { name: "@x/a", version: "1.0.0", dependencies: ["b@2.0.0"] },
    "b@2.0.0": { name: "b", version: "2.0.0", dependencies: ["@x/a@1.0.0"] },
    "only-for-tests@3.0.0": { name: "only-for-tests", version: "3.0.0", dependencies: [] },
  },
};
const LOCK = { "@x/a@1.0.0": { integrity: "sha512-AAEC" } };

Deno.test("componentsOf() gives what is reached with its dependencies, and nothing else of the lock file", () => {
  assert.deepEqual(componentsOf(GRAPH, LOCK), [
    { name: "@x/a", version: "1.0.0", sha512: "AAEC" },
    { name: "b", version: "2.0.0" },
  ]);
});
