import assert from "node:assert/strict";
import fc from "fast-check";
import { bytesOf } from "../../tests/support/cert_builder.ts";
import { encodePem, type PemScan, scanPem } from "./pem.ts";

function scan(...lines: readonly string[]): PemScan {
  return scanPem(bytesOf(lines.join("\n")));
}

const BEGIN = "-----BEGIN X-----";
const END = "-----END X-----";

Deno.test("scanPem() finds blocks between other text, with any line ends", () => {
  const found = scan("text", "Subject: a", BEGIN, "AAEC", END, "", "more", BEGIN, "AwQ=", END);
  assert.deepEqual(found.blocks.map((block) => [...block.data]), [[0, 1, 2], [3, 4]]);
  const windows = scanPem(bytesOf(`\xef\xbb\xbf${BEGIN}\r\nAAEC \r\n${END}  \r\n`));
  assert.deepEqual(windows.blocks.map((block) => [...block.data]), [[0, 1, 2]]);
});

Deno.test("scanPem() takes a byte order mark before any block, not in the text between", () => {
  const labels = (...lines: readonly string[]): number => scan(...lines).blocks.length;
  const block = ["AAEC", END];
  assert.equal(labels(`\xef\xbb\xbf${BEGIN}`, ...block, `\xef\xbb\xbf${BEGIN}`, ...block), 2);
  assert.equal(labels(BEGIN, ...block, "text", `\xef\xbb\xbf${BEGIN}`, ...block), 1);
});

Deno.test("scanPem() loses what follows a NUL in a line, and ends at one in front", () => {
  assert.equal(scan(`\0${BEGIN}`, "AAEC", END, BEGIN, "AAEC", END).blocks.length, 0);
  assert.equal(scan("\0", BEGIN, "AAEC", END).blocks.length, 0);
  assert.equal(scan("a\0b", BEGIN, "AAEC", END).blocks.length, 1);
  assert.deepEqual([...scan(BEGIN, "AAEC\0AAEC", END).blocks[0]?.data ?? []], [0, 1, 2]);
  assert.equal(scan(BEGIN, "\0AAEC", END).fault, "bad-end-line");
});

Deno.test("scanPem() takes END lines as exactly as OpenSSL", () => {
  for (const end of [`${END} `, `${END}\t`, `${END}\x80`, `${END}\0x`]) {
    assert.equal(scan(BEGIN, "AAEC", end).blocks.length, 1, end);
  }
  for (const end of [`${END}x`, `${END}-`, ` ${END}`, END.slice(0, -1), END.toLowerCase()]) {
    assert.ok(scan(BEGIN, "AAEC", end).fault, end);
  }
});

Deno.test("scanPem() reads base64 up to a minus sign", () => {
  assert.deepEqual([...scan(BEGIN, "AAEC-", "%", END).blocks[0]?.data ?? []], [0, 1, 2]);
  assert.equal(scan(BEGIN, "AAE-", END).fault, "bad-base64");
  assert.equal(scan(BEGIN, "AA==AAEC", END).fault, "bad-base64");
});

Deno.test("scanPem() reads back what encodePem() wrote", () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 1000 }), (data) => {
    const { blocks, fault } = scanPem(bytesOf(encodePem("SOME LABEL", data)));
    assert.equal(fault, undefined);
    assert.deepEqual(blocks, [{ label: "SOME LABEL", header: "", data }]);
  }));
});

Deno.test("scanPem() keeps header lines apart", () => {
  const [block] = scan(BEGIN, "Proc-Type: 4,ENCRYPTED", "DEK-Info: A,B", "", "AAEC", END).blocks;
  assert.equal(block?.header, "Proc-Type: 4,ENCRYPTED\nDEK-Info: A,B");
  assert.deepEqual([...block?.data ?? []], [0, 1, 2]);
});

Deno.test("scanPem() stops at the first damaged block and says how it is damaged", () => {
  const good = [BEGIN, "AAEC", END];
  assert.deepEqual(scan(...good, BEGIN, "AAEC").fault, "bad-end-line");
  assert.deepEqual(scan(...good, BEGIN, "AAEC", "-----END Y-----").fault, "bad-end-line");
  assert.deepEqual(scan(...good, BEGIN, "A%EC", END).fault, "bad-base64");
  assert.deepEqual(scan(...good, BEGIN, "AAE", END).fault, "bad-base64");
  assert.deepEqual(scan(...good, BEGIN, END).fault, "silent");
  assert.deepEqual(scan(...good, BEGIN, "", "A".repeat(76), END).fault, "silent");
  assert.deepEqual(scan(...good, BEGIN, "", "AAEC", "", "AAEC", END).fault, "bad-end-line");
  assert.equal(scan(...good, BEGIN, "AAEC").blocks.length, 1);
});

Deno.test("scanPem() takes lines of any length when no empty line is in the block", () => {
  const long = btoa("x".repeat(900));
  assert.equal(scan(BEGIN, long, END).blocks[0]?.data.length, 900);
});
