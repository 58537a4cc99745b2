import assert from "node:assert/strict";
import fc from "fast-check";
import { encodePdu } from "../pdu/mod.ts";
import { identityRanges, maskIdentity } from "./mask.ts";

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function request(userIdentityType: number, fields: { primary: string; secondary: string }) {
  return encodePdu({
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: "A",
    callingAeTitle: "B",
    applicationContextName: "1.2.840.10008.3.1.1.1",
    presentationContexts: [{
      id: 1,
      abstractSyntax: "1.2.840.10008.1.1",
      transferSyntaxes: ["1.2.840.10008.1.2"],
    }],
    userInformation: [{ type: "maximum-length", maximumLength: 16_384 }, {
      type: "user-identity-rq",
      userIdentityType,
      positiveResponseRequested: true,
      primaryField: bytes(fields.primary),
      secondaryField: bytes(fields.secondary),
    }],
    unrecognizedItems: [],
  });
}

function has(whole: Uint8Array, part: string): boolean {
  return new TextDecoder("latin1").decode(whole).includes(part);
}

Deno.test("passcodes, tickets, assertions and tokens are masked, and user names are not", () => {
  const fields = { primary: "first-field", secondary: "second-field" };
  for (const type of [0, 1, 2, 3, 4, 5, 9]) {
    const pdu = request(type, fields);
    const masked = maskIdentity(pdu);
    assert.equal(masked.length, pdu.length);
    assert.equal(has(masked, fields.primary), type === 1 || type === 2, `type ${type}`);
    assert.ok(!has(masked, fields.secondary), `type ${type}`);
    assert.ok(has(pdu, fields.secondary), "the bytes that go out stay as they are");
  }
});

Deno.test("the answer to a user identity is masked", () => {
  const pdu = encodePdu({
    type: "A-ASSOCIATE-AC",
    protocolVersion: 1,
    calledAeTitle: "A",
    callingAeTitle: "B",
    applicationContextName: "1.2.840.10008.3.1.1.1",
    presentationContexts: [],
    userInformation: [{ type: "user-identity-ac", serverResponse: bytes("a ticket") }],
    unrecognizedItems: [],
  });
  assert.ok(!has(maskIdentity(pdu), "a ticket"));
});

Deno.test("a request that is cut anywhere, or has wrong lengths, shows no secret", () => {
  const whole = request(2, { primary: "u", secondary: "hunter2hunter2" });
  const at = fc.integer({ min: 74, max: whole.length - 1 });
  fc.assert(fc.property(at, (length) => {
    assert.ok(!has(maskIdentity(whole.slice(0, length)), "hunter2"));
  }));
  const [user] = identityRanges(whole).users;
  assert.ok(user !== undefined);
  const longer = whole.slice();
  longer.set([0xff, 0xff], user.start - 2);
  assert.ok(!has(maskIdentity(longer), "hunter2"));
});
