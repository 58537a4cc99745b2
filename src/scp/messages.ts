/** The messages of one association: PDVs in, responses out (PS3.7 section 9). */

import { lastItem } from "../association/mod.ts";
import {
  type AssembledCommand,
  CommandAssembler,
  decodeCommandSet,
  DimseError,
  fragmentCommand,
} from "../dimse/mod.ts";
import type { AssociateAc, AssociateRq, Pdv } from "../pdu/types.ts";
import type { ScpViolation } from "./events.ts";
import { type Reply, replyTo } from "./reply.ts";

/** A reply and the P-DATA-TF lists that carry it; none for a command without a response. */
export interface OutgoingReply {
  /** The context it came on. */
  readonly contextId: number;
  /** What it is answered with. */
  readonly reply: Reply;
  /** PDVs by P-DATA-TF. */
  readonly fragments: readonly (readonly Pdv[])[];
}

/** What came of one PDV. */
export type PdvOutcome =
  /** Part of a message. */
  | { readonly type: "goes-on" }
  | ({ readonly type: "reply" } & OutgoingReply)
  /** Part of a data set, which is passed over. */
  | { readonly type: "data-set-ignored" }
  | { readonly type: "violation"; readonly violation: ScpViolation };

/** Most bytes of one command: our judgement, real ones have a few hundred. */
const LONGEST_COMMAND = 65_536;

/**
 * Most bytes of data sets that are passed over on one association, with the headers of their fragments: our judgement,
 * Verification has none.
 */
const MOST_DATA = 1_048_576;

/** Length (4), context ID and control header: what a fragment without data costs all the same (PS3.8 9.3.5.1). */
const PDV_HEADER = 6;

/** Takes the PDVs of one association and gives the replies. */
export class Messages {
  readonly #assembler: CommandAssembler;
  readonly #maximumLength: number;
  readonly #status: number | undefined;
  #ignored = 0;

  /** Starts after the association was accepted. */
  constructor(agreed: {
    readonly request: AssociateRq;
    readonly answer: AssociateAc;
    /** Of every answer to a C-ECHO; by default Success. */
    readonly status?: number | undefined;
  }) {
    const { request, answer, status } = agreed;
    this.#status = status;
    const accepted = new Set(
      answer.presentationContexts.filter(({ result }) => result === "acceptance")
        .map(({ id }) => id),
    );
    this.#maximumLength = lastItem(request.userInformation, "maximum-length")?.maximumLength ?? 0;
    this.#assembler = new CommandAssembler({
      isAccepted: (id) => accepted.has(id),
      maximumLength: LONGEST_COMMAND,
    });
  }

  /** Whether a command has begun and is not complete. */
  get isInside(): boolean {
    return this.#assembler.isInside;
  }

  /** Takes the next PDV. */
  take(pdv: Pdv): PdvOutcome {
    if (pdv.kind === "data" && !this.#assembler.isInside) return this.#ignore(pdv);
    try {
      this.#assembler.add([pdv]);
      const command = this.#assembler.next();
      return command === undefined ? { type: "goes-on" } : this.#answer(command);
    } catch (error) {
      if (!(error instanceof DimseError)) throw error;
      const { message, defect } = error;
      return { type: "violation", violation: { kind: "dimse", message, defect } };
    }
  }

  #ignore({ data }: Pdv): PdvOutcome {
    this.#ignored += PDV_HEADER + data.length;
    if (this.#ignored <= MOST_DATA) return { type: "data-set-ignored" };
    return { type: "violation", violation: { kind: "data-set", maximum: MOST_DATA } };
  }

  #answer({ contextId, bytes, isCut }: AssembledCommand): PdvOutcome {
    const reply = replyTo(decodeCommandSet(bytes, { isCut }), this.#status);
    const fragments = reply.type === "cancel"
      ? []
      : fragmentCommand(reply.response, { maximumLength: this.#maximumLength, contextId });
    return { type: "reply", contextId, reply, fragments };
  }
}
