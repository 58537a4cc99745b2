/**
 * The driver of the upper layer: performs what `step()` decides on a real wire.
 *
 * Every call is one primitive of PS3.8 section 7: it makes an event happen, performs the effects of the action, and
 * gives back what the service user is to be told (an `Indication`). The driver knows no service: which contexts,
 * which commands, how many of them are its caller's business. It never closes the wire except where an action says
 * so; the caller closes it in the end, whatever happened.
 */

import { Bug, unreachable } from "../errors.ts";
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
import {
  type Effect,
  type EventName,
  isPossible,
  type Role,
  type StateName,
  step,
} from "./transitions.ts";
import type { Clock, Wire } from "./wire.ts";
import { PduWriter } from "./pdu_writer.ts";

/** How an upper layer is set up. */
export interface UpperLayerOptions {
  /** Which side we play. */
  readonly role: Role;
  /** Largest P-DATA-TF body we take, in bytes, as announced (PS3.8 D.1). */
  readonly maximumLength: number;
  /** Largest body of an A-ASSOCIATE-RQ or A-ASSOCIATE-AC we take, in bytes; default 1 MiB, as in the reference. */
  readonly longestAssociate?: number | undefined;
  /** The ARTIM timer in seconds (PS3.8 9.1.5): for the request in Sta2, for the close in Sta13; `undefined` = no limit. */
  readonly artimSeconds: number | undefined;
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
  Sta11: [0x06, 0x07],
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
  /** When the ARTIM timer runs out, in clock milliseconds; `Infinity` while it does not run. */
  #artim = Infinity;

