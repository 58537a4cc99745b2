import assert from "node:assert/strict";
import { bytes } from "../../tests/support/pdu_cases.ts";
import { decodePdu, encodePdu, PduEncodeError } from "./mod.ts";
import type { AssociateRq, UserItem } from "./types.ts";

const REQUEST: AssociateRq = {
  type: "A-ASSOCIATE-RQ",
  protocolVersion: 1,
  calledAeTitle: "CALLED",
  callingAeTitle: "CALLING",
  applicationContextName: undefined,
  presentationContexts: [],
  userInformation: [],
  unrecognizedItems: [],
};

function refuses(pdu: Parameters<typeof encodePdu>[0]): void {
  assert.throws(() => encodePdu(pdu), PduEncodeError);
}

Deno.test("encodePdu() refuses AE titles of more than 16 bytes", () => {
  assert.equal(encodePdu({ ...REQUEST, calledAeTitle: "1234567890123456" }).length, 74);
  refuses({ ...REQUEST, calledAeTitle: "12345678901234567" });
  refuses({ ...REQUEST, callingAeTitle: "12345678901234567" });
});

Deno.test("encodePdu() refuses characters that are no bytes", () => {
  refuses({ ...REQUEST, callingAeTitle: "\u0100" });
  refuses({ ...REQUEST, applicationContextName: "1.2\u2026" });
});

Deno.test("encodePdu() refuses numbers that do not fit their field", () => {
  refuses({ ...REQUEST, protocolVersion: 0x1_0000 });
  refuses({ ...REQUEST, protocolVersion: -1 });
  refuses({ ...REQUEST, protocolVersion: 1.5 });
  refuses({ type: "A-ABORT", source: 256, reason: 0 });
  refuses({ type: "A-ASSOCIATE-RJ", result: 1, source: NaN, reason: 0 });
  const item: UserItem = { type: "maximum-length", maximumLength: 0x1_0000_0000 };
  refuses({ ...REQUEST, userInformation: [item] });
});

Deno.test("encodePdu() refuses contents that are too long for a length field", () => {
  const fits = { itemType: 0x99, value: new Uint8Array(0xffff) };
  assert.equal(encodePdu({ ...REQUEST, unrecognizedItems: [fits] }).length, 74 + 4 + 0xffff);
  refuses({ ...REQUEST, unrecognizedItems: [{ ...fits, value: new Uint8Array(0x1_0000) }] });
  refuses({ ...REQUEST, applicationContextName: "1".repeat(0x1_0000) });
});

Deno.test("encodePdu() writes a maximum length of 4 bytes whatever a peer's item stated", () => {
  const item: UserItem = { type: "maximum-length", maximumLength: 5, statedLength: 2 };
  const written = encodePdu({ ...REQUEST, userInformation: [item] });
  assert.deepEqual(written.slice(74), bytes("50 00 0008 51 00 0004 00000005"));
});

Deno.test("encodePdu() leaves out user information without items", () => {
  assert.equal(encodePdu(REQUEST).length, 74);
});

Deno.test("encodePdu() writes PDUs of unknown type", () => {
  const pdu = { type: "unrecognized", typeCode: 0x48, body: bytes("0102") } as const;
  assert.deepEqual(decodePdu(encodePdu(pdu)), pdu);
});
