import assert from "node:assert/strict";
import fc from "fast-check";
import { bytes, PDU_CASES } from "../../tests/support/pdu_cases.ts";
import { decodePdu, encodePdu, PduDecodeError, PduFramer } from "./mod.ts";
import type {
  AssociateFields,
  ContextResult,
  FramedPdu,
  Pdu,
  ProposedContext,
  UserItem,
} from "./types.ts";

const RUNS = { numRuns: 300 };

const byte = fc.integer({ min: 0, max: 255 });
const short = fc.integer({ min: 0, max: 0xffff });
const blob = fc.uint8Array({ maxLength: 40 });
const name = fc.string({
  unit: byte.map((code) => String.fromCharCode(code)),
  maxLength: 64,
});
const title = fc.string({ maxLength: 16, unit: byte.map((code) => String.fromCharCode(code)) })
  .map((text) => text.replace(/ +$/, ""));

const commonItems: fc.Arbitrary<UserItem>[] = [
  fc.record({
    type: fc.constant("maximum-length" as const),
    maximumLength: fc.integer({ min: 0, max: 0xffff_ffff }),
  }),
  fc.record({
    type: fc.constant("implementation-class-uid" as const),
    implementationClassUid: name,
  }),
  fc.record({
    type: fc.constant("implementation-version-name" as const),
    implementationVersionName: name,
  }),
  fc.record({
    type: fc.constant("asynchronous-operations-window" as const),
    maximumOperationsInvoked: short,
    maximumOperationsPerformed: short,
  }),
  fc.record({
    type: fc.constant("role-selection" as const),
    sopClassUid: name,
    scuRole: byte,
    scpRole: byte,
  }),
  fc.record({
    type: fc.constant("extended-negotiation" as const),
    sopClassUid: name,
    serviceClassApplicationInformation: blob,
  }),
  fc.record({
    type: fc.constant("common-extended-negotiation" as const),
    version: byte,
    sopClassUid: name,
    serviceClassUid: name,
    relatedGeneralSopClassUids: fc.array(name, { maxLength: 3 }),
  }),
  fc.record({
    type: fc.constant("unrecognized" as const),
    itemType: fc.integer({ min: 0x5a, max: 0xff }),
    value: blob,
  }),
];

const requestItem: fc.Arbitrary<UserItem> = fc.oneof(
  ...commonItems,
  fc.record({
    type: fc.constant("user-identity-rq" as const),
    userIdentityType: byte,
    positiveResponseRequested: fc.boolean(),
    primaryField: blob,
    secondaryField: blob,
  }),
);

const answerItem: fc.Arbitrary<UserItem> = fc.oneof(
  ...commonItems,
  fc.record({ type: fc.constant("user-identity-ac" as const), serverResponse: blob }),
);

const proposedContext: fc.Arbitrary<ProposedContext> = fc.record({
  id: byte,
  abstractSyntax: fc.option(name, { nil: undefined }),
  transferSyntaxes: fc.array(name, { maxLength: 4 }),
});

const contextResult: fc.Arbitrary<ContextResult> = fc.oneof(
  fc.record({ id: byte, result: fc.constant("acceptance" as const), transferSyntax: name }),
  fc.record({
    id: byte,
    result: fc.constantFrom(
      "user-rejection" as const,
      "no-reason" as const,
      "abstract-syntax-not-supported" as const,
      "transfer-syntaxes-not-supported" as const,
    ),
  }),
  fc.record({
    id: byte,
    result: fc.constant("reserved" as const),
    code: fc.integer({ min: 5, max: 255 }),
  }),
);

/** The fields both associations share, with these user items. */
function fields(userItem: fc.Arbitrary<UserItem>): {
  [Key in keyof AssociateFields]: fc.Arbitrary<AssociateFields[Key]>;
} {
  return {
    protocolVersion: short.map((version) => version | 1),
    calledAeTitle: title,
    callingAeTitle: title,
    applicationContextName: fc.option(name, { nil: undefined }),
    userInformation: fc.array(userItem, { maxLength: 6 }),
    unrecognizedItems: fc.array(
      fc.record({ itemType: fc.integer({ min: 0x60, max: 0xff }), value: blob }),
      { maxLength: 3 },
    ),
  };
}

