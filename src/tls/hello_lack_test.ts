import assert from "node:assert/strict";
import { lackForProfile, lackForRuntime, type Serving } from "./hello_lack.ts";
import { ownOffer } from "./own_offer.ts";
import { profileOf, SUITES } from "./suites.ts";
import type { TlsClientOffer, TlsProfileName } from "./types.ts";

function serving(profile: TlsProfileName = "bcp195-nd", further: readonly number[] = []): Serving {
  return { offer: ownOffer(profileOf(profile), further), identity: undefined };
}

/** What `openssl s_client` offers, as far as it counts. */
const USUAL: TlsClientOffer = {
  legacyVersion: 0x0303,
  versions: [0x0304, 0x0303],
  suites: [0x1302, 0x1303, 0x1301, 0xc02f, 0xc030, 0x009e],
  groups: [0x1d, 0x17],
  schemes: [0x0403, 0x0804, 0x0401],
};

function offering(change: Partial<TlsClientOffer>): TlsClientOffer {
  return { ...USUAL, ...change };
}

Deno.test("lackForProfile() and lackForRuntime() find nothing that a usual client lacks", () => {
  for (const profile of ["bcp195-nd", "bcp195", "bcp195-ex", "8996", "8996-mod"] as const) {
    assert.equal(lackForProfile(USUAL, serving(profile)), undefined, profile);
    assert.equal(lackForRuntime(USUAL, serving(profile)), undefined, profile);
  }
});

Deno.test("lackForProfile() names versions, with and without a list of them", () => {
  const served = ["1.2", "1.3"];
  const lacking = "TLS version";
  assert.deepEqual(
    lackForProfile(offering({ versions: undefined, legacyVersion: 0x0302 }), serving()),
    { lacking, offered: ["1.1"], isHighest: true, served },
  );
  assert.deepEqual(
    lackForProfile(offering({ versions: [0x2a2a, 0x0302, 0x0300] }), serving()),
    { lacking, offered: ["1.1", "SSL 3.0"], served },
  );
  assert.deepEqual(
    lackForProfile(offering({ versions: [0x0304] }), serving("bcp195-ex")),
    { lacking, offered: ["1.3"], served: ["1.2"] },
  );
  // An old hello with a high number offers what is below it too.
  const old = offering({ versions: undefined, legacyVersion: 0x0303 });
  assert.equal(lackForProfile(old, serving()), undefined);
});

Deno.test("lackForProfile() counts suites for the versions that are in common", () => {
  const of12 = offering({ versions: [0x0303], suites: [0x1301, 0x002f, 0x00ff, 0x5600, 0x0a0a] });
  assert.deepEqual(lackForProfile(of12, serving()), {
    lacking: "cipher suite",
    offered: ["AES128-SHA"],
  });
  assert.equal(lackForProfile(of12, serving("bcp195-nd", [0x002f])), undefined);
  const of13 = offering({ versions: [0x0304], suites: [0x1304, 0xc02f] });
  assert.deepEqual(lackForProfile(of13, serving())?.offered, ["0x1304"]);
});

Deno.test("lackForProfile() names four suites of many, and how many more", () => {
  const none = serving("bcp195-ex", []);
  const suites = SUITES.map(({ code }) => code).filter((code) => !none.offer.suites.includes(code));
  const offered = lackForProfile(offering({ versions: [0x0303], suites }), none)?.offered ?? [];
  assert.equal(offered.length, 5);
  assert.equal(offered.at(-1), `${suites.length - 4} more`);
  const all = Array.from({ length: 32_000 }, (_, code) => 0x4000 + code);
  assert.equal(lackForProfile(offering({ suites: all }), none)?.offered.length, 5);
});

Deno.test("lackForRuntime() goes by the highest common version", () => {
  const ccmIn13 = offering({ suites: [0x1304, 0xc02f] });
  assert.equal(lackForProfile(ccmIn13, serving()), undefined);
  assert.deepEqual(lackForRuntime(ccmIn13, serving()), {
    lacking: "cipher suite",
    offered: ["0x1304"],
  });
});

Deno.test("lackForRuntime() names groups and signature schemes", () => {
  assert.deepEqual(lackForRuntime(offering({ groups: [0x19, 0x1e, 0x0100] }), serving()), {
    lacking: "group",
    offered: ["P-521", "X448", "ffdhe2048"],
  });
  assert.deepEqual(lackForRuntime(offering({ schemes: [0x0808, 0x0909] }), serving()), {
    lacking: "signature scheme",
    offered: ["ed448", "0x0909"],
  });
  assert.deepEqual(lackForRuntime(offering({ schemes: undefined }), serving())?.offered, []);
});
