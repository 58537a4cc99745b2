/**
 * A seeded fuzzer for the TLS engine.
 *
 * `deno run tests/fuzz/tls.ts --seconds N | --mutants N [--seed S]` changes what servers send: recorded bytes of OpenSSL
 * on the wire, and messages of a server of our own before they are protected. It looks for anything but the engine's own
 * outcomes, for data that the server did not send, and for steps that take long. Every mutant has a seed of its own: the
 * first one that fails is printed with the command that repeats it, and the exit code is 1.
 */

// deno-lint-ignore rooms/room-imports -- the server is made for tests, the room does not export it
import { TestServer } from "../../src/tls_engine/testing.ts";
import type { EngineEvent } from "../../src/tls_engine/mod.ts";
import { SERVERS } from "../support/changed_servers.ts";
import { Dice } from "../support/dice.ts";
import {
  RECORDED_DATA,
  RECORDED_HANDSHAKES,
  recordedClient,
  replayed,
} from "../support/recorded_handshakes.ts";

/** Longest time of one mutant: far above what any takes on a busy machine. */
const LONGEST_MS = 20_000;

/** Bytes that borders and lengths are made of. */
const TELLING = [0, 1, 2, 3, 4, 20, 21, 22, 23, 0x16, 0x40, 0x7f, 0x80, 0xfe, 0xff];

/** `bytes` with one to three changes: set, removed, doubled, put in, cut off. */
function mutated(bytes: Uint8Array, dice: Dice): Uint8Array<ArrayBuffer> {
  const output = [...bytes];
  for (let changes = 1 + dice.below(3); changes > 0; changes--) {
    const at = dice.below(output.length + 1);
    switch (dice.below(6)) {
      case 0:
        output[Math.min(at, Math.max(0, output.length - 1))] = dice.below(256);
        break;
      case 1:
        output[Math.min(at, Math.max(0, output.length - 1))] = dice.pick(TELLING);
        break;
      case 2:
        output.splice(at, 1 + dice.below(12));
        break;
      case 3:
        output.splice(at, 0, ...output.slice(at, at + dice.below(80)));
        break;
      case 4:
        output.splice(at, 0, ...Array.from({ length: 1 + dice.below(6) }, () => dice.below(256)));
        break;
      default:
        if (dice.below(4) === 0) output.length = at;
        else output[Math.min(at, Math.max(0, output.length - 1))] = dice.pick(TELLING);
    }
  }
  return Uint8Array.from(output);
}

/** Cuts bytes into up to four pieces. */
function pieces(bytes: Uint8Array, dice: Dice): readonly Uint8Array[] {
  const places = Array.from({ length: dice.below(4) }, () => dice.below(bytes.length + 1));
  const borders = [0, ...places.toSorted((a, b) => a - b), bytes.length];
  return borders.slice(1).map((end, at) => bytes.subarray(borders[at], end));
}

/** A recorded handshake with changes on the wire. */
function onTheWire(dice: Dice): readonly EngineEvent[] {
  const recorded = dice.pick(RECORDED_HANDSHAKES);
  const flight = dice.below(recorded.theirs.length);
  let turn = 0;
  const events: EngineEvent[] = [];
  const cut = (bytes: Uint8Array) => pieces(turn++ === flight ? mutated(bytes, dice) : bytes, dice);
  for (const step of replayed(recorded, cut)) events.push(...step.events);
  requireOwnData(events, RECORDED_DATA.theirs);
  return events;
}

/** A server whose message is changed before it is protected; what it says of our answers does not count. */
function inMessages(dice: Dice): readonly EngineEvent[] {
  const settings = dice.pick(SERVERS);
  const chosen = dice.below(6);
  let turn = 0;
  const server = new TestServer(settings, {
    change: (_type, body) => turn++ === chosen ? mutated(body, dice) : undefined,
    after: (send) => {
      if (chosen === 5) send({ type: 20 + dice.below(4), bytes: mutated(new Uint8Array(8), dice) });
    },
  });
  const client = recordedClient({ versions: [settings.version], suites: [settings.suite] });
  const events: EngineEvent[] = [];
  let { send } = client.start();
  for (let rounds = 0; rounds < 6 && send.length > 0; rounds++) {
    let back: Uint8Array;
    try {
      back = server.receive(send);
    } catch {
      break;
    }
    const step = client.receive(back);
    events.push(...step.events);
    send = step.send;
  }
  return events;
}

function requireOwnData(events: readonly EngineEvent[], sent: string): void {
  const data = events.flatMap((event) => event.type === "data" ? [...event.bytes] : []);
  const text = new TextDecoder().decode(Uint8Array.from(data));
  if (!sent.startsWith(text)) throw new Error(`data that was never sent: ${JSON.stringify(text)}`);
}

/** How a connection came to its end, by a stable name. */
function outcomeOf(events: readonly EngineEvent[]): string {
  const last = events.at(-1);
  if (last === undefined) return "waits";
  return last.type === "violation" ? `violation ${last.violation}` : last.type;
}

function option(name: string, args: readonly string[]): number | undefined {
  const value = args[args.indexOf(`--${name}`) + 1];
  if (!args.includes(`--${name}`)) return undefined;
  if (value === undefined || !/^\d{1,9}$/.test(value)) throw new Error(`--${name} wants a number`);
  return Number(value);
}

function main(args: readonly string[]): number {
  const seed = option("seed", args) ?? 1;
  const mutants = option("mutants", args) ?? Infinity;
  const seconds = option("seconds", args) ?? (mutants === Infinity ? 10 : Infinity);
  const began = performance.now();
  const outcomes = new Map<string, number>();
  let [count, slowest, heap] = [0, 0, 0];
  for (; count < mutants && performance.now() - began < 1000 * seconds; count++) {
    const at = performance.now();
    try {
      const dice = new Dice(seed + count);
      const outcome = outcomeOf(dice.below(4) === 0 ? inMessages(dice) : onTheWire(dice));
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      slowest = Math.max(slowest, performance.now() - at);
      if (slowest > LONGEST_MS) throw new Error(`a mutant took ${slowest.toFixed(0)} ms`);
    } catch (error) {
      console.error(error);
      console.error(`repeat: deno run ${TASK} --mutants 1 --seed ${seed + count}`);
      return 1;
    }
    if (count % 1000 === 0) heap = Math.max(heap, Deno.memoryUsage().heapUsed);
  }
  const each = [...outcomes].toSorted(([, a], [, b]) => b - a);
  for (const [name, times] of each) console.log(`${String(times).padStart(8)}  ${name}`);
  const seconds1 = ((performance.now() - began) / 1000).toFixed(1);
  const most = (heap / 2 ** 20).toFixed(0);
  console.log(
    `${count} mutants from seed ${seed} in ${seconds1} s: own outcomes only; ` +
      `slowest ${slowest.toFixed(0)} ms, heap at most ${most} MiB`,
  );
  return 0;
}

const TASK = "tests/fuzz/tls.ts";

if (import.meta.main) Deno.exit(main(Deno.args));
