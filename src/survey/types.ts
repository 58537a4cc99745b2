/** What a survey asks and finds. */

import type { ContextRefusal } from "../pdu/types.ts";
import type { SurveyGroup } from "../common/survey_groups.ts";

export type { SurveyGroup } from "../common/survey_groups.ts";

/** A SOP class of PS3.6 Table A-1. */
export interface SurveyedClass {
  /** Its UID. */
  readonly uid: string;
  /** Its name, without `SOP Class`. */
  readonly name: string;
  /** What it is for. */
  readonly group: SurveyGroup;
  /** Whether the standard has retired it. */
  readonly isRetired: boolean;
}

/** A transfer syntax of PS3.6 Table A-1. */
export interface SurveyedSyntax {
  /** Its UID. */
  readonly uid: string;
  /** A short code of ours, for the head of a column. */
  readonly code: string;
  /** Its name. */
  readonly name: string;
}

/** Why a class was not accepted in any transfer syntax. */
export type Refusal = ContextRefusal | "reserved" | "unanswered";

/** What is known of a class. */
export interface ClassFinding {
  /** Which class. */
  readonly sopClass: SurveyedClass;
  /** Transfer syntaxes in which the peer accepted it, in the order of columns. */
  readonly accepted: readonly SurveyedSyntax[];
  /** Why not; only where no syntax was accepted. */
  readonly refusal?: Refusal;
  /** Roles that the peer takes: SCP is what a requestor asks for by default. `undefined`: not known. */
  readonly roles: { readonly scp: boolean; readonly scu: boolean } | undefined;
}

/** One context to propose. */
export interface SurveyContext {
  /** Which class. */
  readonly sopClass: SurveyedClass;
  /** In which transfer syntaxes. */
  readonly syntaxes: readonly SurveyedSyntax[];
}

/** One association to ask for. */
export interface SurveyStep {
  /** What it is for. */
  readonly aim: "classes" | "syntaxes" | "roles";
  /** At most 128. */
  readonly contexts: readonly SurveyContext[];
}

/** How the peer answered the contexts of a step, in their order; `undefined`: no answer. */
export interface SurveyAnswer {
  /** One for each context. */
  readonly results: readonly (
    | { readonly accepted: string }
    | { readonly refused: Refusal }
  )[];
  /** Roles that the peer answered with, by the UID of the class (PS3.7 D.3.3.4). */
  readonly roles: ReadonlyMap<string, { readonly scuRole: number; readonly scpRole: number }>;
}
