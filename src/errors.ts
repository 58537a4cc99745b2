/**
 * The family of errors a check can end with: how far it got (stage), on whose side it arose (fault),
 * and what to try (hint). A leaf: every room may import it, it imports nothing.
 *
 * `bytes`, `pdu`, `dimse` and `association` throw small errors of their own without a stage; `check` is
 * the only place that catches them and wraps them once, keeping the original as `cause`.
 */

/** How far a check got, in the order in which a check goes through them. */
export type Stage =
  | "options"
  | "plan"
  | "resolve"
  | "connect"
  | "tls"
  | "associate"
  | "echo"
  | "release"
  | "abort";

/** On whose side a failure arose: `program` is this program or the machine it runs on. */
export type Fault = "user" | "network" | "peer" | "program";

/** Where an error is: its stage, and optionally what to try and what it was made from. */
export interface ErrorPlace {
  /** How far the check got. */
  readonly stage: Stage;
  /** One sentence: what to try. No blame, no full stop. */
  readonly hint?: string;
  /** The error this one was made from. */
  readonly cause?: unknown;
}

/** Longest message in characters: it may quote what a peer sent or what somebody typed. */
const LONGEST_MESSAGE = 400;

/** Base of every error a check can end with. The class name is its stable code in JSON and reports. */
export abstract class CheckError extends Error {
  /** Stable code: the name of the class. */
  abstract override readonly name: string;
  /** On whose side it arose. */
  abstract readonly fault: Fault;
  /** How far the check got. */
  readonly stage: Stage;
  /** One sentence: what to try. */
  readonly hint: string | undefined;

  /** Makes an error that arose at `at.stage`; `message` is one clear clause without a full stop, cut at 400 characters. */
  constructor(message: string, at: ErrorPlace) {
    const text = message.length <= LONGEST_MESSAGE
      ? message
      : `${message.slice(0, LONGEST_MESSAGE - 3)}...`;
    super(text, at.cause === undefined ? undefined : { cause: at.cause });
    this.stage = at.stage;
    this.hint = at.hint;
  }
}

/** A state that our own code must never reach; the only error that shows a stack. */
export class Bug extends Error {
  /** Stable code. */
  override readonly name = "Bug";

  /** Makes a bug report from what was found to be impossible. */
  constructor(what: string) {
    super(`${what} (a defect of this program, please report it)`);
  }
}

/** Ends a `switch` over a union: a member that was forgotten is a compile error here. */
export function unreachable(value: never): never {
  throw new Bug(`unexpected value ${JSON.stringify(value)}`);
}
