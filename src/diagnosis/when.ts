/** Conditions of situations, each narrowed to the failures it lets pass. */

import type { CheckFailure, Violation } from "../check/mod.ts";
import type { DimseDefect } from "../dimse/mod.ts";
import type { Fault, Stage } from "../errors.ts";
import type { PduDefect } from "../pdu/mod.ts";
import type { TlsProblem } from "../tls/types.ts";
import type { Facts, Guard, Situation } from "./types.ts";

type Name = CheckFailure["name"];
/** Failures of one class. */
export type Named<N extends Name> = Extract<CheckFailure, { name: N }>;
type OfKind<U, K> = Extract<U, { kind: K }>;
/** Handshakes that failed by one kind of problem. */
export type Problem<K extends TlsProblem["kind"] = TlsProblem["kind"]> =
  & Named<"TlsFailed">
  & { readonly problem: OfKind<TlsProblem, K> };
/** Violations of one kind. */
export type Violated<K extends Violation["kind"]> =
  & Named<"ProtocolViolation">
  & { readonly violation: OfKind<Violation, K> };
/** Violations by a defect of a PDU or a response. */
export type Defective<D> = Named<"ProtocolViolation"> & {
  readonly violation: { readonly defect: D };
};
/** A TLS connection that broke after its handshake. */
export type BrokenByTls =
  & Named<"ConnectionLost" | "SendFailed">
  & { readonly details: { readonly tls: TlsProblem } };

/** What the C library says of a write that its time limit ended. */
const STALLED = "Resource temporarily unavailable";

/** Failures called `name` that pass `test`, unless they are due to a TLS connection that broke. */
export function when<N extends Name>(
  name: N,
  test: (failure: Named<N>, facts: Facts) => boolean = () => true,
): Guard<Named<N>> {
  return (failure, facts): failure is Named<N> =>
    failure.name === name && !isBrokenByTls(failure) && test(failure as Named<N>, facts);
}

/** Handshakes that failed by one kind of problem which passes `test`. */
export function failedBy<K extends TlsProblem["kind"]>(
  kind: K,
  test: (problem: OfKind<TlsProblem, K>) => boolean = () => true,
): Guard<Problem<K>> {
  return (failure): failure is Problem<K> =>
    failure.name === "TlsFailed" && failure.problem.kind === kind &&
    test(failure.problem as OfKind<TlsProblem, K>);
}

/** What any of `guards` lets pass. */
export function anyOf<F extends CheckFailure>(
  ...guards: readonly Guard<F>[]
): Guard<F> {
  return (failure, facts): failure is F => guards.some((matches) => matches(failure, facts));
}

function isBrokenByTls(failure: CheckFailure): failure is BrokenByTls {
  return (failure.name === "ConnectionLost" || failure.name === "SendFailed") &&
    failure.details.tls !== undefined;
}

/** What a row says besides its place: it is about what its condition lets pass. */
type Said<F extends CheckFailure> = Pick<Situation<F>, "id" | "title" | "hint">;

/** Conditions on failures of one stage, and the rows for what they let pass. */
export class AtStage {
  readonly #stage: Stage;

  /** Of `stage`. */
  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** The row for failures on the peer's side. */
  byPeer<F extends CheckFailure>(matches: Guard<F>, said: Said<F>): Situation {
    return this.#row("peer", { ...said, matches });
  }

  /** For those on the way. */
  byNetwork<F extends CheckFailure>(matches: Guard<F>, said: Said<F>): Situation {
    return this.#row("network", { ...said, matches });
  }

  /** For those of what was asked for. */
  byUser<F extends CheckFailure>(matches: Guard<F>, said: Said<F>): Situation {
    return this.#row("user", { ...said, matches });
  }

  /** For those of this program or its machine. */
  byProgram<F extends CheckFailure>(matches: Guard<F>, said: Said<F>): Situation {
    return this.#row("program", { ...said, matches });
  }

  /** Whoever looks a row up has asked `matches` before the hint is said. */
  #row<F extends CheckFailure>(fault: Fault, row: Omit<Situation<F>, "stage" | "fault">) {
    return { ...row, stage: this.#stage, fault } as unknown as Situation;
  }