  /** Takes over `wire`, which must be connected: a requestor starts in Sta4, an acceptor in Sta2. */
  constructor(wire: Wire, options: UpperLayerOptions) {
    this.#options = options;
    this.#wire = wire;
    this.#state = "Sta1";
    this.#writer = new PduWriter(wire, options.clock);
    this.#reader = new PduReader(wire, {
      maximumLength: options.maximumLength,
      longestAssociate: options.longestAssociate,
      clock: options.clock,
      signal: options.signal,
      onHeader: (bytes, header) => this.#announce(bytes.slice(), header),
      judge: (header) => this.#judge(header),
      onBytes: (bytes, header) => this.#trace({ type: "pdu-received", header, bytes }),
      onWarning: (warning) => this.#trace({ type: "pdu-warning", warning }),
    });
    // Neither AE-1 nor AE-5 sends anything, so that all is done before this returns.
    void this.#act(options.role === "requestor" ? "Evt1" : "Evt5");
  }

  /** The current state (PS3.8 Table 9-10). */
  get state(): StateName {
    return this.#state;
  }

  /** A-ASSOCIATE request: sends the PDU (Evt2, AE-2). Throws `WriteError`, as every primitive that sends. */
  async request(pdu: AssociateRq): Promise<void> {
    await this.#act("Evt2", pdu);
  }

  /** A-ASSOCIATE response: accepts (Evt7, AE-7) or rejects (Evt8, AE-8). */
  async respond(pdu: AssociateAc | AssociateRj): Promise<void> {
    await this.#act(pdu.type === "A-ASSOCIATE-AC" ? "Evt7" : "Evt8", pdu);
  }

  /** P-DATA request: one P-DATA-TF with these PDVs (Evt9). */
  async sendData(pdvs: readonly Pdv[]): Promise<void> {
    await this.#act("Evt9", { type: "P-DATA-TF", pdvs });
  }

  /** A-RELEASE request (Evt11, AR-1). */
  async requestRelease(): Promise<void> {
    await this.#act("Evt11", { type: "A-RELEASE-RQ" });
  }

  /** A-RELEASE response (Evt14, AR-4 or AR-9). */
  async respondRelease(): Promise<void> {
    await this.#act("Evt14", { type: "A-RELEASE-RP" });
  }

  /** A-ABORT request by the service user, source and reason 0 (Evt15, AA-1). */
  async abort(): Promise<void> {
    await this.#act("Evt15", { type: "A-ABORT", source: 0, reason: 0 });
  }

  /**
   * Waits for the next thing to report to the service user: within `limits`, and within ARTIM while that runs.
   *
   * A connection that ends inside the body of a PDU is left as it is, as in the reference: half of it may still be
   * open, and the caller can try an A-ABORT. Never throws because of the peer: an A-ABORT that cannot be sent is not
   * missed.
   */
  async receive(limits: ReadLimits): Promise<Indication> {
    const artim = this.#secondsUntil(this.#artim);
    const reading = await this.#reader.read(
      artim === undefined ? limits : { ...limits, totalSeconds: artim },
    );
    switch (reading.type) {
      case "pdu":
        return await this.#received(reading.pdu);
      case "ended":
        if (reading.within !== "body") await this.#act("Evt17");
        return { type: "closed", within: reading.within };
      case "defect":
        this.#isBroken = true;
        await this.#answer("Evt19", abortReason(reading.error.defect));
        return reading;
      case "timed-out":
        if (this.#state === "Sta2") await this.#act("Evt18");
        return reading;
      case "cancelled":
        return reading;
      default:
        return unreachable(reading);
    }
  }

  /**
   * Waits in Sta13 until the peer has closed, at most for ARTIM.
   *
   * PDUs are ignored (AA-6) or answered by A-ABORT (AA-7); an A-ABORT ends the wait (AA-2).
   */
  async awaitClose(): Promise<void> {
    let patience = PDUS_IGNORED;
    while (this.#state === "Sta13" && !this.#isBroken && patience-- > 0) {
      const reading = await this.#reader.read({ totalSeconds: this.#secondsUntil(this.#artim) });
      if (reading.type === "pdu") {
        await this.#answer(eventOf(reading.pdu), 2);
      } else if (reading.type === "defect") {
        await this.#answer("Evt19", 2);
        this.#isBroken = true;
      } else if (reading.type === "ended") {
        await this.#act("Evt17");
      } else {
        if (reading.type === "timed-out") await this.#act("Evt18");
        return;
      }
    }
    if (this.#state === "Sta13") await this.#reader.drain(this.#secondsUntil(this.#artim));
  }

  #secondsUntil(moment: number): number | undefined {
    return moment === Infinity ? undefined : (moment - this.#options.clock.now()) / 1000;
  }

  /** Ends all timers; idempotent. The wire is the caller's to close. */
  stop(): void {
    this.#reader.stop();
    this.#writer.stop();
  }

  async #received(pdu: FramedPdu): Promise<Indication> {
    const effects = await this.#answer(eventOf(pdu), 2);
    return effects.includes("send-abort")
      ? { type: "unexpected", header: headerOf(pdu) }
      : indicationOf(pdu);
  }

  /** Makes an event of the peer's happen. Where an A-ABORT goes out it gives `reason`; nobody misses one that cannot. */
  async #answer(event: EventName, reason: number): Promise<readonly Effect[]> {
    const abort = abortIn(this.#state, reason);
    const effects = this.#happen(event);
    await this.#perform(effects, abort).catch(() => {});
    return effects;
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

  async #act(event: EventName, pdu?: Pdu): Promise<void> {
    await this.#perform(this.#happen(event), pdu);
  }

  #happen(event: EventName): readonly Effect[] {
    const { action, next, effects } = step({ state: this.#state, role: this.#options.role }, event);
    this.#trace({ type: "transition", state: this.#state, event, action });
    this.#state = next;
    return effects;
  }

  /**
   * Performs what an action asks for, in its order; `pdu` is what it sends.
   *
   * Throws `WriteError` in the end: a PDU that cannot be sent keeps none of the other effects away.
   */
  async #perform(effects: readonly Effect[], pdu: Pdu | undefined): Promise<void> {
    let failed: { readonly error: unknown } | undefined;
    for (const effect of effects) {
      switch (effect) {
        case "send-associate-rq":
        case "send-associate-ac":
        case "send-associate-rj":
        case "send-data":
        case "send-release-rq":
        case "send-release-rp":
        case "send-abort":
          if (pdu === undefined) throw new Bug(`nothing to send for ${effect}`);
          await this.#send(pdu).catch((error) => void (failed = { error }));
          break;
        case "start-artim":
          this.#artim = this.#options.clock.now() + (this.#options.artimSeconds ?? Infinity) * 1000;
          break;
        case "stop-artim":
          this.#artim = Infinity;
          break;
        case "close":
          this.#wire.close();
          break;
        case "indicate":
          // What `receive()` gives back is the indication.
          break;
        default:
          unreachable(effect);
      }
    }
    if (failed !== undefined) throw failed.error;
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
