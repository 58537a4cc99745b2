import assert from "node:assert/strict";
import fc from "fast-check";
import { errorOf, parse } from "./testing.ts";
import { isIpv6Literal, parseListenAddress, parseSourceAddress, peerFault } from "./address.ts";

Deno.test("isIpv6Literal() accepts the forms of RFC 4291 2.2, with and without a zone", () => {
  const words = [
    ...["::", "::1", "1::", "2001:db8::1", "2001:DB8:0:0:8:800:200C:417A", "1:2:3:4:5:6:7:8"],
    ...["::ffff:192.0.2.1", "64:ff9b::192.0.2.33", "1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:7::"],
    ...["::2:3:4:5:6:7:8", "fe80::1%eth0", "fe80::1%2", "fe80::1%en-0.1_a~b"],
  ];
  for (const word of words) assert.ok(isIpv6Literal(word), word);
});

Deno.test("isIpv6Literal() refuses everything else", () => {
  const words = [
    ...["", ":", ":::", "1", "1:2", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1::2::3", "12345::"],
    ...["g::", "::1:", ":1::", "1:2:3:4:5:6:7:8::", "::1.2.3", "::1.2.3.256", "::1.2.3.04"],
    ...["1.2.3.4::", "::1.2.3.4:5", "fe80::1%", "fe80::1%a%b", "fe80::1%e/0", "::1 ", " ::1"],
    ...["host:104", "127.0.0.1:104", "http://x", "1:2:3:4:5:6:7:192.0.2.1", "::1\n"],
  ];
  for (const word of words) assert.ok(!isIpv6Literal(word), JSON.stringify(word));
});

Deno.test("isIpv6Literal() accepts every full address, and every one with a gap", () => {
  const group = fc.integer({ min: 0, max: 0xffff }).map((number) => number.toString(16));
  const groups = fc.array(group, { minLength: 8, maxLength: 8 });
  fc.assert(fc.property(groups, fc.nat(7), fc.integer({ min: 1, max: 8 }), (all, from, count) => {
    assert.ok(isIpv6Literal(all.join(":")));
    const gap = `${all.slice(0, from).join(":")}::${all.slice(from + count).join(":")}`;
    assert.ok(isIpv6Literal(gap), gap);
  }));
});

Deno.test("peerFault() takes any word without a colon, and IPv6 addresses in brackets or not", () => {
  for (
    const word of [
      "",
      "localhost",
      "127.0.0.1",
      " x",
      "a".repeat(300),
      "::1",
      "[::1]",
      "[fe80::1%lo]",
    ]
  ) {
    assert.equal(peerFault(word), undefined, word);
  }
  for (
    const word of ["localhost:104", "127.0.0.1:", ":104", "[::1]:104", "[::1", "::1]", "[[::1]]"]
  ) {
    assert.equal(peerFault(word), "a peer with a colon must be an IPv6 address", word);
  }
});

Deno.test("parseListenAddress() reads a port, alone or after a host", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["104", { value: { host: undefined, port: 104 } }],
    ["0", { value: { host: undefined, port: 0 } }],
    ["localhost:104", { value: { host: "localhost", port: 104 } }],
    ["127.0.0.1:65535", { value: { host: "127.0.0.1", port: 65_535 } }],
    ["[::1]:104", { value: { host: "::1", port: 104 } }],
    ["[fe80::1%eth0]:104", { value: { host: "fe80::1%eth0", port: 104 } }],
    ["65536", { reason: "overflow" }],
    ["x:65536", { reason: "overflow" }],
    ["", { reason: "invalid" }],
    ["x", { reason: "invalid" }],
    ["localhost", { reason: "invalid" }],
    ["localhost:", { reason: "invalid" }],
    [":104", { reason: "invalid" }],
    ["::1:104", { reason: "invalid" }],
    ["[::1]", { reason: "invalid" }],
    ["[x]:104", { reason: "invalid" }],
    ["a:b:104", { reason: "invalid" }],
    ["a b:104", { reason: "invalid" }],
    ["http//x:104", { reason: "invalid" }],
    ["*:104", { reason: "invalid", because: "all addresses are 0.0.0.0 or [::]" }],
    ["104x", { reason: "invalid" }],
    ["-1", { reason: "invalid" }],
  ];
  for (const [word, expected] of cases) assert.deepEqual(parseListenAddress(word), expected, word);
});

Deno.test("parseSourceAddress() reads an address of this machine, with a port or without", () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ["10.1.2.3", { value: { address: "10.1.2.3" } }],
    ["10.1.2.3:11112", { value: { address: "10.1.2.3", port: 11_112 } }],
    ["::1", { value: { address: "::1" } }],
    ["[fe80::1%eth0]", { value: { address: "fe80::1%eth0" } }],
    ["[::1]:104", { value: { address: "::1", port: 104 } }],
    ["10.1.2.3:0", { reason: "underflow" }],
    ["10.1.2.3:65536", { reason: "overflow" }],
    ...[
      "",
      "localhost",
      "10.1.2",
      "10.1.2.3:",
      ":104",
      "[10.1.2.3]",
      "[::1",
      "::1]:1",
      "10.1.2.300",
    ]
      .map((word) => [word, { reason: "invalid" }] as const),
  ];
  for (const [word, expected] of cases) assert.deepEqual(parseSourceAddress(word), expected, word);
});

Deno.test("addresses with leading zeros are refused with one sentence wherever the command line has one", async () => {
  const why = "an IPv4 address has no leading zeros, which make its numbers octal";
  for (
    const [words, text] of [
      [["010.000.000.001", "104"], "Invalid parameter value 010.000.000.001"],
      [["[010.0.0.1]", "104"], "Invalid parameter value [010.0.0.1]"],
      [["--wait-until-up", "5", "010.1", "104"], "Invalid parameter value 010.1"],
      [["--listen", "127.0.0.01:104"], "Invalid value for option --listen (127.0.0.01:104"],
      [["--exporter", "010.0.0.1:9"], "Invalid value for option --exporter (010.0.0.1:9"],
      [
        ["--exporter", "9", "--exporter-host", "a,010.0.0.1"],
        "Invalid value for option --exporter-host (a,010.0.0.1",
      ],
      [
        ["--source-address", "010.0.0.1", "a", "1"],
        "Invalid value for option --source-address (010.0.0.1",
      ],
      ...["010.0.0.1:104", "010.0.*:104", "010.0.0.0/8:*", "10.00.0.0/16:1-2"].map((pattern) =>
        [
          ["--exporter", "9", "--exporter-allow", pattern],
          `Invalid value for option --exporter-allow (${pattern}`,
        ] as const
      ),
      [
        ["+tla", "--verify-hostname-as", "010.0.0.1", "a", "1"],
        "Invalid value for option --verify-hostname-as (010.0.0.1",
      ],
    ] as const
  ) {
    const found = await errorOf(words);
    assert.equal(found, text.includes("(") ? `${text}: ${why})` : `${text} (${why})`);
  }
  for (const peer of ["127.1", "0x7f.1", "2130706433", "0815.example"]) {
    assert.equal((await parse([peer, "104"])).kind, "run", peer);
  }
});
