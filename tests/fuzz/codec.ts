/**
 * A seeded fuzzer for the framer, the PDU decoder and the command set decoder.
 *
 * `deno run tests/fuzz/codec.ts --seconds N [--seed S] [--executions N]` takes the PDU cases of the codec and the PDUs
 * of the recorded network cases (`corpus.json`), changes them, and looks for anything but the rooms' own errors, for
 * values that change when they are encoded and decoded again, for PDUs that depend on how the bytes are cut, and for
 * buffers that outgrow what came. Every execution has a seed of its own: the first one that fails is printed with the
 * command that repeats it, and the exit code is 1.
 */
import { bytes, PDU_CASES } from "../support/pdu_cases.ts";
import { Dice } from "../support/dice.ts";
import corpus from "./corpus.json" with { type: "json" };
import { decodePdu, encodePdu, PduDecodeError, PduFramer } from "../../src/pdu/mod.ts";
import type { FramedPdu } from "../../src/pdu/mod.ts";
import {
  CommandAssembler,
  decodeCommandSet,
  DimseError,
  encodeCommandSet,
  fragmentCommand,
  parseCEchoRq,
  parseCEchoRsp,
} from "../../src/dimse/mod.ts";

/** Bytes that borders and lengths are made of. */
const TELLING = [0, 1, 2, 3, 4, 5, 6, 7, 8, 0x10, 0x20, 0x21, 0x30, 0x40, 0x50, 0x51, 0x54, 0x56]
  .concat([0x57, 0x58, 0x59, 0x7f, 0x80, 0xe0, 0xfe, 0xff]);

const PDUS = [
  ...PDU_CASES.map((one) => bytes(one.hex)),
  ...corpus.map((hex) => Uint8Array.fromHex(hex)),
];
/** Type, length, and the head of one PDV: what comes before a command. */
const COMMAND_OFFSET = 12;
const COMMANDS = PDUS.filter(([type]) => type === 0x04).map((pdu) => pdu.subarray(COMMAND_OFFSET))
  .filter((data) => data.length > 30);

/** `input` with a few changes: bytes set, removed, doubled, pieces of others put in. */
function mutate(input: Uint8Array, using: { dice: Dice; corpus: readonly Uint8Array[] }): number[] {
  const { dice, corpus } = using;
  const output = [...input];
  for (let changes = dice.below(6); changes > 0; changes--) {
    const at = dice.below(output.length + 1);
    switch (dice.below(6)) {
      case 0:
        output[Math.min(at, output.length)] = dice.below(256);
        break;
      case 1:
        output[Math.min(at, output.length)] = dice.pick(TELLING);
        break;
      case 2:
        output.splice(at, dice.below(12));
        break;
      case 3:
        output.splice(at, 0, ...output.slice(at, at + dice.below(40)));
        break;
      case 4: {
        const other = dice.pick(corpus);
        const from = dice.below(other.length);
        output.splice(at, dice.below(20), ...other.subarray(from, from + dice.below(60)));
        break;
      }
      default:
        output.length = Math.min(at, output.length);
    }
  }
  return output;
}

/** A mutated PDU, mostly with a true length field. */
function makePdu(dice: Dice): Uint8Array {
  const output = Uint8Array.from(mutate(dice.pick(PDUS), { dice, corpus: PDUS }));
  if (output.length >= 6 && dice.below(4) > 0) {
    new DataView(output.buffer).setUint32(2, output.length - 6);
  }
  return output;
}

function check(condition: boolean, what: string): void {
  if (!condition) throw new Error(what);
}

function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Runs `action`; `undefined` when it throws the room's own error. */
function expecting<Result>(
  kind: typeof PduDecodeError | typeof DimseError,
  action: () => Result,
): Result | undefined {
  try {
    return action();
  } catch (error) {
    if (error instanceof kind) return undefined;
    throw error;
  }
}

function fuzzDecoder(dice: Dice): void {
  const input = makePdu(dice);
  const lenient = dice.below(2) === 0;
  const pdu = expecting(PduDecodeError, () => decodePdu(input, { lenient }));
  if (pdu === undefined) return;
  const once = encodePdu(pdu);
  const twice = encodePdu(decodePdu(once));
  check(isEqual(once, twice), "encoding is not stable");
}

