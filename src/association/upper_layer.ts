/**
 * The driver of the upper layer: performs what `step()` decides on a real wire.
 *
 * Every call is one primitive of PS3.8 section 7: it makes an event happen, performs the effects of the action, and
 * gives back what the service user is to be told (an `Indication`). The driver knows no service: which contexts,
 * which commands, how many of them are its caller's business. It never closes the wire except where an action says
 * so; the caller closes it in the end, whatever happened.
 */

import { unreachable } from "../errors.ts";
import {
  type AssociateAc,
  type AssociateRj,
  type AssociateRq,
  encodePdu,
  type FramedPdu,
  type Pdu,
  type PduHeader,
  type Pdv,
} from "../pdu/mod.ts";
import { abortIn, abortReason } from "./abort_reason.ts";
import type { AssociationTrace } from "./events.ts";
import { EVENT_OF_TYPE, eventOf, headerOf, type Indication, indicationOf } from "./indication.ts";
import { PduReader, type ReadLimits } from "./pdu_reader.ts";
import { type EventName, isPossible, type Role, type StateName, step } from "./transitions.ts";
import type { Clock, Wire } from "./wire.ts";
import { PduWriter } from "./pdu_writer.ts";

/** How an upper layer is set up. */
export interface UpperLayerOptions {
  /** Which side we play. */
  readonly role: Role;
  /** Largest P-DATA-TF body we take, in bytes, as announced (PS3.8 D.1). */
  readonly maximumLength: number;
  /** Limit for one blocking write in seconds; `undefined` = none. */
  readonly writeSeconds: number | undefined;
  /** Time and timers. */
  readonly clock: Clock;
  /** Ends every wait with `cancelled`, and every write that is stuck. */
  readonly signal?: AbortSignal | undefined;
  /** Gets what happens, in order. */
  readonly trace?: AssociationTrace | undefined;
}

/** PDU types whose body is read in each state; all others are answered at their header. */
const EXPECTED: Partial<Record<StateName, readonly number[]>> = {
  Sta2: [0x01, 0x07],
  Sta5: [0x02, 0x03, 0x07],
  Sta6: [0x04, 0x05, 0x07],
  Sta7: [0x05, 0x06, 0x07],
};

/** PDUs that are ignored one by one in Sta13; what a peer sends beyond is dropped as mere bytes. */
const PDUS_IGNORED = 16;

/** One side of one association on one wire. */
export class UpperLayer {
  readonly #options: UpperLayerOptions;
  readonly #wire: Wire;
  readonly #reader: PduReader;
  readonly #writer: PduWriter;
  #state: StateName;
  /** Whether the borders of the peer's PDUs are lost. */
  #isBroken = false;

