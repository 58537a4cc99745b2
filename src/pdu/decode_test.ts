import assert from "node:assert/strict";
import { ANSWER_CASES } from "../../tests/support/answer_cases.ts";
import { bytes } from "../../tests/support/pdu_cases.ts";
import { decodePdu, PduDecodeError } from "./mod.ts";
import type { AssociateAc, AssociateRq, PduDefect, PduWarning, UserItem } from "./types.ts";

const FIXED = `0001 0000 ${"41".repeat(16)} ${"42".repeat(16)} ${"00".repeat(32)}`;

/** A PDU of this type with the right length field. */
function pdu(type: string, body: string): Uint8Array {
  const content = bytes(body);
  return Uint8Array.of(
    ...bytes(type),
    0,
    0,
    0,
    content.length >> 8,
    content.length & 255,
    ...content,
  );
}

/** An item with the right length field. */
function item(type: string, body: string): string {
  const length = bytes(body).length.toString(16).padStart(4, "0");
  return `${type} 00 ${length} ${body}`;
}

function answer(items: string): AssociateAc {
  const decoded = decodePdu(pdu("02", `${FIXED} ${items}`));
  assert.equal(decoded.type, "A-ASSOCIATE-AC");
  return decoded as AssociateAc;
}

function request(items: string): AssociateRq {
  const decoded = decodePdu(pdu("01", `${FIXED} ${items}`));
  assert.equal(decoded.type, "A-ASSOCIATE-RQ");
  return decoded as AssociateRq;
}

function userItems(type: "01" | "02", items: string): readonly UserItem[] {
  const body = `${FIXED} ${item("50", items)}`;
  const decoded = decodePdu(pdu(type, body));
  return "userInformation" in decoded ? decoded.userInformation : [];
}

function faultOf(input: Uint8Array): PduDecodeError {
  try {
    decodePdu(input);
  } catch (error) {
    assert.ok(error instanceof PduDecodeError, String(error));
    return error;
  }
  assert.fail("nothing was thrown");
}

function defectOf(input: Uint8Array): PduDefect {
  return faultOf(input).defect;
}

for (const { name, hex, defect } of ANSWER_CASES) {
  Deno.test(`decodePdu() finds what the reference finds: ${name}`, () => {
    if (defect === undefined) assert.equal(decodePdu(bytes(hex)).type, "A-ASSOCIATE-AC");
    else assert.deepEqual(defectOf(bytes(hex)), defect);
  });
}

Deno.test("decodePdu() names PDU, field and offset of a fault", () => {
  const context = `21 00 0010 01 00 00 00 40 00 0011 ${"31".repeat(8)}`;
  const fault = faultOf(pdu("02", `${FIXED} ${context}`));
  assert.equal(fault.pdu, "A-ASSOCIATE-AC");
  assert.equal(fault.field, "transfer syntax");
  assert.equal(fault.offset, 6 + 68 + 8);
  assert.deepEqual(fault.defect, { kind: "ill-formed", item: "subitem", got: 12, length: 17 });
  assert.match(fault.message, /A-ASSOCIATE-AC.*subitem.*17.*12.*transfer syntax.*byte 82/);
});

Deno.test("decodePdu() rejects less than a header, less than a body, and bytes after it", () => {
  const at = (hex: string) => defectOf(bytes(hex));
  assert.deepEqual(at(""), { kind: "truncated", within: "header", got: 0, expected: 6 });
  assert.deepEqual(at("05 00 00 00 00"), {
    kind: "truncated",
    within: "header",
    got: 5,
    expected: 6,
  });
  assert.deepEqual(at("05 00 ff ff ff ff 00"), {
    kind: "truncated",
    within: "body",
    got: 1,
    expected: 0xffff_ffff,
  });
  assert.deepEqual(at("05 00 00 00 00 04 00 00 00 00 99"), {
    kind: "ill-formed",
    item: "A-RELEASE-RQ",
    got: 5,
    length: 4,
  });
});

