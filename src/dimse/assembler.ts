/*
 * Puts commands together from PDVs (PS3.7 6.3.1, PS3.8 Annex E).
 *
 * PDVs go in as they come (`add`), commands come out when asked for (`next`): a PDU may hold the end of one
 * command and the start of the next, and what follows a command waits until it is its turn. The checks and their
 * order are the reference's: another context within a command; then a fragment of odd length, which is dropped
 * and ends the command; then what can be read of the elements; then a data set fragment; and at the end of the
 * command, whether its context is accepted.
 */
import { ByteWriter } from "../bytes/mod.ts";
import type { Pdv } from "../pdu/types.ts";
import { decodeCommandSet } from "./decode.ts";
import { DimseError } from "./errors.ts";
import type { DimseDefect } from "./types.ts";
import { commandSetWarnings } from "./warnings.ts";

/** Defects of a command that is given up without a look at its elements. */
const UNREAD: readonly DimseDefect["kind"][] = ["command-too-long", "too-many-fragments"];

/** How a `CommandAssembler` works. */
export interface CommandAssemblerOptions {
  /** Says whether a context is accepted. Default: all are. */
  readonly isAccepted?: (contextId: number) => boolean;
  /**
   * Most bytes of one command: 1 MiB. Our judgement: real ones have a few hundred bytes, the reference has no
   * limit, and a peer must not fill our memory with a command that never ends.
   */
  readonly maximumLength?: number;
  /**
   * Most PDVs of one command: 1024. Our judgement: a real one has one or two, and those without data, of which the
   * reference takes any number, add nothing to the length.
   */
  readonly maximumFragments?: number;
  /** Called once for each command, when its first bytes have come. */
  readonly onFirstBytes?: () => void;
}

/** The bytes of one command and how they came. */
export interface AssembledCommand {
  /** The context it came on. */
  readonly contextId: number;
  /** Number of PDVs, a dropped one included. */
  readonly pdvs: number;
  /** The encoded command set. */
  readonly bytes: Uint8Array;
  /** Whether a fragment of odd length cut it short: `decodeCommandSet` wants to know. */
  readonly isCut: boolean;
}

/** A command that has begun. */
interface Begun {
  readonly contextId: number;
  readonly writer: ByteWriter;
  pdvs: number;
}

/**
 * Puts commands together from PDVs.
 *
 * @example
 * ```ts
 * import { CommandAssembler, encodeCommandSet, fragmentCommand } from "./mod.ts";
 *
 * const rq = { type: "C-ECHO-RQ", affectedSopClassUid: "1.2.840.10008.1.1", messageId: 1 } as const;
 * const assembler = new CommandAssembler();
 * const pdus = fragmentCommand(encodeCommandSet(rq), { maximumLength: 24, contextId: 1 });
 * for (const pdvs of pdus) assembler.add(pdvs);
 * if (assembler.next()?.bytes.length !== 68) throw new Error("not the whole command");
 * ```
 */
export class CommandAssembler {
  readonly #isAccepted: (contextId: number) => boolean;
  readonly #maximumLength: number;
  readonly #maximumFragments: number;
  readonly #onFirstBytes: (() => void) | undefined;
  #waiting: Pdv[] = [];
  #begun: Begun | undefined;

  /** Starts without any PDV. */
  constructor(options: CommandAssemblerOptions = {}) {
    this.#isAccepted = options.isAccepted ?? everyContext;
    this.#maximumLength = options.maximumLength ?? 1_048_576;
    this.#maximumFragments = options.maximumFragments ?? 1024;
    this.#onFirstBytes = options.onFirstBytes;
  }

  /** PDVs that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether a command has begun and not ended. */
  get isInside(): boolean {
    return this.#begun !== undefined;
  }

  /** PDVs of the command that has begun and not ended. */
  get fragments(): number {
    return this.#begun?.pdvs ?? 0;
  }

  /** Takes the PDVs of the next P-DATA-TF. */
  add(pdvs: readonly Pdv[]): void {
    this.#waiting.push(...pdvs);
  }

  /**
   * The next complete command, or `undefined` when more PDVs are needed.
   *
   * Throws `DimseError` when the PDVs make no command; the one that was begun is given up, later PDVs stay.
   */
  next(): AssembledCommand | undefined {
    for (let used = 0; used < this.#waiting.length; used++) {
      const pdv = this.#waiting[used];
      if (pdv === undefined) break;
      const end = this.#take(pdv);
      if (end === "goes-on") continue;
      this.#waiting = this.#waiting.slice(used + 1);
      return this.#finish(pdv, end);
    }
    this.#waiting = [];
    return undefined;
  }

  #take(pdv: Pdv): "goes-on" | "last" | "odd" | DimseDefect {
    const begun = this.#begun ??= {
      contextId: pdv.contextId,
      writer: new ByteWriter(pdv.data.length),
      pdvs: 0,
    };
    begun.pdvs++;
    if (pdv.contextId !== begun.contextId) {
      return { kind: "different-contexts", first: begun.contextId, other: pdv.contextId };
    }
    if (pdv.data.length % 2 === 1) return "odd";
    if (begun.writer.length === 0 && pdv.data.length > 0) this.#onFirstBytes?.();
    if (begun.writer.length + pdv.data.length > this.#maximumLength) {
      return { kind: "command-too-long", maximum: this.#maximumLength };
    }
    begun.writer.bytes(pdv.data);
    if (pdv.kind !== "command") return { kind: "command-pdv-expected", contextId: pdv.contextId };
    if (pdv.isLast) return "last";
    const maximum = this.#maximumFragments;
    return begun.pdvs < maximum ? "goes-on" : { kind: "too-many-fragments", maximum };
  }

  #finish(pdv: Pdv, end: "last" | "odd" | DimseDefect): AssembledCommand {
    const begun = this.#begun;
    this.#begun = undefined;
    const { contextId } = begun ?? pdv;
    const command: AssembledCommand = {
      contextId,
      pdvs: begun?.pdvs ?? 1,
      bytes: begun?.writer.finish() ?? new Uint8Array(0),
      isCut: end === "odd" || !pdv.isLast,
    };
    const isDefect = typeof end === "object";
    if (isDefect && end.kind === "different-contexts") refuse({ ...command, isCut: true }, end);
    if (!this.#isAccepted(contextId)) {
      refuse(command, { kind: "context-not-accepted", contextId });
    }
    if (isDefect && UNREAD.includes(end.kind)) throw new DimseError(end);
    if (isDefect) refuse(command, end);
    return command;
  }
}

/** Throws what is wrong with the elements that came, as far as they can be read, or else `defect`. */
function refuse({ bytes, isCut }: AssembledCommand, defect: DimseDefect): never {
  const warnings = commandSetWarnings(decodeCommandSet(bytes, { isCut }));
  throw new DimseError(defect, { warnings });
}

function everyContext(): boolean {
  return true;
}
