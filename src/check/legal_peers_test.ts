/** Whatever a peer is free to do by PS3.8 and PS3.7, it is verified. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { checkWith, worldWith } from "../../tests/support/memory_peer.ts";
import type { MemoryWire } from "../../tests/support/memory_wire.ts";
import {
  acceptedContext,
  ascii,
  echoResponse,
  element,
  item,
  number,
  pdu,
  userInformation,
} from "../../tests/support/wire_bytes.ts";
import { TRANSFER_SYNTAXES } from "../dicom/mod.ts";
import { type AssociateRq, decodePdu, type Pdu } from "../pdu/mod.ts";
import { runCheck } from "./check.ts";

/** What one legal peer does; the numbers are choices that its script makes use of in turn. */
interface LegalPeer {
  readonly contexts: number;
  readonly transferSyntaxes: number;
  readonly repeat: number;
  readonly ending: "release" | "abort";
  readonly maximumLength: number;
  readonly choices: readonly number[];
  readonly unknownItems: readonly { readonly type: number; readonly value: string }[];
  readonly details: readonly string[];
  readonly pieces: readonly number[];
}

function hexBytes(maxLength: number): fc.Arbitrary<string> {
  return fc.uint8Array({ maxLength }).map((bytes) => bytes.toHex());
}

const evenBytes = hexBytes(20).map((hex) => hex.length % 4 === 0 ? hex : `${hex}00`);

const legalPeer: fc.Arbitrary<LegalPeer> = fc.record({
  contexts: fc.integer({ min: 1, max: 6 }),
  transferSyntaxes: fc.integer({ min: 1, max: 38 }),
  repeat: fc.integer({ min: 1, max: 4 }),
  ending: fc.constantFrom("release", "abort"),
  maximumLength: fc.oneof(
    fc.constant(0),
    fc.integer({ min: 14, max: 100 }),
    fc.integer({ min: 14, max: 0xffff_ffff }),
  ),
  choices: fc.array(fc.nat(), { minLength: 12, maxLength: 40 }),
  unknownItems: fc.array(
    fc.record({ type: fc.integer({ min: 0x60, max: 0xff }), value: hexBytes(30) }),
    { maxLength: 4 },
  ),
  details: fc.uniqueArray(
    fc.tuple(fc.constantFrom(0x0901, 0x0902, 0x0903, 0x1000, 0x5555), evenBytes),
    { selector: ([tag]) => tag, maxLength: 4 },
  ).map((pairs) => pairs.sort(([a], [b]) => a - b).map(([tag, value]) => element(tag, value))),
  pieces: fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 20 }),
});

/** Makes the choices of a peer one after another. */
class Choices {
  readonly #numbers: readonly number[];
  #at = 0;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers;
  }

  /** A number below `limit`. */
  below(limit: number): number {
    return (this.#numbers[this.#at++ % this.#numbers.length] ?? 0) % limit;
  }

  /** The items in some order. */
  shuffled<T>(items: readonly T[]): T[] {
    const rest = [...items];
    const order: T[] = [];
    while (rest.length > 0) order.push(...rest.splice(this.below(rest.length), 1));
    return order;
  }
}

/** An answer with all its items in any order; at least one context is accepted. */
function answerTo(request: AssociateRq, { peer, choices }: Playing): string {
  const accepted = choices.below(request.presentationContexts.length);
  const contexts = request.presentationContexts.map(({ id, transferSyntaxes }, at) => {
    const refused = at !== accepted && choices.below(2) === 0;
    if (refused) return item(0x21, `${number(id, 1)}00${number(1 + choices.below(4), 1)}00`);
    const syntax = transferSyntaxes[choices.below(transferSyntaxes.length)];
    return acceptedContext(id, syntax ?? "");
  });
  const userItems = [
    item(0x51, number(peer.maximumLength, 4)),
    item(0x52, ascii("1.2.3")),
    ...choices.below(2) === 0 ? [] : [item(0x55, ascii("SOMEBODY"))],
    ...choices.below(2) === 0 ? [] : [item(0x53, "00010001")],
    ...choices.below(2) === 0 ? [] : [item(0x59, "0000")],
    ...peer.unknownItems.map(({ type, value }) => item(type, value)),
  ];
  const items = [
    item(0x10, ascii("1.2.840.10008.3.1.1.1")),
    ...contexts,
    userInformation(choices.shuffled(userItems)),
    ...peer.unknownItems.map(({ type, value }) => item(type, value)),
  ];
  const reserved = number(choices.below(256), 1).repeat(32);
  const titles = ascii("ANY-SCP".padEnd(16) + "ECHOSCU".padEnd(16));
  return pdu(0x02, `00010000${titles}${reserved}${choices.shuffled(items).join("")}`);
}

