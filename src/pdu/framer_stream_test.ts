import assert from "node:assert/strict";
import { bytes } from "../../tests/support/pdu_cases.ts";
import { PduDecodeError, PduFramerStream } from "./mod.ts";
import type { FramedPdu } from "./types.ts";

const RELEASE_RQ = bytes("05 00 00000004 00000000");
const ABORT = bytes("07 00 00000004 00000202");

/** A source that gives these pieces, then ends or fails. */
function source(pieces: readonly Uint8Array[], end: "close" | Error): ReadableStream<Uint8Array> {
  const rest = [...pieces];
  return new ReadableStream({
    pull: (controller) => {
      const piece = rest.shift();
      if (piece !== undefined) controller.enqueue(piece);
      else if (end === "close") controller.close();
      else controller.error(end);
    },
  }, { highWaterMark: 0 });
}

function framed(
  source: ReadableStream<Uint8Array>,
  options?: ConstructorParameters<typeof PduFramerStream>[1],
): ReadableStream<FramedPdu> {
  return new PduFramerStream(source.getReader(), options).readable;
}

/** Types of the PDUs read, and what ended the stream. */
async function readAll(
  stream: ReadableStream<FramedPdu>,
): Promise<{ types: string[]; end: unknown }> {
  const types: string[] = [];
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return { types, end: "close" };
      types.push(value.type);
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

Deno.test("PduFramerStream gives PDUs in order and ends", async () => {
  const pieces = [RELEASE_RQ.slice(0, 3), Uint8Array.of(...RELEASE_RQ.slice(3), ...ABORT), ABORT];
  const { framer, readable } = new PduFramerStream(source(pieces, "close").getReader());
  const read = await readAll(readable);
  assert.deepEqual(read, { types: ["A-RELEASE-RQ", "A-ABORT", "A-ABORT"], end: "close" });
  assert.equal(framer.position, "idle");
});

Deno.test("PduFramerStream gives all complete PDUs before it fails over the next", async () => {
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT, 0x48, 0x54, 0x54, 0x50, 0x2f, 0x31);
  const read = await readAll(framed(source([piece], "close")));
  assert.deepEqual(read.types, ["A-RELEASE-RQ", "A-ABORT"]);
  assert.equal(defectKind(read.end), "unrecognized-type");
});

Deno.test("PduFramerStream gives all complete PDUs before it fails over a cut one", async () => {
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT.slice(0, 7));
  const read = await readAll(framed(source([piece], "close")));
  assert.deepEqual(read.types, ["A-RELEASE-RQ"]);
  assert.equal(defectKind(read.end), "truncated");
});

Deno.test("PduFramerStream gives all complete PDUs before the failure of its source", async () => {
  const reset = new Error("reset");
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT, ...RELEASE_RQ);
  const read = await readAll(framed(source([piece], reset)));
  assert.deepEqual(read.types, ["A-RELEASE-RQ", "A-ABORT", "A-RELEASE-RQ"]);
  assert.equal(read.end, reset);
});

Deno.test("PduFramerStream cancels its source when nobody reads any more", async () => {
  let cancelled: unknown;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(Uint8Array.of(...ABORT, ...ABORT)),
    cancel: (reason) => void (cancelled = reason),
  }, { highWaterMark: 0 });
  const reader = framed(endless).getReader();
  await reader.read();
  const reason = new Error("enough");
  await reader.cancel(reason);
  await settle();
  assert.equal(cancelled, reason);
});

Deno.test("PduFramerStream takes the next piece when the PDUs of the last have been read", async () => {
  let pulled = 0;
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      pulled++;
      controller.enqueue(Uint8Array.of(...ABORT, ...ABORT, ...ABORT));
    },
  }, { highWaterMark: 0 });
  const reader = framed(endless).getReader();
  await settle();
  assert.equal(pulled, 0);
  for (const pieces of [1, 1, 1, 2]) {
    await reader.read();
    await settle();
    assert.equal(pulled, pieces);
  }
  await reader.cancel();
});

Deno.test("PduFramerStream judges a header when somebody asks for its PDU, and none beyond", async () => {
  const judged: number[] = [];
  const judge = ({ typeCode }: { readonly typeCode: number }): "read" => {
    judged.push(typeCode);
    return "read";
  };
  const piece = Uint8Array.of(...RELEASE_RQ, ...ABORT);
  const reader = framed(source([piece], "close"), { judge }).getReader();
  const seen: number[][] = [];
  for (let asked = 0; asked < 2; asked++) {
    await reader.read();
    await settle();
    seen.push([...judged]);
  }
  assert.deepEqual(seen, [[5], [5, 7]]);
});

Deno.test("PduFramerStream reports each piece that completes nothing", async () => {
  let pieces = 0;
  const onProgress = () => pieces++;
  const parts = [RELEASE_RQ.slice(0, 1), RELEASE_RQ.slice(1, 8), RELEASE_RQ.slice(8)];
  await framed(source(parts, "close"), { onProgress }).getReader().read();
  // Once before the first piece, once after each of the two that were not enough.
  assert.equal(pieces, 3);
});