Deno.test("decodePdu() keeps a PDU of unknown type", () => {
  assert.deepEqual(decodePdu(bytes("48 54 00 00 00 02 01 02")), {
    type: "unrecognized",
    typeCode: 0x48,
    body: bytes("01 02"),
  });
});

Deno.test("decodePdu() wants exactly 4 bytes in a short PDU, unless it is lenient", () => {
  for (const type of ["03", "05", "06", "07"]) {
    for (const length of [0, 1, 3, 5, 128]) {
      const input = pdu(type, "01".repeat(length));
      assert.equal(defectOf(input).kind, "ill-formed", `${type} ${length}`);
      assert.notEqual(decodePdu(input, { lenient: true }).type, "unrecognized");
    }
    const tooLong = pdu(type, "01".repeat(129));
    assert.throws(() => decodePdu(tooLong, { lenient: true }), PduDecodeError);
  }
});

Deno.test("decodePdu() counts missing code bytes as 0 when it is lenient", () => {
  const lenient = { lenient: true };
  assert.deepEqual(decodePdu(pdu("03", ""), lenient), {
    type: "A-ASSOCIATE-RJ",
    result: 0,
    source: 0,
    reason: 0,
  });
  assert.deepEqual(decodePdu(pdu("03", "09 02"), lenient), {
    type: "A-ASSOCIATE-RJ",
    result: 2,
    source: 0,
    reason: 0,
  });
  assert.deepEqual(decodePdu(pdu("07", "09 09 02 06 77"), lenient), {
    type: "A-ABORT",
    source: 2,
    reason: 6,
  });
});

Deno.test("decodePdu() reports PDVs that do not make a P-DATA-TF, as the reference counts them", () => {
  const at = (body: string) => defectOf(pdu("04", body));
  assert.deepEqual(at(""), { kind: "no-pdv" });
  for (const stray of ["00", "ff", "000000", "ffffff"]) {
    assert.deepEqual(at(stray), { kind: "pdv-sum", pdvs: 0 });
  }
  assert.deepEqual(at("00000000"), { kind: "pdv-length", length: 0 });
  assert.deepEqual(at("00000001 01"), { kind: "pdv-length", length: 1 });
  assert.deepEqual(at("00000064 0103 00000000"), { kind: "pdv-sum", pdvs: 1 });
  assert.deepEqual(at("ffffffff 0103"), { kind: "pdv-sum", pdvs: 1 });
  const good = "00000004 0103 aabb";
  assert.deepEqual(at(`${good} 00`), { kind: "pdv-sum", pdvs: 1 });
  assert.deepEqual(at(`${good} ffffffff`), { kind: "pdv-sum", pdvs: 2 });
  assert.deepEqual(at(`${good} 00000001 01`), { kind: "pdv-length", length: 1 });
});

Deno.test("decodePdu() ignores the upper six bits of a PDV's control header", () => {
  const decoded = decodePdu(pdu("04", "00000002 01 fd"));
  assert.deepEqual(decoded, {
    type: "P-DATA-TF",
    pdvs: [{ contextId: 1, kind: "command", isLast: false, data: new Uint8Array(0) }],
  });
});

Deno.test("decodePdu() keeps names as they came, NUL and blanks included", () => {
  const ac = answer(item("21", `01000000 ${item("40", "312e3200")}`) + item("10", "312e3220"));
  assert.equal(ac.applicationContextName, "1.2 ");
  assert.deepEqual(ac.presentationContexts, [
    { id: 1, result: "acceptance", transferSyntax: "1.2\0" },
  ]);
});

Deno.test("decodePdu() removes trailing blanks of AE titles only", () => {
  const titles = `${"20".repeat(2)}41${"20".repeat(13)} ${"00".repeat(16)}`;
  const ac = decodePdu(pdu("02", `0001 0000 ${titles} ${"ff".repeat(32)}`));
  assert.equal(ac.type, "A-ASSOCIATE-AC");
  assert.ok("calledAeTitle" in ac);
  assert.equal(ac.calledAeTitle, "  A");
  assert.equal(ac.callingAeTitle, "\0".repeat(16));
});

