/**
 * Which associations to ask for, one after another, and what their answers mean.
 *
 * An acceptor takes one transfer syntax in a context, whatever else it would take (PS3.8 9.3.3.2). So all classes are
 * asked for first, each with all its syntaxes; then each accepted class again, with one context for each syntax that is
 * still open; then with both roles offered (PS3.7 D.3.3.4), apart, since some peers reject what they do not know.
 */

import { CLASSES, SYNTAXES, syntaxesFor } from "./catalogue.ts";
import type {
  ClassFinding,
  Refusal,
  SurveyAnswer,
  SurveyContext,
  SurveyedClass,
  SurveyGroup,
  SurveyStep,
} from "./types.ts";

/** Contexts of one association (PS3.8 9.3.2.2: odd IDs 1 to 255). */
const MOST_CONTEXTS = 128;

/** Bytes of contexts in one request: some acceptors refuse requests of more than 128 KiB, others of less. */
const MOST_BYTES = 48 * 1024;

/** Most associations of one survey. */
export const MOST_ASSOCIATIONS = 64;

interface Known {
  readonly sopClass: SurveyedClass;
  readonly accepted: Set<string>;
  refusal?: Refusal;
  roles?: { readonly scp: boolean; readonly scu: boolean };
}

/** A survey under way. */
export class Survey {
  readonly #known: readonly Known[];
  #steps: SurveyStep[];
  #aim: SurveyStep["aim"] = "classes";
  #asked = 0;

  /** A survey of the classes in `groups`. */
  constructor(groups: readonly SurveyGroup[]) {
    this.#known = CLASSES.filter(({ group }) => groups.includes(group))
      .map((sopClass) => ({ sopClass, accepted: new Set<string>() }));
    this.#steps = stepsOf(
      "classes",
      this.#known.map(({ sopClass }) => ({ sopClass, syntaxes: syntaxesFor(sopClass) })),
    );
  }

  /** The next association; `undefined` when nothing is open, or too many were asked for. */
  next(): SurveyStep | undefined {
    while (this.#steps.length === 0 && this.#aim !== "roles") {
      this.#aim = this.#aim === "classes" ? "syntaxes" : "roles";
      this.#steps = stepsOf(this.#aim, this.#aim === "syntaxes" ? this.#open() : this.#takers());
    }
    if (this.#asked >= MOST_ASSOCIATIONS) return undefined;
    const step = this.#steps.shift();
    if (step !== undefined) this.#asked += 1;
    return step;
  }

  /** Takes the answer to `step`. */
  take({ aim, contexts }: SurveyStep, { results, roles }: SurveyAnswer): void {
    contexts.forEach(({ sopClass }, at) => {
      const known = this.#known.find((one) => one.sopClass === sopClass);
      const result = results[at] ?? { refused: "unanswered" };
      if (known === undefined) return;
      if (aim === "roles") {
        known.roles = rolesOf(roles.get(sopClass.uid), "accepted" in result);
      } else if ("accepted" in result) known.accepted.add(result.accepted);
      else if (aim === "classes") known.refusal = result.refused;
    });
  }

  /** Whether all that was to be asked has been. */
  get isComplete(): boolean {
    return this.#aim === "roles" && this.#steps.length === 0;
  }

  /** What is known so far, in the order of the catalogue; classes that were not asked for are left out. */
  findings(): readonly ClassFinding[] {
    return this.#known.flatMap(({ sopClass, accepted, refusal, roles }) => {
      if (accepted.size === 0 && refusal === undefined) return [];
      const found = SYNTAXES.filter(({ uid }) => accepted.has(uid));
      return [{
        sopClass,
        accepted: found,
        ...(found.length > 0 || refusal === undefined ? {} : { refusal }),
        roles,
      }];
    });
  }

  /** Each accepted class with each syntax that is not known to be accepted. */
  #open(): readonly SurveyContext[] {
    return this.#known.filter(({ accepted }) => accepted.size > 0)
      .flatMap(({ sopClass, accepted }) =>
        syntaxesFor(sopClass).filter(({ uid }) => !accepted.has(uid))
          .map((syntax) => ({ sopClass, syntaxes: [syntax] }))
      );
  }

  /** Each accepted class in a syntax that is accepted. */
  #takers(): readonly SurveyContext[] {
    return this.#known.flatMap(({ sopClass, accepted }) => {
      const syntaxes = SYNTAXES.filter(({ uid }) => accepted.has(uid)).slice(0, 1);
      return syntaxes.length === 0 ? [] : [{ sopClass, syntaxes }];
    });
  }
}

/**
 * Roles of the peer out of its answer to an offer of both (PS3.7 D.3.3.4.2): the requestor's SCU role is the peer's SCP role.
 * Without an answer the default holds, in which the peer is SCP.
 */
function rolesOf(
  answer: { readonly scuRole: number; readonly scpRole: number } | undefined,
  isAccepted: boolean,
): { readonly scp: boolean; readonly scu: boolean } {
  if (answer === undefined) return { scp: isAccepted, scu: false };
  return { scp: answer.scuRole === 1, scu: answer.scpRole === 1 };
}

/** As few associations as hold all `contexts`. */
function stepsOf(aim: SurveyStep["aim"], contexts: readonly SurveyContext[]): SurveyStep[] {
  const steps: { aim: SurveyStep["aim"]; contexts: SurveyContext[] }[] = [];
  let bytes = 0;
  for (const context of contexts) {
    const size = sizeOf(context);
    const last = steps.at(-1);
    if (last === undefined || last.contexts.length >= MOST_CONTEXTS || bytes + size > MOST_BYTES) {
      steps.push({ aim, contexts: [context] });
      bytes = size;
    } else {
      last.contexts.push(context);
      bytes += size;
    }
  }
  return steps;
}

/** The item of a context, and the one of its roles. */
function sizeOf({ sopClass, syntaxes }: SurveyContext): number {
  return syntaxes.reduce((sum, { uid }) => sum + 4 + uid.length, 20 + 2 * sopClass.uid.length);
}
