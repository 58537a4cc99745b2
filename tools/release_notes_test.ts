import assert from "node:assert/strict";
import { sectionOf, versionOf } from "./release_notes.ts";

const CHANGELOG =
  "# Changelog\n\n## [Unreleased]\n\n## [1.2.0] - 2026-11-23\n\n- b\n\n## [1.1.0]\n\n- a\n";

Deno.test("sectionOf() gives what is below the version, and nothing of its neighbours", () => {
  assert.equal(sectionOf("1.2.0", CHANGELOG), "- b");
  assert.equal(sectionOf("1.1.0", CHANGELOG), "- a");
});

Deno.test("sectionOf() refuses a version without section, and an empty section", () => {
  assert.throws(() => sectionOf("2.0.0", CHANGELOG), /no section for 2\.0\.0/);
  assert.throws(() => sectionOf("Unreleased", CHANGELOG), /is empty/);
});

Deno.test("versionOf() accepts the tag of this version only", () => {
  assert.equal(versionOf("v1.2.0", "1.2.0"), "1.2.0");
  assert.throws(() => versionOf("v1.2.1", "1.2.0"), /is not the version/);
  assert.throws(() => versionOf("1.2.0", "1.2.0"), /is not the version/);
});
