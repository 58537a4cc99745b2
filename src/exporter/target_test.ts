import assert from "node:assert/strict";
import type { HostPattern, TargetPattern } from "../options/mod.ts";
import { isAllowed, isSameTarget, parseTarget } from "./target.ts";

function pattern(host: HostPattern, ports: readonly [number, number] = [104, 104]): TargetPattern {
  return { host, firstPort: ports[0], lastPort: ports[1] };
}

function named(text: string): TargetPattern {
  return pattern({ kind: "text", text });
}

function network(address: string, prefixLength: number): TargetPattern {
  return pattern({ kind: "network", address, prefixLength });
}

function allowed(target: string, ...patterns: readonly TargetPattern[]): boolean {
  const endpoint = parseTarget(target);
  assert.ok(endpoint, target);
  return isAllowed(endpoint, patterns);
}

Deno.test("parseTarget() reads names and addresses with a port", () => {
  assert.deepEqual(parseTarget("pacs-1.lan_x:104"), { host: "pacs-1.lan_x", port: 104 });
  assert.deepEqual(parseTarget("10.0.0.1:65535"), { host: "10.0.0.1", port: 65_535 });
  assert.deepEqual(parseTarget("[2001:db8::1]:1"), { host: "2001:db8::1", port: 1 });
});

Deno.test("parseTarget() refuses everything else", () => {
  const words = [
    ...["", "a", "a:", ":104", "a:0", "a:65536", "a:104x", "a:-1", "a: 104", "a:000104", "::1:104"],
    ...["[::1]", "[::1:104", "[1.2.3.4]:104", "[::g]:104", "[]:104", "[::1%eth0]:104", "a b:104"],
    ...["[::ffff:10.1.2.3]:104", "[0:0:0:0:0:FFFF:0a01:0203]:104"],
    ...["http://a:104", "a/../b:104", "a@b:104", "ä:104", "a\n:104", `${"a".repeat(254)}:104`],
  ];
  for (const word of words) assert.equal(parseTarget(word), undefined, word);
});

Deno.test("isAllowed() knows nothing that is not in a pattern", () => {
  assert.ok(!allowed("pacs:104"));
  assert.ok(!allowed("pacs:104", named("pacs2"), network("10.0.0.0", 8)));
});

Deno.test("isAllowed() compares names without case, and ports by range", () => {
  assert.ok(allowed("PACS.lan:104", named("pacs.lan")));
  assert.ok(!allowed("pacs.lan:105", named("pacs.lan")));
  assert.ok(!allowed("xpacs.lan:104", named("pacs.lan")));
  assert.ok(!allowed("pacs.lan.evil:104", named("pacs.lan")));
  const range = pattern({ kind: "text", text: "a" }, [100, 110]);
  assert.deepEqual(["a:99", "a:100", "a:110", "a:111"].map((one) => allowed(one, range)), [
    false,
    true,
    true,
    false,
  ]);
});

Deno.test("isAllowed() lets a star mean any text", () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ["*", "pacs:104", true],
    ["*", "[::1]:104", true],
    ["*.lan", "ct.north.lan:104", true],
    ["*.lan", "lan:104", false],
    ["ct*.lan", "ct.lan:104", true],
    ["ct-*-x*.lan", "ct-1-x2.lan:104", true],
    ["ct-*-x*.lan", "ct-1-y2.lan:104", false],
    ["a*a", "a:104", false],
    ["a*a", "aa:104", true],
    ["a*b*c", "acb:104", false],
    ["*b*b*", "b:104", false],
    ["*b*b*", "xbxbx:104", true],
    ["**", "x:104", true],
  ];
  for (const [text, target, expected] of cases) {
    assert.equal(allowed(target, named(text)), expected, `${text} ${target}`);
  }
});

Deno.test("isAllowed() never takes a name for an address", () => {
  const pattern = named("10.1.*");
  assert.ok(allowed("10.1.2.3:104", pattern));
  assert.ok(!allowed("10.1.evil.example:104", pattern));
  assert.ok(!allowed("10.1.2.03:104", pattern));
  assert.ok(!allowed("10.1.2:104", pattern));
  assert.ok(!allowed("10.11.2.3:104", pattern));
  assert.ok(!allowed("010.1.2.3:104", network("10.0.0.0", 8)));
  assert.ok(!allowed("167838211:104", network("10.0.0.0", 8)));
  assert.ok(!allowed("0x0a.1.2.3:104", network("10.0.0.0", 8)));
});

Deno.test("isAllowed() compares the bits of networks", () => {
  assert.ok(allowed("10.1.255.255:104", network("10.1.0.0", 16)));
  assert.ok(!allowed("10.2.0.0:104", network("10.1.0.0", 16)));
  assert.ok(allowed("192.0.2.127:104", network("192.0.2.64", 26)));
  assert.ok(!allowed("192.0.2.128:104", network("192.0.2.64", 26)));
  assert.ok(allowed("1.2.3.4:104", network("0.0.0.0", 0)));
  assert.ok(allowed("10.0.0.1:104", network("10.0.0.1", 32)));
  assert.ok(!allowed("10.0.0.0:104", network("10.0.0.1", 32)));
  assert.ok(allowed("[2001:db8:1::5]:104", network("2001:db8::", 32)));
  assert.ok(!allowed("[2001:db9::5]:104", network("2001:db8::", 32)));
  assert.ok(allowed("[::1]:104", network("::", 0)));
  assert.ok(!allowed("10.1.2.3:104", network("::", 0)));
  assert.ok(!allowed("pacs:104", network("0.0.0.0", 0)));
});

Deno.test("isSameTarget() sees through case, brackets and spelling", () => {
  const same = (left: string, right: string) =>
    isSameTarget({ host: left, port: 104 }, { host: right, port: 104 });
  assert.ok(same("PACS", "pacs"));
  assert.ok(same("[::1]", "0:0:0:0:0:0:0:1"));
  assert.ok(!same("pacs", "pacs2"));
  assert.ok(!isSameTarget({ host: "a", port: 1 }, { host: "a", port: 2 }));
});

Deno.test("isAllowed() takes linear time whatever pattern and name", () => {
  const stars = named(`${"*a".repeat(100)}b`);
  const endpoint = { host: "a".repeat(253), port: 104 };
  for (let times = 0; times < 1000; times++) assert.ok(!isAllowed(endpoint, [stars]));
});