const anyPdu: fc.Arbitrary<Pdu> = fc.oneof(
  fc.record({
    type: fc.constant("A-ASSOCIATE-RQ" as const),
    ...fields(requestItem),
    presentationContexts: fc.array(proposedContext, { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("A-ASSOCIATE-AC" as const),
    ...fields(answerItem),
    presentationContexts: fc.array(contextResult, { maxLength: 4 }),
  }),
  fc.record({
    type: fc.constant("A-ASSOCIATE-RJ" as const),
    result: byte,
    source: byte,
    reason: byte,
  }),
  fc.record({
    type: fc.constant("P-DATA-TF" as const),
    pdvs: fc.array(
      fc.record({
        contextId: byte,
        kind: fc.constantFrom("command" as const, "data" as const),
        isLast: fc.boolean(),
        data: blob,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.constant({ type: "A-RELEASE-RQ" as const }),
  fc.constant({ type: "A-RELEASE-RP" as const }),
  fc.record({ type: fc.constant("A-ABORT" as const), source: byte, reason: byte }),
);

/** Bytes of a case with a few of them changed, and the length field true to them or not. */
const mutated = fc.tuple(
  fc.constantFrom(...PDU_CASES),
  fc.array(fc.tuple(fc.nat(), byte), { maxLength: 4 }),
  fc.boolean(),
).map(([one, changes, correct]) => {
  const input = bytes(one.hex);
  for (const [at, value] of changes) input[at % input.length] = value;
  if (correct) new DataView(input.buffer).setUint32(2, input.length - 6);
  return input;
});

/** The value, or `undefined` when the bytes are refused; anything but a `PduDecodeError` fails the test. */
function decoded(input: Uint8Array, lenient = false): Pdu | undefined {
  try {
    return decodePdu(input, { lenient });
  } catch (error) {
    assert.ok(error instanceof PduDecodeError, String(error));
    assert.ok(error.offset <= input.length, error.message);
    return undefined;
  }
}

Deno.test("decodePdu(encodePdu(x)) is x", () => {
  fc.assert(
    fc.property(anyPdu, (pdu) => assert.deepEqual(decodePdu(encodePdu(pdu)), plain(pdu))),
    RUNS,
  );
});

Deno.test("decodePdu() throws nothing but PduDecodeError over random bytes", () => {
  const typed = fc.tuple(fc.integer({ min: 1, max: 8 }), fc.uint8Array({ maxLength: 300 }))
    .map(([type, body]) => Uint8Array.of(type, 0, 0, 0, body.length >> 8, body.length, ...body));
  const input = fc.oneof(fc.uint8Array({ maxLength: 300 }), typed, mutated);
  fc.assert(
    fc.property(input, fc.boolean(), (bytes, lenient) => void decoded(bytes, lenient)),
    { numRuns: 3000 },
  );
});

Deno.test("what was decoded once stays the same when it is encoded and decoded again", () => {
  let kept = 0;
  fc.assert(
    fc.property(mutated, (input) => {
      const first = decoded(input);
      if (first === undefined) return;
      kept++;
      const second = decodePdu(encodePdu(first));
      assert.deepEqual(decodePdu(encodePdu(second)), second);
      assert.deepEqual(encodePdu(second), encodePdu(first));
    }),
    { numRuns: 3000 },
  );
  assert.ok(kept > 300, `only ${kept} inputs were PDUs`);
});

Deno.test("PduFramer finds the same PDUs however the bytes are cut", () => {
  const cuts = fc.array(fc.nat(), { maxLength: 20 });
  fc.assert(
    fc.property(fc.array(anyPdu, { minLength: 1, maxLength: 5 }), cuts, (pdus, cuts) => {
      const stream = Uint8Array.from(pdus.flatMap((pdu) => [...encodePdu(pdu)]));
      const borders = [0, ...cuts.map((cut) => cut % (stream.length + 1)), stream.length];
      borders.sort((a, b) => a - b);
      const framer = new PduFramer();
      const found: FramedPdu[] = [];
      for (const [index, border] of borders.entries()) {
        found.push(...framer.push(stream.subarray(border, borders[index + 1])));
      }
      framer.end();
      assert.deepEqual(found, pdus.map(plain));
    }),
    RUNS,
  );
});

Deno.test("PduFramer keeps less than a header when every body is skipped", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 20 }), (pieces) => {
      const framer = new PduFramer({ judge: () => "skip" });
      for (const piece of pieces) {
        try {
          framer.push(piece);
        } catch (error) {
          assert.ok(error instanceof PduDecodeError, String(error));
          assert.equal(error.defect.kind, "unrecognized-type");
        }
        assert.ok(framer.buffered < 6);
      }
    }),
    RUNS,
  );
});

/** The same value with ordinary prototypes, as the decoder makes it. */
function plain(pdu: Pdu): Pdu {
  return structuredClone(pdu);
}
