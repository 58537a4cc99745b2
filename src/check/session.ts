/** What the phases of one check share. */

import type { UpperLayer } from "../association/mod.ts";
import type { CommandAssembler } from "../dimse/mod.ts";
import type { AssociateAc, AssociateRq } from "../pdu/types.ts";
import type { ByteStream } from "../transport/types.ts";
import type { CheckEnvironment } from "./environment.ts";
import type { Stopwatch } from "./stopwatch.ts";
import type { Check } from "./types.ts";

/** One check on one connection. */
export interface Session {
  readonly check: Check;
  readonly request: AssociateRq;
  readonly stream: ByteStream;
  readonly environment: CheckEnvironment;
  readonly stopwatch: Stopwatch;
  readonly layer: UpperLayer;
}

/** An association that is established. */
export interface Negotiated {
  readonly answer: AssociateAc;
  /** Puts responses together; what comes too early waits in it for the next echo. */
  readonly assembler: CommandAssembler;
}