Deno.test("decodePdu() does not look into a refused context of an answer", () => {
  assert.deepEqual(answer("21 00 0006 01 00 03 00 40 00").presentationContexts, [
    { id: 1, result: "abstract-syntax-not-supported" },
  ]);
});

Deno.test("decodePdu() takes item 20H in an answer, and looks into it even when it is refused", () => {
  const accepted = item("20", `03 00 00 00 ${item("30", "3131")} ${item("40", "312e32")}`);
  assert.deepEqual(answer(accepted).presentationContexts, [
    { id: 3, result: "acceptance", transferSyntax: "1.2" },
  ]);
  const refused = pdu("02", `${FIXED} 20 00 0006 01 00 03 00 40 00`);
  assert.deepEqual(defectOf(refused), { kind: "ill-formed", item: "subitem", got: 2, minimum: 4 });
});

Deno.test("decodePdu() passes over unknown sub-items of a context", () => {
  const context = item("21", `01 00 00 00 ${item("77", "0102")} ${item("40", "312e32")}`);
  assert.equal(answer(context).presentationContexts[0]?.result, "acceptance");
});

Deno.test("decodePdu() counts transfer syntaxes only when the structure is good", () => {
  const none = item("21", "01 00 00 00");
  assert.deepEqual(defectOf(pdu("02", `${FIXED} ${none}`)), {
    kind: "transfer-syntax-count",
    count: 0,
  });
  assert.deepEqual(defectOf(pdu("02", `${FIXED} ${none} 99`)), {
    kind: "ill-formed",
    item: "dummy item",
    got: 1,
    minimum: 4,
  });
});

Deno.test("decodePdu() keeps the items of several user informations in order", () => {
  const ac = answer(item("50", item("51", "00000400")) + item("50", item("51", "00000800")));
  assert.deepEqual(ac.userInformation, [
    { type: "maximum-length", maximumLength: 0x400 },
    { type: "maximum-length", maximumLength: 0x800 },
  ]);
});

Deno.test("decodePdu() takes the four bytes after a maximum length item of any length", () => {
  assert.deepEqual(userItems("02", "51 00 0002 0000 55 00 0003 414243"), [
    { type: "maximum-length", maximumLength: 0x5500, statedLength: 2 },
    { type: "implementation-version-name", implementationVersionName: "ABC" },
  ]);
  assert.deepEqual(userItems("02", "51 00 0005 00004000 99"), [
    { type: "maximum-length", maximumLength: 0x4000, statedLength: 5 },
  ]);
});

Deno.test("decodePdu() says what it tolerates, in order and before an error", () => {
  const warnings: PduWarning[] = [];
  const role = item("54", `0046 ${"31".repeat(70)} 01 00`);
  const items = item("50", `51 00 0005 00004000 99 ${role} 51 00 0010 00004000`);
  const input = pdu("02", `${FIXED} ${items}`);
  const onWarning = (warning: PduWarning): void => void warnings.push(warning);
  assert.throws(() => decodePdu(input, { onWarning }), PduDecodeError);
  assert.deepEqual(warnings, [
    { kind: "maximum-length-size", length: 5 },
    { kind: "role-uid-too-long", length: 70, maximum: 64 },
    { kind: "maximum-length-size", length: 16 },
  ]);
});

Deno.test("decodePdu() reads the roles after a UID that is too long", () => {
  const [role] = userItems("02", item("54", `0046 ${"31".repeat(70)} 01 00`));
  assert.deepEqual(role, {
    type: "role-selection",
    sopClassUid: "1".repeat(70),
    scuRole: 1,
    scpRole: 0,
  });
});

