import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import { HEADER, IDENTIFICATION, RELEASE_DATE, VERSION } from "./identity.ts";

Deno.test("VERSION is the version in deno.json", () => {
  assert.equal(VERSION, config.version);
});

Deno.test("HEADER has the reference's three lines, the first one ours", () => {
  assert.equal(IDENTIFICATION, `$echoscu: echoscu v${VERSION} ${RELEASE_DATE} $`);
  assert.match(RELEASE_DATE, /^20[0-9]{2}-[01][0-9]-[0-3][0-9]$/);
  assert.equal(HEADER, `${IDENTIFICATION}\n\nechoscu: DICOM verification (C-ECHO) SCU\n`);
});
