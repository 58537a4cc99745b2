import assert from "node:assert/strict";
import { checkWith, GOOD_PEER, worldWith } from "../../tests/support/memory_peer.ts";
import {
  acceptedContext,
  ascii,
  associateAc,
  item,
  number,
  userInformation,
} from "../../tests/support/wire_bytes.ts";
import { MOST_USER_IDENTITY_BYTES, type UserIdentity } from "../dicom/mod.ts";
import { runCheck } from "./mod.ts";

const SECRET = "pässword";

function identity(more: Partial<UserIdentity> = {}): UserIdentity {
  return {
    userIdentityType: 2,
    positiveResponseRequested: true,
    primaryField: new TextEncoder().encode("bob"),
    secondaryField: new TextEncoder().encode(SECRET),
    ...more,
  };
}

/** A peer that answers a user identity. */
function confirming(response: string) {
  const user = item(0x59, number(response.length, 2) + ascii(response));
  return [associateAc([acceptedContext(1), userInformation([user])]), ...GOOD_PEER.slice(1)];
}

/** Checks with a user identity; what was sent in hex, what was reported as text, and the result. */
async function checked(userIdentity: UserIdentity, peer = confirming("")) {
  const world = worldWith(peer);
  const result = await runCheck(checkWith({ userIdentity }), world);
  const bytes = world.events.flatMap((event) =>
    event.type === "pdu-sent" || event.type === "pdu-received"
      ? [new TextDecoder().decode(event.bytes)]
      : []
  );
  return { result, events: world.events, sent: world.wire.written[0]?.toHex() ?? "", bytes };
}

Deno.test("a check sends its user identity as PS3.7 Table D.3-14 lays it out", async () => {
  const layouts: readonly (readonly [UserIdentity, string])[] = [
    [identity(), "58000012" + "02" + "01" + "0003626f62" + "0009" + "70c3a4737377 6f7264"],
    [
      identity({
        userIdentityType: 1,
        positiveResponseRequested: false,
        secondaryField: new Uint8Array(),
      }),
      "58000009" + "01" + "00" + "0003626f62" + "0000",
    ],
    [
      identity({
        userIdentityType: 3,
        primaryField: Uint8Array.of(0x6e, 0x82, 0x00, 0x0a),
        secondaryField: new Uint8Array(),
      }),
      "5800000a" + "03" + "01" + "00046e82000a" + "0000",
    ],
  ];
  for (const [user, hex] of layouts) {
    const { sent, result } = await checked(user);
    // The last item of the user information, and so of the PDU.
    assert.ok(sent.endsWith(hex.replaceAll(" ", "")), sent);
    assert.equal(result.outcome, "verified");
  }
});

Deno.test("a check without a user identity sends and reports none", async () => {
  const world = worldWith(GOOD_PEER);
  const result = await runCheck(checkWith(), world);
  assert.doesNotMatch(world.wire.written[0]?.toHex() ?? "", /58000012/);
  assert.ok(!world.events.some(({ type }) => type === "user-identity-taken"));
  assert.equal(result.association?.userIdentityAnswer, undefined);
});

Deno.test("the longest user identity fits its request", async () => {
  const primaryField = new Uint8Array(MOST_USER_IDENTITY_BYTES);
  const { result } = await checked(
    identity({ userIdentityType: 5, primaryField, secondaryField: new Uint8Array() }),
  );
  assert.equal(result.outcome, "verified");
});

Deno.test("a check reports whether the peer confirmed its user identity, and what nobody may read it masks", async () => {
  const { result, events, bytes } = await checked(identity(), confirming("tok3n"));
  assert.deepEqual(result.association?.userIdentityAnswer, { lengthBytes: 5 });
  assert.deepEqual(events.filter(({ type }) => type === "user-identity-taken"), [{
    type: "user-identity-taken",
    userIdentityType: 2,
    positiveResponseRequested: true,
    answerBytes: 5,
  }]);
  assert.match(bytes[0] ?? "", /bob\0\t\*{9}$/);
  for (const text of bytes) assert.doesNotMatch(text, /pässword|tok3n/);
  const { result: silent } = await checked(identity(), [...GOOD_PEER]);
  assert.equal(silent.association?.userIdentityAnswer, undefined);
});
