/** The SOP classes and transfer syntaxes that a survey asks for; from one data file, which names its source. */

import catalogue from "./catalogue.json" with { type: "json" };
import type { SurveyedClass, SurveyedSyntax, SurveyGroup } from "./types.ts";

/** Transfer syntaxes in the order of columns. */
export const SYNTAXES: readonly SurveyedSyntax[] = catalogue.syntaxes.map(
  ([uid = "", code = "", name = ""]) => ({ uid, code, name }),
);

/** SOP classes in the order of PS3.6 Table A-1. */
export const CLASSES: readonly SurveyedClass[] = catalogue.classes.map(
  ([uid = "", name = "", group, retired]) => ({
    uid,
    name,
    group: group as SurveyGroup,
    isRetired: retired !== undefined,
  }),
);

/** What classes without pixels come in: the uncompressed ones, and the deflated one. */
const FEW = SYNTAXES.slice(0, 4);

/** The transfer syntaxes that are asked for with a class. */
export function syntaxesFor({ group }: SurveyedClass): readonly SurveyedSyntax[] {
  return group === "storage" ? SYNTAXES : FEW;
}
