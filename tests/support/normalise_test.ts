import assert from "node:assert/strict";
import { hidePort, normalise, withoutIdentity } from "./normalise.ts";

Deno.test("normalise() smooths over what names a program, and nothing else", () => {
  const theirs = "D: $dcmtk: echoscu v3.6.7 2022-04-22 $\nD: \n" +
    "D: DcmDataDictionary: Loading file: {DICTDIR}/dicom.dic\n" +
    "D: Our Implementation Class UID:      1.2.276.0.7230010.3.0.3.6.7\n" +
    "D: Their Implementation Class UID:    1.2.3\n";
  const ours = "D: $echoscu: echoscu v0.1.0 2026-11-01 $\nD: \n" +
    "D: Our Implementation Class UID:      2.25.1\n" +
    "D: Their Implementation Class UID:    1.2.3\n";
  assert.equal(normalise(ours), normalise(theirs));
  assert.notEqual(normalise(ours.replace("1.2.3", "1.2.4")), normalise(theirs));
  assert.notEqual(normalise(ours.replace("UID:      2", "UID:     2")), normalise(theirs));
});

Deno.test("normalise() hides the dump of an acceptor only when its identity is asked to be hidden", () => {
  const dump = "D: PDU Type: Associate Accept, PDU Length: 162 + 6 bytes PDU header\n" +
    "D:   02  00  00  00  00  a2  00  01  00  00  41  4e  59  2d  53  43\nD:   50  20\nD: Parsing\n";
  assert.equal(normalise(dump), dump);
  assert.equal(
    normalise(dump, ["peer identity"]),
    "D: PDU Type: Associate Accept, PDU Length: {LENGTH} + 6 bytes PDU header\nD: {HEX DUMP}\nD: Parsing\n",
  );
});

Deno.test("hidePort() replaces the port after a colon only", () => {
  assert.equal(hidePort("a:4242 4242 b:42420", 4242), "a:{PORT} 4242 b:42420");
});

Deno.test("withoutIdentity() leaves out class UID and version name of a request", () => {
  const head = "0100000000" + "00" + "0001" + "00".repeat(66);
  const context = "10000001" + "31";
  const maximum = "51000004" + "00004000";
  const one = Uint8Array.fromHex(`${head}${context}50000013${maximum}5200000131550000023132`);
  const other = Uint8Array.fromHex(`${head}${context}50000011${maximum}520000013255000000`);
  assert.equal(withoutIdentity(one), withoutIdentity(other));
  assert.match(withoutIdentity(one), / 10:31 50\(51:00004000\)$/);
});
