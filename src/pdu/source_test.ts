import assert from "node:assert/strict";
import { bytes } from "../../tests/support/pdu_cases.ts";
import type { ReadBytes } from "../common/byte_ends.ts";
import { PduDecodeError, PduSource } from "./mod.ts";

const RELEASE_RQ = bytes("05 00 00000004 00000000");
const ABORT = bytes("07 00 00000004 00000202");

/** Reads that give these pieces, then the end or a failure. */
function reads(pieces: readonly Uint8Array[], end: "close" | Error): ReadBytes {
  const rest = [...pieces];
  return () => {
    const piece = rest.shift();
    return piece !== undefined || end === "close" ? Promise.resolve(piece) : Promise.reject(end);
  };
}

/** Types of the PDUs, and what ended them. */
async function readAll(source: PduSource): Promise<{ types: string[]; end: unknown }> {
  const types: string[] = [];
  try {
    for (;;) {
      const pdu = await source.next();
      if (pdu === undefined) return { types, end: "close" };
      types.push(pdu.type);
    }
  } catch (end) {
    return { types, end };
  }
}

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let i = 0; i < 1000; i++) await Promise.resolve();
}

function defectKind(error: unknown): string {
  assert.ok(error instanceof PduDecodeError, String(error));
  return error.defect.kind;
}

Deno.test("PduSource gives PDUs in order and ends", async () => {
  const pieces = [RELEASE_RQ.slice(0, 3), Uint8Array.of(...RELEASE_RQ.slice(3), ...ABORT), ABORT];
  const source = new PduSource(reads(pieces, "close"));
  const read = await readAll(source);
  assert.deepEqual(read, { types: ["A-RELEASE-RQ", "A-ABORT", "A-ABORT"], end: "close" });
  assert.equal(source.framer.position, "idle");
});

Deno.test("PduSource gives all complete PDUs before it fails over the next", async () => {
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT, 0x48, 0x54, 0x54, 0x50, 0x2f, 0x31);
  const read = await readAll(new PduSource(reads([piece], "close")));
  assert.deepEqual(read.types, ["A-RELEASE-RQ", "A-ABORT"]);
  assert.equal(defectKind(read.end), "unrecognized-type");
});

Deno.test("PduSource gives all complete PDUs before it fails over a cut one", async () => {
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT.slice(0, 7));
  const read = await readAll(new PduSource(reads([piece], "close")));
  assert.deepEqual(read.types, ["A-RELEASE-RQ"]);
  assert.equal(defectKind(read.end), "truncated");
});

Deno.test("PduSource gives all complete PDUs before the failure of its source", async () => {
  const reset = new Error("reset");
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT, ...RELEASE_RQ);
  const read = await readAll(new PduSource(reads([piece], reset)));
  assert.deepEqual(read.types, ["A-RELEASE-RQ", "A-ABORT", "A-RELEASE-RQ"]);
  assert.equal(read.end, reset);
});

Deno.test("PduSource takes the next piece when the PDUs of the last have been read", async () => {
  let pulled = 0;
  const endless = () => {
    pulled++;
    return Promise.resolve(Uint8Array.of(...ABORT, ...ABORT, ...ABORT));
  };
  const source = new PduSource(endless);
  await settle();
  assert.equal(pulled, 0);
  for (const pieces of [1, 1, 1, 2]) {
    await source.next();
    await settle();
    assert.equal(pulled, pieces);
  }
});

Deno.test("PduSource judges a header when somebody asks for its PDU, and none beyond", async () => {
  const judged: number[] = [];
  const judge = ({ typeCode }: { readonly typeCode: number }): "read" => {
    judged.push(typeCode);
    return "read";
  };
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT);
  const source = new PduSource(reads([piece], "close"), { judge });
  const seen: number[][] = [];
  for (let asked = 0; asked < 2; asked++) {
    await source.next();
    await settle();
    seen.push([...judged]);
  }
  assert.deepEqual(seen, [[5], [5, 7]]);
});

Deno.test("PduSource reports each piece that completes nothing", async () => {
  let pieces = 0;
  const onProgress = () => pieces++;
  const parts = [RELEASE_RQ.slice(0, 1), RELEASE_RQ.slice(1, 8), RELEASE_RQ.slice(8)];
  await new PduSource(reads(parts, "close"), { onProgress }).next();
  // Once before the first piece, once after each of the two that were not enough.
  assert.equal(pieces, 3);
});
