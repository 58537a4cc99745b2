/**
 * The script of a scripted peer: what a network case says the peer does, step by step.
 *
 * A step holds one `expect`, one `send`, or both (then `expect` comes first):
 *
 * - `expect`: the name of a PDU (`A-ASSOCIATE-RQ`, ...), `PDU` (any), `bytes N`, `close` (the client ends the
 *   connection with nothing left to read) or `eof` (the same, but more bytes may come before the end).
 *   With `optional: true` the script ends well when the client closes instead.
 * - `send`: bytes in hex, `wait N` (milliseconds), `close`, `shutdown` (half-close) or `rst`. Hex with `chunk` and
 *   `gapMs` goes out in pieces of so many bytes with so long a pause between them.
 */

// The tools stand on their own: a name that is wrong in src/ must not be right here for the same reason.
const PDU_NAMES: readonly string[] = [
  "A-ASSOCIATE-RQ",
  "A-ASSOCIATE-AC",
  "A-ASSOCIATE-RJ",
  "P-DATA-TF",
  "A-RELEASE-RQ",
  "A-RELEASE-RP",
  "A-ABORT",
];

/** One step as it is in case data. */
export interface Step {
  /** What must come. */
  readonly expect?: string;
  /** Whether the client may close instead. */
  readonly optional?: boolean;
  /** What is done after that. */
  readonly send?: string;
  /** Size of the pieces in which hex goes out. */
  readonly chunk?: number;
  /** Pause between the pieces. */
  readonly gapMs?: number;
  /** For the reader. */
  readonly comment?: string;
}

/** One thing to do; a step is one or two of them. */
export type Action =
  | { readonly do: "expect-pdu"; readonly type: string | undefined; readonly optional: boolean }
  | { readonly do: "expect-bytes"; readonly count: number; readonly optional: boolean }
  | { readonly do: "expect-end"; readonly silent: boolean }
  | Sending
  | { readonly do: "wait"; readonly ms: number }
  | { readonly do: "close" | "shutdown" | "reset" };

/** Bytes to send, in pieces of `chunk` bytes with `gapMs` milliseconds between them. */
export interface Sending {
  /** Tag of the union. */
  readonly do: "send";
  /** All bytes. */
  readonly bytes: Uint8Array;
  /** Size of a piece, at least 1 unless there is nothing to send. */
  readonly chunk: number;
  /** Pause between two pieces. */
  readonly gapMs: number;
}

/** Compiles steps to actions; throws on what it does not know, so that a misspelt case never passes. */
export function parseScript(steps: readonly Step[]): Action[] {
  return steps.flatMap((step, index) => {
    const actions: Action[] = [];
    if (step.expect !== undefined) actions.push(parseExpect(step.expect, step.optional ?? false));
    if (step.send !== undefined) actions.push(parseSend(step.send, step));
    if (actions.length === 0) throw new Error(`Step ${index + 1} neither expects nor sends`);
    return actions;
  });
}

/** Name of a PDU by its type byte; `0x99` for one the standard does not know. */
export function pduName(typeCode: number): string {
  return PDU_NAMES[typeCode - 1] ?? `0x${typeCode.toString(16).padStart(2, "0")}`;
}

/** Bytes of a hex text; white space is ignored. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, "");
  if (digits.length % 2 !== 0 || /[^0-9a-f]/i.test(digits)) {
    throw new Error(`Not a hex text: "${text.slice(0, 60)}"`);
  }
  return Uint8Array.fromHex(digits);
}

function parseExpect(what: string, optional: boolean): Action {
  if (what === "close") return { do: "expect-end", silent: true };
  if (what === "eof") return { do: "expect-end", silent: false };
  if (what === "PDU") return { do: "expect-pdu", type: undefined, optional };
  const count = /^bytes (\d+)$/.exec(what)?.[1];
  if (count !== undefined) return { do: "expect-bytes", count: Number(count), optional };
  if (!PDU_NAMES.includes(what)) throw new Error(`Cannot expect "${what}"`);
  return { do: "expect-pdu", type: what, optional };
}

function parseSend(what: string, pace: { chunk?: number; gapMs?: number }): Action {
  if (what === "close" || what === "shutdown") return { do: what };
  if (what === "rst") return { do: "reset" };
  const ms = /^wait (\d+)$/.exec(what)?.[1];
  if (ms !== undefined) return { do: "wait", ms: Number(ms) };
  const bytes = fromHex(what);
  return { do: "send", bytes, chunk: pace.chunk ?? bytes.length, gapMs: pace.gapMs ?? 0 };
}