  /** Failures called `name`, as above. */
  when<N extends Name>(
    name: N,
    test: (failure: Named<N>, facts: Facts) => boolean = () => true,
  ): Guard<Named<N>> {
    return when(name, (failure, facts) => failure.stage === this.#stage && test(failure, facts));
  }

  /** Violations of one kind. */
  violated<K extends Violation["kind"]>(
    kind: K,
    test: (violation: OfKind<Violation, K>, facts: Facts) => boolean = () => true,
  ): Guard<Violated<K>> {
    return this.when("ProtocolViolation", ({ violation }, facts) =>
      violation.kind === kind &&
      test(violation as OfKind<Violation, K>, facts)) as Guard<Violated<K>>;
  }

  /** PDUs with one of these defects. */
  illFormed<K extends PduDefect["kind"]>(
    kinds: readonly K[],
    test: (defect: OfKind<PduDefect, K>) => boolean = () => true,
  ): Guard<Defective<OfKind<PduDefect, K>>> {
    return this.violated("pdu", ({ defect }) =>
      kinds.includes(defect.kind as K) &&
      test(defect as OfKind<PduDefect, K>)) as Guard<Defective<OfKind<PduDefect, K>>>;
  }

  /** Responses with one of these defects. */
  misanswered<K extends DimseDefect["kind"]>(
    kinds: readonly K[],
    test: (defect: OfKind<DimseDefect, K>) => boolean = () => true,
  ): Guard<Defective<OfKind<DimseDefect, K>>> {
    return this.violated("dimse", ({ defect }) =>
      kinds.includes(defect.kind as K) &&
      test(defect as OfKind<DimseDefect, K>)) as Guard<Defective<OfKind<DimseDefect, K>>>;
  }

  /** Connections that ended where a PDU might have begun. */
  lost(
    how: "closed" | "reset",
    test: (facts: Facts) => boolean = () => true,
  ): Guard<Named<"ConnectionLost">> {
    return this.when(
      "ConnectionLost",
      ({ details }, facts) => details.how === how && details.within === "idle" && test(facts),
    );
  }

  /** Connections that ended inside of a PDU. */
  cut(how: "closed" | "reset"): Guard<Named<"ConnectionLost">> {
    return this.when(
      "ConnectionLost",
      ({ details }) => details.how === how && details.within !== "idle",
    );
  }

  /** Nothing, or no more, that came in time: where a PDU might have begun, in its header, or in its body. */
  silent(
    within: Named<"TimedOut">["details"]["within"],
    test: (failure: Named<"TimedOut">, facts: Facts) => boolean = () => true,
  ): Guard<Named<"TimedOut">> {
    return this.when(
      "TimedOut",
      (failure, facts) => failure.details.within === within && test(failure, facts),
    );
  }

  /** PDUs of ours that found the connection gone; an A-ABORT answers what may not come. */
  unsent(
    what: "A-ABORT" | "another PDU",
    test: (facts: Facts) => boolean = () => true,
  ): Guard<Named<"SendFailed">> {
    return this.when("SendFailed", ({ details: { pdu, systemText } }, facts) => {
      if (what === "A-ABORT") return pdu === what;
      return pdu !== "A-ABORT" && systemText !== STALLED && test(facts);
    });
  }

  /** PDUs of ours that were not taken in time. */
  untaken(): Guard<Named<"SendFailed">> {
    return this.when(
      "SendFailed",
      ({ details: { pdu, systemText } }) => pdu !== "A-ABORT" && systemText === STALLED,
    );
  }

  /** Aborts by the peer. */
  aborted(
    test: (source: number, facts: Facts) => boolean = () => true,
  ): Guard<Named<"PeerAborted">> {
    return this.when("PeerAborted", ({ codes }, facts) => test(codes.source, facts));
  }

  /** TLS that broke after its handshake. */
  brokenByTls(): Guard<BrokenByTls> {
    return (failure): failure is BrokenByTls =>
      failure.stage === this.#stage && isBrokenByTls(failure);
  }
}
