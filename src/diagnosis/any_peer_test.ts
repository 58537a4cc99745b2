/** Whatever bytes a peer sends, and however it ends: the check ends in one of the situations. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { errorIn, EXAMPLE_CHECK, EXAMPLES, troubledCheck } from "../../tools/diagnosis_examples.ts";
import { type Check, type CheckResult, runCheck } from "../check/mod.ts";
import { encodeCommandSet } from "../dimse/mod.ts";
import { exitCodeOf } from "../report/mod.ts";
import { encodePdu, type Pdu } from "../pdu/mod.ts";
import type { ByteStream, Ending } from "../transport/types.ts";
import { diagnose } from "./diagnose.ts";
import { SITUATIONS } from "./situations.ts";

/** What a peer does: its bytes are there before they are asked for. */
interface PeerScript {
  readonly pieces: readonly Uint8Array[];
  /** How the connection ends after them; `silent`: it does not. */
  readonly end: "fin" | "reset" | "silent";
  /** How many writes succeed. */
  readonly writes: number;
}

const ACCEPT = encodePdu({
  type: "A-ASSOCIATE-AC",
  protocolVersion: 1,
  calledAeTitle: "PACS1",
  callingAeTitle: "MYSCU",
  applicationContextName: "1.2.840.10008.3.1.1.1",
  presentationContexts: [{ id: 1, result: "acceptance", transferSyntax: "1.2.840.10008.1.2" }],
  userInformation: [{ type: "maximum-length", maximumLength: 16_384 }],
  unrecognizedItems: [],
});

function response(status: number): Uint8Array {
  const data = encodeCommandSet({
    type: "C-ECHO-RSP",
    affectedSopClassUid: "1.2.840.10008.1.1",
    messageIdBeingRespondedTo: 1,
    status,
  });
  return encodePdu({
    type: "P-DATA-TF",
    pdvs: [{ contextId: 1, kind: "command", isLast: true, data }],
  });
}

const RELEASED = encodePdu({ type: "A-RELEASE-RP" });
const OTHERS = ([
  { type: "A-ASSOCIATE-RJ", result: 1, source: 1, reason: 7 },
  { type: "A-ABORT", source: 2, reason: 1 },
  { type: "A-RELEASE-RQ" },
  { type: "A-RELEASE-RP" },
] as const satisfies readonly Pdu[]).map(encodePdu);

async function check(script: PeerScript, part: Partial<Check> = {}): Promise<CheckResult> {
  let now = 0;
  return await runCheck({ ...EXAMPLE_CHECK, ...part }, {
    dial: () => Promise.resolve(streamOf(script)),
    clock: {
      now: () => now,
      after(ms, wake) {
        const at = now + ms;
        const timer = setTimeout(() => {
          now = Math.max(now, at);
          wake();
        });
        return () => clearTimeout(timer);
      },
    },
    trace: () => {},
  });
}

function streamOf({ pieces, end, writes }: PeerScript): ByteStream {
  const left = [...pieces];
  let ending: Ending | undefined;
  let written = 0;
  return {
    readable: new ReadableStream<Uint8Array>({
      pull(controller) {
        const piece = left.shift();
        if (piece !== undefined) return controller.enqueue(piece);
        if (end === "silent") return new Promise(() => {});
        ending = end;
        controller.close();
      },
    }, { highWaterMark: 0 }),
    writable: new WritableStream<Uint8Array>({
      write() {
        if (++written > writes) throw new Error("gone");
      },
    }),
    local: { host: "127.0.0.1", port: 1 },
    remote: { host: "127.0.0.1", port: 104 },
    get ending() {
      return ending;
    },
    close() {},
  };
}

/** A PDU as it should be, changed in a byte, cut, or something else altogether. */
function spoiled(pdu: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> {
  return fc.oneof(
    { weight: 4, arbitrary: pdu },
    {
      weight: 4,
      arbitrary: fc.tuple(pdu, fc.nat(), fc.integer({ min: 0, max: 255 })).map(
        ([bytes, at, value]) => bytes.with(at % bytes.length, value),
      ),
    },
    fc.tuple(pdu, fc.nat()).map(([bytes, at]) => bytes.subarray(0, at % bytes.length)),
    fc.uint8Array({ maxLength: 20 }),
    fc.constantFrom(...OTHERS),
  );
}

const script: fc.Arbitrary<PeerScript> = fc.record({
  pieces: fc.tuple(
    spoiled(fc.constant(ACCEPT)),
    spoiled(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff })).map(response)),
    spoiled(fc.constant(RELEASED)),
  ),
  end: fc.constantFrom("fin", "reset", "silent"),
  writes: fc.oneof({ weight: 5, arbitrary: fc.constant(99) }, fc.nat({ max: 3 })),
});

const limits = fc.record({
  dimseTimeoutSeconds: fc.constantFrom(undefined, 5),
  repeat: fc.constantFrom(1, 2),
  ending: fc.constantFrom("release", "abort"),
});

Deno.test("a peer that does everything right is verified, whatever pieces its bytes come in", async () => {
  const pieces = [ACCEPT, response(0), RELEASED];
  assert.equal((await check({ pieces, end: "fin", writes: 99 })).outcome, "verified");
});

Deno.test("whatever bytes a peer sends, its failure has exactly one situation", async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(script, limits, async (peer, part) => {
      const result = await check(peer, part);
      if (result.outcome === "verified" && result.endingError === undefined) return;
      const error = errorIn(result);
      const rows = SITUATIONS.filter((row) => row.matches(error, result));
      assert.equal(rows.length, 1, `${rows.length} rows for ${error}`);
      const { situation, stage } = diagnose(result);
      assert.equal(stage, error.stage);
      seen.add(situation);
      for (const codes of ["default", "detailed"] as const) {
        const code = exitCodeOf(result, codes);
        const named = (EXAMPLES[situation] ?? []).map((one) =>
          exitCodeOf(troubledCheck(one), codes)
        );
        // An association that cannot be ended any more makes it 1, whatever the failure was.
        if (codes === "default" && code === 1 && result.endingError !== undefined) continue;
        assert.ok(named.includes(code), `${situation} ends with ${code}, the page says ${named}`);
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(seen.size > 30, `only ${seen.size} situations were seen`);
});
