import assert from "node:assert/strict";
import config from "../../deno.json" with { type: "json" };
import {
  aeTitleBytes,
  APPLICATION_CONTEXT_NAME,
  beforeNul,
  bytesOfByteString,
  byteStringOf,
  COMMAND_DICTIONARY,
  commandElementName,
  contextIdAt,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  loadUidNames,
  nameOfWellKnownUid,
  parseAeTitle,
  parsePresentationContextId,
  parseUid,
  textOfByteString,
  TRANSFER_SYNTAXES,
  VERIFICATION_SOP_CLASS,
} from "./mod.ts";
import { UID_NAMES } from "./uid_names.ts";

Deno.test("parseAeTitle() accepts what VR AE allows and drops blanks around it", () => {
  assert.equal(parseAeTitle("ANY-SCP"), "ANY-SCP");
  assert.equal(parseAeTitle("  My Title "), "My Title");
  assert.equal(parseAeTitle("1234567890123456"), "1234567890123456");
  assert.equal(parseAeTitle(" 1234567890123456 "), "1234567890123456");
});

Deno.test("parseAeTitle() rejects what VR AE does not allow", () => {
  for (const text of ["", "   ", "12345678901234567", "A\\B", "A\tB", "Ä", "A\0", "A\n"]) {
    assert.equal(parseAeTitle(text), undefined, JSON.stringify(text));
  }
});

Deno.test("aeTitleBytes() cuts UTF-8 after 16 bytes, inside a letter too", () => {
  assert.equal(aeTitleBytes("AB"), "AB");
  assert.equal(aeTitleBytes(" A\\B "), " A\\B ");
  assert.equal(aeTitleBytes("Ä"), "\u00c3\u0084");
  assert.equal(aeTitleBytes("12345678901234567"), "1234567890123456");
  assert.equal(aeTitleBytes("123456789012345Ä"), "123456789012345\u00c3");
});

Deno.test("byte strings mean bytes, whatever they are", () => {
  const all = Uint8Array.from({ length: 10_000 }, (_, index) => index % 256);
  assert.deepEqual(bytesOfByteString(byteStringOf(all)), all);
  assert.throws(() => bytesOfByteString("\u0100"), RangeError);
});

Deno.test("textOfByteString() reads UTF-8 when it is valid, else Latin-1", () => {
  assert.equal(textOfByteString("plain \x1b"), "plain \x1b");
  assert.equal(textOfByteString("\u00c3\u0084"), "Ä");
  assert.equal(textOfByteString("\u00c4"), "Ä");
  assert.equal(textOfByteString("\u00ef\u00bb\u00bfA"), "\ufeffA");
});

Deno.test("beforeNul() ends a byte string at its first NUL", () => {
  assert.equal(beforeNul("1.2\0.3\0"), "1.2");
  assert.equal(beforeNul("1.2"), "1.2");
  assert.equal(beforeNul("\0"), "");
});

Deno.test("parseUid() accepts numbers between dots, at most 64 characters", () => {
  const longest = `1.${"2".repeat(62)}`;
  for (const text of ["1", "1.2.840.10008.1.1", "0.0", longest]) {
    assert.equal(parseUid(text), text);
  }
  for (const text of ["", ".", "1.", ".1", "1..2", "1.02", "1.2 ", "1.a", `${longest}3`]) {
    assert.equal(parseUid(text), undefined, text);
  }
});

Deno.test("parsePresentationContextId() accepts odd numbers 1 to 255", () => {
  assert.equal(parsePresentationContextId(1), 1);
  assert.equal(parsePresentationContextId(255), 255);
  for (const value of [0, 2, 256, 257, -1, 1.5, NaN]) {
    assert.equal(parsePresentationContextId(value), undefined);
  }
  assert.equal(contextIdAt(0), 1);
  assert.equal(contextIdAt(127), 255);
  assert.throws(() => contextIdAt(128), RangeError);
});

Deno.test("the implementation identity is sound and carries the version", () => {
  assert.equal(parseUid(IMPLEMENTATION_CLASS_UID), IMPLEMENTATION_CLASS_UID);
  assert.match(IMPLEMENTATION_CLASS_UID, /^2\.25\.\d+$/);
  assert.ok(BigInt(IMPLEMENTATION_CLASS_UID.slice(5)) < 2n ** 128n);
  assert.equal(IMPLEMENTATION_VERSION_NAME, `ECHOSCU_${config.version.replaceAll(".", "_")}`);
  assert.ok(IMPLEMENTATION_VERSION_NAME.length <= 16);
});

Deno.test("TRANSFER_SYNTAXES are 53 different ones, 38 in the reference's order first", () => {
  assert.equal(TRANSFER_SYNTAXES.length, 53);
  assert.equal(new Set(TRANSFER_SYNTAXES.map(({ uid }) => uid)).size, 53);
  const at = (index: number) => TRANSFER_SYNTAXES[index - 1]?.uid.slice("1.2.840.10008.1.2".length);
  assert.deepEqual([1, 2, 3, 4, 22, 23, 24, 38].map(at), [
    "",
    ".1",
    ".2",
    ".4.50",
    ".5",
    ".1.99",
    ".4.80",
    ".4.108",
  ]);
  assert.deepEqual([39, 40, 41, 47, 48, 53].map(at), [
    ".1.98",
    ".8.1",
    ".4.100.1",
    ".4.106.1",
    ".4.201",
    ".4.112",
  ]);
});

Deno.test("the first 38 transfer syntaxes have the names of the reference's own table", () => {
  for (const { uid, name } of TRANSFER_SYNTAXES.slice(0, 38)) {
    assert.equal(UID_NAMES.get(uid), name);
  }
});

Deno.test("loadUidNames() names UIDs as the reference does", async () => {
  assert.equal(nameOfWellKnownUid(VERIFICATION_SOP_CLASS), "VerificationSOPClass");
  assert.equal(nameOfWellKnownUid(APPLICATION_CONTEXT_NAME), "StandardApplicationContext");
  assert.equal(nameOfWellKnownUid("1.2.840.10008.1.2.4.112"), "JPEGXL");
  assert.equal(nameOfWellKnownUid("1.2.840.10008.5.1.4.1.1.2"), undefined);
  const nameOfUid = await loadUidNames();
  assert.equal(nameOfUid("1.2.840.10008.5.1.4.1.1.2"), "CTImageStorage");
  assert.equal(nameOfUid("1.2.840.10008.1.2.4.112"), "JPEGXL");
  assert.equal(nameOfUid("1.2.3.4"), undefined);
  assert.equal(nameOfUid(""), undefined);
});

Deno.test("nameOfWellKnownUid() agrees with the large table", () => {
  for (const [uid, name] of UID_NAMES) {
    assert.ok(parseUid(uid), uid);
    assert.ok([name, undefined].includes(nameOfWellKnownUid(uid)), uid);
  }
  assert.equal(UID_NAMES.size, 436);
});

Deno.test("COMMAND_DICTIONARY names the elements of group 0000", () => {
  assert.deepEqual(COMMAND_DICTIONARY[0x0120], { vr: "US", keyword: "MessageIDBeingRespondedTo" });
  assert.equal(Object.keys(COMMAND_DICTIONARY).length, 46);
  assert.equal(commandElementName({ group: 0, element: 0x0900 }), "Status");
  assert.equal(commandElementName({ group: 0, element: 0x4000 }), "RETIRED_DialogReceiver");
  assert.equal(commandElementName({ group: 0, element: 0x5555 }), "Unknown Tag & Data");
  assert.equal(commandElementName({ group: 8, element: 0x0900 }), "Unknown Tag & Data");
});