/** What a framer found and how it ended, for one way of cutting the bytes. */
function frame(input: Uint8Array, size: () => number): string {
  const framer = new PduFramer({ lenient: true, limits: { associate: 4096, pData: 4096 } });
  const found: FramedPdu[] = [];
  const ended = expecting(PduDecodeError, () => {
    for (let at = 0, taken = 0; at < input.length; at += taken) {
      taken = size();
      found.push(...framer.push(input.subarray(at, at + taken)));
      check(framer.buffered <= at + taken, "the framer keeps more than came");
    }
    framer.end();
    return true;
  });
  const text = JSON.stringify(
    found,
    (_key, value) => value instanceof Uint8Array ? [...value] : value,
  );
  return `${text} ${ended ?? framer.error?.message}`;
}

function fuzzFramer(dice: Dice): void {
  const stream = Uint8Array.from(
    Array.from({ length: 1 + dice.below(4) }, () => [...makePdu(dice)]).flat(),
  );
  const whole = frame(stream, () => Math.max(1, stream.length));
  check(frame(stream, () => 1) === whole, "PDUs byte by byte differ");
  check(frame(stream, () => 1 + dice.below(50)) === whole, "PDUs in pieces differ");
}

function fuzzCommandSet(dice: Dice): void {
  const input = Uint8Array.from(mutate(dice.pick(COMMANDS), { dice, corpus: COMMANDS }));
  const isCut = dice.below(3) === 0;
  const set = expecting(DimseError, () => decodeCommandSet(input, { isCut }));
  if (set === undefined) return;
  expecting(DimseError, () => parseCEchoRsp(set, { expectedMessageId: 1 }));
  expecting(DimseError, () => parseCEchoRq(set));
  const once = encodeCommandSet(set);
  check(isEqual(once, encodeCommandSet(decodeCommandSet(once))), "command sets are not stable");
  const maximumLength = dice.below(2) * (14 + 2 * dice.below(60));
  const assembler = new CommandAssembler();
  for (const pdvs of fragmentCommand(once, { maximumLength, contextId: 1 })) assembler.add(pdvs);
  const command = expecting(DimseError, () => assembler.next());
  if (set.elements.every(({ value }) => value.length % 2 === 0)) {
    check(command !== undefined && isEqual(command.bytes, once), "fragments do not fit together");
  }
}

const TARGETS = [fuzzDecoder, fuzzFramer, fuzzCommandSet];

/** The value of `--name N`, or `otherwise`. */
function option(name: string, otherwise: number): number {
  const at = Deno.args.indexOf(`--${name}`);
  const value = at < 0 ? otherwise : Number(Deno.args[at + 1]);
  if (Number.isInteger(value) && value >= 0) return value;
  console.error(`--${name} needs a whole number`);
  Deno.exit(2);
}

/** Runs until the time or the number of executions is reached; gives how many were done. */
function fuzz(until: { seed: number; seconds: number; executions: number }): number {
  const { seed, executions } = until;
  const deadline = performance.now() + until.seconds * 1000;
  let done = 0;
  while (done < executions && (done % 256 !== 0 || performance.now() < deadline)) {
    const own = (seed + done) >>> 0;
    const dice = new Dice(own);
    const target = dice.pick(TARGETS);
    try {
      target(dice);
    } catch (error) {
      console.error(`${target.name} fails with seed ${own}:`, error);
      console.error(`repeat: deno run tests/fuzz/codec.ts --seed ${own} --executions 1`);
      Deno.exit(1);
    }
    done++;
  }
  return done;
}

if (import.meta.main) {
  const seed = option("seed", crypto.getRandomValues(new Uint32Array(1))[0] ?? 0);
  const executions = option("executions", Number.MAX_SAFE_INTEGER);
  const seconds = option("seconds", 10);
  console.log(`seed ${seed}`);
  const done = fuzz({ seed, seconds, executions });
  console.log(`${done} executions in ${TARGETS.map(({ name }) => name).join(", ")}: nothing found`);
}
