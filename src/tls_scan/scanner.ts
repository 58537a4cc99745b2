/** A scan from outside: the next probe, what came of it, and at any time the result. */

import { parseIpAddress } from "../tls/mod.ts";
import type { Answer } from "./answer.ts";
import { Findings } from "./findings.ts";
import type { Probe } from "./probe.ts";
import { type ResultDeps, resultOf } from "./result.ts";
import { PeerGone } from "./asking.ts";
import { questions } from "./scan.ts";
import type { EarlyEnd, ScanResult } from "./types.ts";

/** More connections than this are not made. */
export const MOST_CONNECTIONS = 400;

/** What is scanned. */
export interface ScanSettings extends Omit<ResultDeps, "endedBy"> {
  /** Server name to ask for; `undefined`: none, unless the server wants one. */
  readonly serverName: string | undefined;
}

/** One scan. */
export class Scan {
  readonly #settings: ScanSettings;
  readonly #findings = new Findings();
  readonly #questions: Generator<Probe, void, Answer>;
  #endedBy: EarlyEnd | undefined;
  #isOver = false;

  /** Prepares a scan; nothing is asked yet. */
  constructor(settings: ScanSettings) {
    this.#settings = settings;
    this.#findings.serverName = settings.serverName;
    const { host } = settings;
    const isName = parseIpAddress(host) === undefined && !host.includes(":");
    this.#questions = questions({
      findings: this.#findings,
      hostName: isName ? host : undefined,
    });
  }

  /** Whether anything spoke TLS so far. */
  get hasTls(): boolean {
    return this.#findings.hasTls;
  }

  /** The next question; `undefined`: there is none. `answer` is what came of the one before. */
  next(answer?: Answer): Probe | undefined {
    if (this.#isOver) return undefined;
    if (answer !== undefined) this.#findings.connections += 1;
    if (this.#findings.connections >= MOST_CONNECTIONS) return this.#end("connections");
    try {
      const step = answer === undefined ? this.#questions.next() : this.#questions.next(answer);
      return step.done === true ? this.#end(undefined) : step.value;
    } catch (error) {
      if (error instanceof PeerGone) return this.#end("peer");
      throw error;
    }
  }

  /** What is known; `endedBy`: why nothing more was asked. */
  result(endedBy?: EarlyEnd): ScanResult {
    return resultOf(this.#findings, { ...this.#settings, endedBy: endedBy ?? this.#endedBy });
  }

  #end(endedBy: EarlyEnd | undefined): undefined {
    this.#isOver = true;
    this.#endedBy = endedBy;
    return undefined;
  }
}
