import assert from "node:assert/strict";
import golden from "../../../tests/golden/zones.json" with { type: "json" };
import { localZone } from "./local_zone.ts";
import { parseZoneRule, zoneByRule } from "./posix_rule.ts";
import { parseZoneFile, zoneByFile } from "./zone_file.ts";

type Row = [number, number, string];

function fileOf(name: string): Uint8Array {
  const zone = golden.zones.find((candidate) => candidate.name === name);
  return Uint8Array.from(atob(zone?.file ?? ""), (character) => character.charCodeAt(0));
}

Deno.test("zoneByFile() agrees with the C library on every golden moment", () => {
  for (const { name, moments } of golden.zones) {
    const file = parseZoneFile(fileOf(name));
    assert.ok(file, name);
    for (const [seconds, offsetSeconds, zoneName] of moments as Row[]) {
      assert.deepEqual(
        zoneByFile(file, seconds),
        { offsetSeconds, name: zoneName },
        `${name} ${seconds}`,
      );
    }
  }
});

Deno.test("zoneByRule() agrees with the C library on every golden moment", () => {
  for (const { rule, moments } of golden.rules) {
    const parsed = parseZoneRule(rule);
    assert.ok(parsed, rule);
    for (const [seconds, offsetSeconds, name] of moments as Row[]) {
      assert.deepEqual(zoneByRule(parsed, seconds), { offsetSeconds, name }, `${rule} ${seconds}`);
    }
  }
});

Deno.test("parseZoneRule() rejects what is not a rule", () => {
  for (const text of ["", "AB", "Foo/Bar", "EST", "EST5EDT,M13", "EST5EDT,M3.2.0", "<+03>"]) {
    assert.equal(parseZoneRule(text), undefined, text);
  }
});

Deno.test("parseZoneFile() rejects a file that is cut anywhere", () => {
  const whole = fileOf("Europe/Berlin");
  // Cut inside the footer only the rule is lost.
  const footer = whole.length - "\nCET-1CEST,M3.5.0,M10.5.0/3\n".length;
  for (let length = 0; length < footer; length++) {
    assert.equal(parseZoneFile(whole.subarray(0, length)), undefined, String(length));
  }
});

Deno.test("localZone() follows TZ as the C library does", () => {
  const files = new Map([
    ["/etc/localtime", fileOf("Asia/Tokyo")],
    ["/usr/share/zoneinfo/Europe/Berlin", fileOf("Europe/Berlin")],
  ]);
  const at = (tz: string | undefined) => localZone(tz, (path) => files.get(path))(1_795_000_000);
  assert.deepEqual(at(undefined), { offsetSeconds: 32_400, name: "JST" });
  assert.deepEqual(at(""), { offsetSeconds: 0, name: "UTC" });
  assert.deepEqual(at("Europe/Berlin"), { offsetSeconds: 3600, name: "CET" });
  assert.deepEqual(at(":Europe/Berlin"), { offsetSeconds: 3600, name: "CET" });
  assert.deepEqual(at("/etc/localtime"), { offsetSeconds: 32_400, name: "JST" });
  assert.deepEqual(at("EST5EDT"), { offsetSeconds: -18_000, name: "EST" });
  assert.deepEqual(at("Foo/Bar"), { offsetSeconds: 0, name: "Foo" });
  assert.deepEqual(at("AB"), { offsetSeconds: 0, name: "" });
});

Deno.test("localZone() falls back to the runtime where there are no zone files", () => {
  const zone = localZone(undefined, () => undefined);
  const seconds = 1_795_000_000;
  assert.equal(zone(seconds).offsetSeconds, 0 - new Date(seconds * 1000).getTimezoneOffset() * 60);
  assert.match(zone(seconds).name, /^(UTC|[+-][0-9]{2}([0-9]{2})?)$/);
});
