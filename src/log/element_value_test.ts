import assert from "node:assert/strict";
import { nameOfWellKnownUid } from "../dicom/mod.ts";
import { shownValue } from "./element_value.ts";

function shown(vr: string, hex: string): string {
  const known = { vr, keyword: "Name" };
  const value = Uint8Array.fromHex(hex);
  const { text, count, length } = shownValue(value, { known, uids: nameOfWellKnownUid });
  return `${text} #${length}, ${count}`;
}

/* Values and texts from runs of the reference's echoscu 3.6.7, one element of each representation. */

Deno.test("shownValue() shows numbers of every kind as the reference does", () => {
  const rows = {
    UL: ["0102030405060708", "67305985\\134678021 #8, 2"],
    up: ["0102030405060708", "67305985\\134678021 #8, 2"],
    US: ["0102030405060708", "513\\1027\\1541\\2055 #8, 4"],
    SS: ["ffff0080", "-1\\-32768 #4, 2"],
    xs: ["ffff0080", "-1\\-32768 #4, 2"],
    SL: ["ffffffff", "-1 #4, 1"],
    FL: ["000000000000f03f", "0\\1.875 #8, 2"],
    FD: ["00000000000000c0", "-2 #8, 1"],
    OF: ["0102030405060708", "1.53998961e-36\\4.06321607e-34 #8, 1"],
    OD: ["000000000000f03f", "1 #8, 1"],
    OL: ["0102030405060708", "67305985\\134678021 #8, 1"],
    OV: ["0102030405060708", "578437695752307201 #8, 1"],
    SV: ["ffffffffffffffff", "-1 #8, 1"],
    UV: ["ffffffffffffffff", "18446744073709551615 #8, 1"],
    AT: ["0102030405060708", "(0201,0403)\\(0605,0807) #8, 2"],
    OB: ["01020304", "01\\02\\03\\04 #4, 1"],
    UN: ["01020304", "01\\02\\03\\04 #4, 1"],
    ox: ["01020304", "01\\02\\03\\04 #4, 1"],
    OW: ["01020304", "0201\\0403 #4, 1"],
    lt: ["01020304", "0201\\0403 #4, 1"],
    px: ["01020304", "0201\\0403 #4, 1"],
  } as const;
  for (const [vr, [hex, text]] of Object.entries(rows)) assert.equal(shown(vr, hex), text, vr);
});

Deno.test("shownValue() prints floating point numbers as C does", () => {
  const rows = {
    "0000807f": "inf #4, 1",
    "000080ff": "-inf #4, 1",
    "0000c07f": "nan #4, 1",
    "00007a44": "1000 #4, 1",
    "00000000": "0 #4, 1",
    "cdcccc3d": "0.100000001 #4, 1",
    "17b7d138": "9.99999975e-05 #4, 1",
    "ca1b8e4e": "1.19209293e+09 #4, 1",
    "20bcbe4c": "100000000 #4, 1",
  };
  for (const [hex, text] of Object.entries(rows)) assert.equal(shown("FL", hex), text);
});

Deno.test("shownValue() shows texts without their padding, and counts their values", () => {
  const text = "2031325c33342020";
  for (const vr of ["AE", "AS", "CS", "DA", "DS", "DT", "IS", "LO", "PN", "SH", "TM", "UC"]) {
    assert.equal(shown(vr, text), "[ 12\\34] #8, 2", vr);
  }
  for (const vr of ["LT", "ST", "UR", "UT"]) assert.equal(shown(vr, text), "[ 12\\34] #8, 1", vr);
});

Deno.test("shownValue() names UIDs that have a name, and takes white space out of others", () => {
  const verification = Array.from("1.2.840.10008.1.1 ", (one) => one.charCodeAt(0));
  assert.equal(shown("UI", Uint8Array.from(verification).toHex()), "=VerificationSOPClass #18, 1");
  assert.equal(shown("UI", "312e3220332e3400"), "[1.23.4] #8, 1");
});

Deno.test("shownValue() pads odd lengths, except words", () => {
  assert.equal(shown("US", "010203"), "513\\3 #4, 2");
  assert.equal(shown("OB", "010203"), "01\\02\\03\\00 #4, 1");
  assert.equal(shown("OW", "010203"), "0201 #3, 1");
  assert.equal(shown("LO", "616263"), "[abc] #4, 1");
});

Deno.test("shownValue() says when there is no whole value", () => {
  assert.equal(shown("UL", "0102"), "(invalid value) #2, 0");
  assert.equal(shown("FD", "01020304"), "(invalid value) #4, 0");
  assert.equal(shown("OV", "01020304"), "(invalid value) #4, 1");
  assert.equal(shown("OW", "01"), "(invalid value) #1, 1");
  assert.equal(shown("AT", "0102"), "(no value available) #2, 0");
});

Deno.test("shownValue() says when there is nothing, and counts it as the reference does", () => {
  for (const vr of ["US", "LO", "LT", "UI", "AT", "FD", "SV"]) {
    assert.equal(shown(vr, ""), "(no value available) #0, 0", vr);
  }
  for (const vr of ["OB", "OW", "OL", "UN", "ox"]) {
    assert.equal(shown(vr, ""), "(no value available) #0, 1", vr);
  }
});
