import assert from "node:assert/strict";
import { bytes } from "../../tests/support/pdu_cases.ts";
import { PduDecodeError, PduFramer } from "./mod.ts";
import { Bug } from "../errors.ts";
import type { FramedPdu, PduDefect, PduHeader } from "./types.ts";

const RELEASE_RQ = bytes("05 00 00000004 00000000");
const RELEASE_RP = bytes("06 00 00000004 00000000");
const P_DATA = bytes("04 00 0000000a 00000006 01 03 aabbccdd");

function defectIn(action: () => unknown): PduDefect {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof PduDecodeError, String(error));
    return error.defect;
  }
  assert.fail("nothing was thrown");
}

Deno.test("PduFramer says where it is", () => {
  const framer = new PduFramer();
  const seen = [];
  for (const byte of P_DATA) {
    seen.push(framer.position);
    framer.push(Uint8Array.of(byte));
  }
  assert.deepEqual(seen, [
    "idle",
    ...Array(5).fill("header"),
    ...Array(10).fill("body"),
  ]);
  assert.equal(framer.position, "idle");
});

Deno.test("PduFramer takes pieces without bytes", () => {
  const framer = new PduFramer();
  assert.deepEqual(framer.push(new Uint8Array(0)), []);
  assert.equal(framer.position, "idle");
  framer.end();
});

Deno.test("PduFramer rejects an unknown type at the sixth byte", () => {
  const framer = new PduFramer();
  assert.deepEqual(framer.push(bytes("48 54 54 50 2f")), []);
  const fault = defectIn(() => framer.push(bytes("31 2e 31")));
  assert.deepEqual(fault, { kind: "unrecognized-type", typeCode: 0x48 });
  assert.deepEqual(framer.error?.defect, fault);
  assert.equal(framer.buffered, 0);
});

Deno.test("PduFramer rejects a length above the cap of the type before any body byte", () => {
  const headers: [string, number][] = [
    ["01 00 00100001", 1_048_576],
    ["02 00 ffffffff", 1_048_576],
    ["03 00 00000081", 128],
    ["04 00 00004001", 16_384],
    ["05 00 00000081", 128],
    ["06 00 00000081", 128],
    ["07 00 00000081", 128],
  ];
  for (const [header, maximum] of headers) {
    const input = bytes(header);
    const length = new DataView(input.buffer).getUint32(2);
    assert.deepEqual(defectIn(() => new PduFramer().push(input)), {
      kind: "too-long",
      typeCode: input[0],
      length,
      maximum,
    });
  }
});

Deno.test("PduFramer takes a length at the cap, and caps of its owner", () => {
  const framer = new PduFramer({ limits: { pData: 10 } });
  assert.equal(framer.push(P_DATA).length, 1);
  const small = new PduFramer({ limits: { pData: 9 } });
  assert.equal(defectIn(() => small.push(P_DATA)).kind, "too-long");
  for (const header of ["01 00 00100000", "04 00 00004000", "07 00 00000080"]) {
    assert.deepEqual(new PduFramer().push(bytes(header)), []);
  }
});

Deno.test("PduFramer keeps no more than what came of a declared length", () => {
  const framer = new PduFramer({ limits: { associate: 0xffff_ffff } });
  framer.push(bytes("02 00 ffffffff"));
  for (let i = 1; i <= 1000; i++) {
    framer.push(new Uint8Array(10));
    assert.equal(framer.buffered, 6 + 10 * i);
  }
});

Deno.test("PduFramer gives complete PDUs first and throws at the next call", () => {
  for (const next of ["push", "end"] as const) {
    const framer = new PduFramer();
    const found = framer.push(Uint8Array.of(...RELEASE_RQ, ...P_DATA, 0x15, 3, 1, 0, 2, 2));
    assert.deepEqual(found.map((pdu) => pdu.type), ["A-RELEASE-RQ", "P-DATA-TF"]);
    assert.deepEqual(framer.error?.defect, { kind: "unrecognized-type", typeCode: 0x15 });
    const fault = defectIn(() => next === "push" ? framer.push(RELEASE_RQ) : framer.end());
    assert.deepEqual(fault, { kind: "unrecognized-type", typeCode: 0x15 });
    assert.equal(defectIn(() => framer.push(RELEASE_RQ)).kind, "unrecognized-type");
  }
});

Deno.test("PduFramer throws the defects of decodePdu()", () => {
  const framer = new PduFramer();
  assert.deepEqual(defectIn(() => framer.push(bytes("04 00 00000000"))), { kind: "no-pdv" });
});

Deno.test("PduFramer is strict unless it is told to be lenient", () => {
  const short = bytes("06 00 00000000");
  assert.equal(defectIn(() => new PduFramer().push(short)).kind, "ill-formed");
  assert.deepEqual(new PduFramer({ lenient: true }).push(short), [{ type: "A-RELEASE-RP" }]);
  const framer = new PduFramer({ lenient: true });
  assert.deepEqual(framer.push(short.slice(0, 5)), []);
  assert.deepEqual(framer.push(short.slice(5)), [{ type: "A-RELEASE-RP" }]);
});