/** The response in any number of fragments, in any number of PDUs. */
function responsePdus(command: string, { choices, contextId }: Playing & { contextId: number }) {
  const pdvs: string[] = [];
  for (let at = 0; at < command.length;) {
    const end = Math.min(command.length, at + 4 * (1 + choices.below(40)));
    const flags = end === command.length ? "03" : "01";
    const data = `${number(contextId, 1)}${flags}${command.slice(at, end)}`;
    pdvs.push(number(data.length / 2, 4) + data);
    at = end;
  }
  let pdus = "";
  for (let at = 0; at < pdvs.length;) {
    const count = 1 + choices.below(3);
    pdus += pdu(0x04, pdvs.slice(at, at + count).join(""));
    at += count;
  }
  return pdus;
}

interface Playing {
  readonly peer: LegalPeer;
  readonly choices: Choices;
}

/** Reads what comes strictly, and answers it. */
class Acceptor {
  readonly #playing: Playing;
  #command = "";
  #messageId = 0;

  constructor(playing: Playing) {
    this.#playing = playing;
  }

  /** The answer to the bytes of one PDU. */
  answer(wire: MemoryWire, bytes: Uint8Array): void {
    const hex = this.#answerTo(decodePdu(bytes), wire);
    for (let at = 0, turn = 0; at < hex.length; turn++) {
      const { pieces } = this.#playing.peer;
      const size = 2 * (pieces[turn % pieces.length] ?? 1);
      wire.send(hex.slice(at, at + size));
      at += size;
    }
  }

  #answerTo(came: Pdu, wire: MemoryWire): string {
    switch (came.type) {
      case "A-ASSOCIATE-RQ":
        return answerTo(came, this.#playing);
      case "P-DATA-TF":
        return this.#answerToData(came);
      case "A-RELEASE-RQ":
        return pdu(0x06, number(this.#playing.choices.below(0xffff), 4));
      case "A-ABORT":
        wire.end();
        return "";
      default:
        throw new Error(`a requestor must not send ${came.type}`);
    }
  }

  #answerToData({ pdvs }: Extract<Pdu, { type: "P-DATA-TF" }>): string {
    const { maximumLength, details } = this.#playing.peer;
    for (const { contextId, data, isLast, kind } of pdvs) {
      assert.equal(kind, "command");
      assert.ok(maximumLength === 0 || data.length + 6 <= maximumLength);
      this.#command += data.toHex();
      if (!isLast) continue;
      assert.equal(this.#command.length, 2 * 68);
      this.#command = "";
      const command = echoResponse(details, { messageId: ++this.#messageId });
      return responsePdus(command, { ...this.#playing, contextId });
    }
    return "";
  }
}

Deno.test("a peer that does what the standard allows is verified", async () => {
  await fc.assert(
    fc.asyncProperty(legalPeer, async (peer) => {
      const world = worldWith([]);
      const acceptor = new Acceptor({ peer, choices: new Choices(peer.choices) });
      world.wire.onWrite = () => {
        acceptor.answer(world.wire, world.wire.written.at(-1) ?? new Uint8Array(0));
      };
      const result = await runCheck(
        checkWith({
          contexts: peer.contexts,
          transferSyntaxes: TRANSFER_SYNTAXES.slice(0, peer.transferSyntaxes).map(({ uid }) => uid),
          repeat: peer.repeat,
          ending: peer.ending,
        }),
        world,
      );
      assert.equal(result.outcome, "verified", JSON.stringify(result));
      assert.equal(result.echoes.length, peer.repeat);
      assert.ok(world.wire.closed > 0);
      assert.equal(world.clock.pending, 0);
    }),
    { numRuns: 500 },
  );
});