  /** Takes over `wire`, which must be connected: a requestor starts in Sta4, an acceptor in Sta2. */
  constructor(wire: Wire, options: UpperLayerOptions) {
    this.#options = options;
    this.#wire = wire;
    this.#state = "Sta1";
    this.#writer = new PduWriter(wire, options.clock);
    this.#reader = new PduReader(wire, {
      maximumLength: options.maximumLength,
      clock: options.clock,
      signal: options.signal,
      onHeader: (bytes, header) => this.#announce(bytes.slice(), header),
      judge: (header) => this.#judge(header),
      onBytes: (bytes, header) => this.#trace({ type: "pdu-received", header, bytes }),
      onWarning: (warning) => this.#trace({ type: "pdu-warning", warning }),
    });
    this.#happen(options.role === "requestor" ? "Evt1" : "Evt5");
  }

  /** The current state (PS3.8 Table 9-10). */
  get state(): StateName {
    return this.#state;
  }

  /** A-ASSOCIATE request: sends the PDU (Evt2, AE-2). Throws `WriteError`. */
  async request(pdu: AssociateRq): Promise<void> {
    this.#happen("Evt2");
    await this.#send(pdu);
  }

  /** A-ASSOCIATE response: accepts (Evt7, AE-7) or rejects (Evt8, AE-8). Throws `WriteError`. */
  async respond(pdu: AssociateAc | AssociateRj): Promise<void> {
    this.#happen(pdu.type === "A-ASSOCIATE-AC" ? "Evt7" : "Evt8");
    await this.#send(pdu);
  }

  /** P-DATA request: one P-DATA-TF with these PDVs (Evt9). Throws `WriteError`. */
  async sendData(pdvs: readonly Pdv[]): Promise<void> {
    this.#happen("Evt9");
    await this.#send({ type: "P-DATA-TF", pdvs });
  }

  /** A-RELEASE request (Evt11, AR-1). Throws `WriteError`. */
  async requestRelease(): Promise<void> {
    this.#happen("Evt11");
    await this.#send({ type: "A-RELEASE-RQ" });
  }

  /** A-RELEASE response (Evt14, AR-4 or AR-9). Throws `WriteError`. */
  async respondRelease(): Promise<void> {
    this.#happen("Evt14");
    await this.#send({ type: "A-RELEASE-RP" });
  }

  /** A-ABORT request by the service user, source and reason 0 (Evt15, AA-1). Throws `WriteError`. */
  async abort(): Promise<void> {
    this.#happen("Evt15");
    await this.#send({ type: "A-ABORT", source: 0, reason: 0 });
  }

  /**
   * Waits for the next thing to tell the service user.
   *
   * A connection that ends inside the body of a PDU is left as it is, as in the reference: half of it may still stand,
   * and the caller can try an A-ABORT. Never throws because of the peer: an A-ABORT that cannot be sent is not missed.
   */
  async receive(limits: ReadLimits): Promise<Indication> {
    const reading = await this.#reader.read(limits);
    switch (reading.type) {
      case "pdu":
        return await this.#received(reading.pdu);
      case "ended":
        if (reading.within !== "body") this.#happen("Evt17");
        return { type: "closed", within: reading.within };
      case "defect":
        await this.#violated(abortReason(reading.error.defect));
        return reading;
      case "timed-out":
      case "cancelled":
        return reading;
      default:
        return unreachable(reading);
    }
  }

  /**
   * Waits in Sta13 until the peer has closed: at most `seconds`, the ARTIM timer (PS3.8 9.1.5).
   *
   * PDUs are ignored (AA-6) or answered by A-ABORT (AA-7); an A-ABORT ends the wait (AA-2).
   */
  async awaitClose(seconds: number | undefined): Promise<void> {
    const until = this.#options.clock.now() + (seconds ?? Infinity) * 1000;
    let patience = PDUS_IGNORED;
    while (this.#state === "Sta13" && !this.#isBroken && patience-- > 0) {
      const reading = await this.#reader.read({ totalSeconds: this.#secondsUntil(until) });
      if (reading.type === "pdu") {
        await this.#answerInSta13(eventOf(reading.pdu));
      } else if (reading.type === "defect") {
        await this.#answerInSta13("Evt19");
        this.#isBroken = true;
      } else if (reading.type === "ended") {
        this.#happen("Evt17");
      } else {
        if (reading.type === "timed-out") this.#happen("Evt18");
        return;
      }
    }
    if (this.#state === "Sta13") await this.#reader.drain(this.#secondsUntil(until));
  }

  #secondsUntil(moment: number): number | undefined {
    return moment === Infinity ? undefined : (moment - this.#options.clock.now()) / 1000;
  }

  /** Ends all timers; idempotent. The wire is the caller's to close. */
  stop(): void {
    this.#reader.stop();
    this.#writer.stop();
  }

  async #answerInSta13(event: EventName): Promise<void> {
    const effects = this.#happen(event);
    if (!effects.includes("send-abort")) return;
    await this.#send({ type: "A-ABORT", source: 2, reason: 2 }).catch(() => {});
  }

  async #received(pdu: FramedPdu): Promise<Indication> {
    const abort = abortIn(this.#state, 2);
    const effects = this.#happen(eventOf(pdu));
    if (effects.includes("send-abort")) {
      await this.#send(abort).catch(() => {});
      this.#finish(effects);
      return { type: "unexpected", header: headerOf(pdu) };
    }
    this.#finish(effects);
    return indicationOf(pdu);
  }

  async #violated(reason: number): Promise<void> {
    this.#isBroken = true;
    const abort = abortIn(this.#state, reason);
    const effects = this.#happen("Evt19");
    if (effects.includes("send-abort")) await this.#send(abort).catch(() => {});
  }

  #finish(effects: readonly string[]): void {
    if (effects.includes("close")) this.#wire.close();
  }

  #judge(header: PduHeader): "read" | "skip" {
    const isWanted = (EXPECTED[this.#state] ?? [0x07]).includes(header.typeCode);
    return this.#isTooLong(header) || isWanted ? "read" : "skip";
  }

  #isTooLong({ typeCode, length }: PduHeader): boolean {
    return typeCode === 0x04 && length > this.#options.maximumLength;
  }

  #announce(bytes: Uint8Array, header: PduHeader): void {
    const state = this.#state;
    const event = EVENT_OF_TYPE[header.typeCode];
    const isMove = event !== undefined && !this.#isTooLong(header) && isPossible(state, event);
    const cell = isMove
      ? { state, event, action: step({ state, role: this.#options.role }, event).action }
      : undefined;
    this.#trace({ type: "pdu-header", header, bytes, cell });
  }

  #happen(event: EventName): readonly string[] {
    const { action, next, effects } = step({ state: this.#state, role: this.#options.role }, event);
    this.#trace({ type: "transition", state: this.#state, event, action });
    this.#state = next;
    return effects;
  }

  async #send(pdu: Pdu): Promise<void> {
    const bytes = encodePdu(pdu);
    this.#trace({ type: "pdu-sent", bytes });
    const { writeSeconds, signal } = this.#options;
    await this.#writer.write(bytes, { seconds: writeSeconds, pdu: pdu.type, signal });
  }

  #trace(event: Parameters<AssociationTrace>[0]): void {
    this.#options.trace?.(event);
  }
}