Deno.test("PduFramer rejects an end inside a header and inside a body", () => {
  const framer = new PduFramer();
  framer.push(RELEASE_RQ.slice(0, 3));
  assert.deepEqual(defectIn(() => framer.end()), {
    kind: "truncated",
    within: "header",
    got: 3,
    expected: 6,
  });
  const other = new PduFramer();
  other.push(P_DATA.slice(0, 9));
  assert.deepEqual(defectIn(() => other.end()), {
    kind: "truncated",
    within: "body",
    got: 3,
    expected: 10,
  });
});

Deno.test("PduFramer skips a body at its header, above the cap too", () => {
  const headers: PduHeader[] = [];
  const framer = new PduFramer({
    judge: (header) => {
      headers.push(header);
      return header.typeCode === 0x04 ? "skip" : "read";
    },
  });
  const skipped: FramedPdu = { type: "skipped", typeCode: 0x04, length: 0xffff_ffff };
  assert.deepEqual(framer.push(bytes("04 00 ffffffff")), [skipped]);
  assert.equal(framer.position, "body");
  assert.deepEqual(framer.push(new Uint8Array(100_000)), []);
  assert.equal(framer.buffered, 0);
  assert.deepEqual(defectIn(() => framer.end()), {
    kind: "truncated",
    within: "body",
    got: 100_000,
    expected: 0xffff_ffff,
  });
  assert.deepEqual(headers, [{ typeCode: 0x04, length: 0xffff_ffff }]);
});

Deno.test("PduFramer goes on after a skipped body, whatever the pieces", () => {
  const stream = Uint8Array.of(...P_DATA, ...bytes("04 00 00000000"), ...RELEASE_RP);
  for (let size = 1; size <= stream.length; size++) {
    const framer = new PduFramer({
      judge: ({ typeCode }) => typeCode === 0x04 ? "skip" : "read",
    });
    const found: FramedPdu[] = [];
    for (let at = 0; at < stream.length; at += size) {
      found.push(...framer.push(stream.subarray(at, at + size)));
    }
    assert.deepEqual(found, [
      { type: "skipped", typeCode: 0x04, length: 10 },
      { type: "skipped", typeCode: 0x04, length: 0 },
      { type: "A-RELEASE-RP" },
    ]);
    framer.end();
  }
});

Deno.test("PduFramer asks about each header of a known type once", () => {
  const asked: number[] = [];
  const judge = ({ typeCode }: PduHeader): "read" => {
    asked.push(typeCode);
    return "read";
  };
  const framer = new PduFramer({ judge });
  for (const byte of [...RELEASE_RQ, ...P_DATA]) framer.push(Uint8Array.of(byte));
  framer.push(Uint8Array.of(...RELEASE_RP, 0x99, 0, 0));
  assert.throws(() => framer.push(bytes("00 00 00")), PduDecodeError);
  assert.deepEqual(asked, [5, 4, 6]);
});

Deno.test("PduFramer shows the bytes of each PDU before it decodes them", () => {
  const shown: string[] = [];
  const framer = new PduFramer({
    onBytes: (pduBytes, header) => shown.push(`${header.length}:${pduBytes.join(" ")}`),
  });
  const bad = bytes("04 00 00000000");
  framer.push(Uint8Array.of(...RELEASE_RQ, ...P_DATA.slice(0, 8)));
  framer.push(P_DATA.slice(8));
  assert.throws(() => framer.push(bad), PduDecodeError);
  assert.deepEqual(shown, [
    `4:${RELEASE_RQ.join(" ")}`,
    `10:${P_DATA.join(" ")}`,
    `0:${bad.join(" ")}`,
  ]);
});

Deno.test("PduFramer gives one PDU at a time and looks at nothing after it", () => {
  const asked: number[] = [];
  const framer = new PduFramer({ onHeader: (_bytes, { typeCode }) => asked.push(typeCode) });
  framer.feed(Uint8Array.of(...RELEASE_RQ, ...RELEASE_RP, 0x99));
  assert.equal(framer.next()?.type, "A-RELEASE-RQ");
  assert.deepEqual(asked, [5]);
  assert.throws(() => framer.feed(RELEASE_RQ), Bug);
  assert.equal(framer.next()?.type, "A-RELEASE-RP");
  assert.equal(framer.next(), undefined);
  assert.equal(framer.position, "header");
});

Deno.test("PduFramer lets errors of its owner's functions through", () => {
  const framer = new PduFramer({
    onBytes: (_bytes, { typeCode }) => {
      if (typeCode === 0x06) throw new TypeError("mine");
    },
  });
  assert.throws(() => framer.push(Uint8Array.of(...RELEASE_RQ, ...RELEASE_RP)), TypeError);
});

Deno.test("PduFramer keeps its input apart from what it gives", () => {
  const input = Uint8Array.of(...P_DATA);
  const [pdu] = new PduFramer().push(input);
  input.fill(0);
  assert.deepEqual(pdu, {
    type: "P-DATA-TF",
    pdvs: [{ contextId: 1, kind: "command", isLast: true, data: bytes("aabbccdd") }],
  });
});