Deno.test("decodePdu() goes on after the response of a user identity answer, not after its item", () => {
  const items = userItems("02", "59 00 0008 0002 4142 5a 00 0000 58 00 0002 0000");
  assert.deepEqual(items, [
    { type: "user-identity-ac", serverResponse: bytes("4142") },
    { type: "unrecognized", itemType: 0x5a, value: new Uint8Array(0) },
    { type: "user-identity-ac", serverResponse: new Uint8Array(0) },
  ]);
});

Deno.test("decodePdu() keeps an asynchronous operations window of another length as it came", () => {
  assert.deepEqual(userItems("02", item("53", "0001")), [
    { type: "unrecognized", itemType: 0x53, value: bytes("0001") },
  ]);
});

Deno.test("decodePdu() keeps a common extended negotiation that does not add up as it came", () => {
  const bad = [
    "",
    "0002 31",
    "0001 31 0001",
    "0001 31 0001 32",
    "0000 0000 0001",
    "0000 0000 0001 00",
    "0000 0000 0003 0002 31",
    "0000 0000 0000 00",
  ];
  for (const value of bad) {
    assert.deepEqual(userItems("01", item("57", value)), [
      { type: "unrecognized", itemType: 0x57, value: bytes(value) },
    ]);
  }
});

Deno.test("decodePdu() reads a request without any check of acceptability", () => {
  const rq = request(item("20", "02 00 00 00") + item("21", "00 00 00 00"));
  assert.deepEqual(rq.presentationContexts, [
    { id: 2, abstractSyntax: undefined, transferSyntaxes: [] },
    { id: 0, abstractSyntax: undefined, transferSyntaxes: [] },
  ]);
  assert.equal(rq.applicationContextName, undefined);
});

Deno.test("decodePdu() rejects a user identity whose fields do not fit its item", () => {
  const at = (value: string) => defectOf(pdu("01", `${FIXED} ${item("50", item("58", value))}`));
  assert.equal(at("").kind, "ill-formed");
  assert.deepEqual(at("01 00 0000 00"), {
    kind: "ill-formed",
    item: "user identity",
    got: 9,
    minimum: 10,
  });
  assert.deepEqual(at("01 00 0003 41 42"), {
    kind: "ill-formed",
    item: "user identity field",
    got: 4,
    length: 3,
  });
  assert.deepEqual(at("01 00 0003 41 42 43 00"), {
    kind: "ill-formed",
    item: "user identity field",
    got: 1,
    minimum: 2,
  });
  assert.deepEqual(at("01 00 0001 41 0002 42"), {
    kind: "ill-formed",
    item: "user identity field",
    got: 3,
    length: 2,
  });
});

Deno.test("decodePdu() keeps a user identity answer in a request as it came", () => {
  assert.deepEqual(userItems("01", item("59", "0000")), [
    { type: "unrecognized", itemType: 0x59, value: bytes("0000") },
  ]);
});

Deno.test("decodePdu() stops at 2048 items", () => {
  const empty = "99 00 0000";
  assert.equal(answer(empty.repeat(2048)).unrecognizedItems.length, 2048);
  assert.deepEqual(defectOf(pdu("02", FIXED + empty.repeat(2049))), {
    kind: "too-many-items",
    maximum: 2048,
  });
  const users = pdu("01", FIXED + item("50", "5b 00 0000".repeat(2048)));
  assert.equal(defectOf(users).kind, "too-many-items");
});

Deno.test("decodePdu() gives values that own their bytes", () => {
  const input = pdu("04", "00000004 0103 aabb");
  const decoded = decodePdu(input);
  input.fill(0);
  assert.deepEqual(decoded, {
    type: "P-DATA-TF",
    pdvs: [{ contextId: 1, kind: "command", isLast: true, data: bytes("aabb") }],
  });
});

Deno.test("decodePdu() leaves the protocol version of a request to its acceptor, not that of an answer", () => {
  const fixed = FIXED.replace("0001", "0002");
  const rq = decodePdu(pdu("01", fixed));
  assert.ok("protocolVersion" in rq && rq.protocolVersion === 2);
  assert.deepEqual(defectOf(pdu("02", fixed)), { kind: "protocol-version", version: 2 });
});
