import assert from "node:assert/strict";
import config from "../deno.json" with { type: "json" };
import { spdxDocument } from "./make_sbom.ts";

const COMPONENTS = [
  { name: "@x/a", version: "1.0.0", sha512: "AAEC", license: "ISC" },
  { name: "b", version: "2.0.0" },
];

Deno.test("spdxDocument() describes the program and contains runtime and packages", () => {
  const document = spdxDocument(COMPONENTS, { commit: "abc", epochSeconds: 0 });
  const [program, runtime, a] = document.packages;
  assert.equal(program?.name, "echoscu");
  assert.equal(program?.versionInfo, config.version);
  assert.equal(runtime?.versionInfo, Deno.version.deno);
  assert.deepEqual(
    [runtime, a].map((part) => part && "externalRefs" in part && part.externalRefs),
    [`pkg:github/denoland/deno@v${Deno.version.deno}`, "pkg:npm/%40x/a@1.0.0"].map((locator) => [{
      referenceCategory: "PACKAGE-MANAGER",
      referenceType: "purl",
      referenceLocator: locator,
    }]),
  );
  assert.deepEqual(a && "checksums" in a && a.checksums, [{
    algorithm: "SHA512",
    checksumValue: "000102",
  }]);
  assert.deepEqual(document.packages.map(({ licenseDeclared }) => licenseDeclared), [
    config.license,
    "MIT",
    "ISC",
    "NOASSERTION",
  ]);
  assert.equal(document.creationInfo.created, "1970-01-01T00:00:00Z");
  assert.equal(document.relationships.length, document.packages.length);
  const ids = document.packages.map(({ SPDXID }) => SPDXID);
  for (const { relatedSpdxElement } of document.relationships) {
    assert.ok(ids.includes(relatedSpdxElement));
  }
});
