import assert from "node:assert/strict";
import { SURVEY_GROUPS } from "../common/survey_groups.ts";
import { parseUid } from "../dicom/mod.ts";
import catalogue from "./catalogue.json" with { type: "json" };
import {
  CLASSES,
  MOST_ASSOCIATIONS,
  Survey,
  type SurveyAnswer,
  type SurveyStep,
  SYNTAXES,
} from "./mod.ts";

/** What a peer accepts: transfer syntaxes by class; it takes the first of those proposed that it knows. */
type Peer = ReadonlyMap<string, readonly string[]>;

function answer(peer: Peer, { contexts }: SurveyStep): SurveyAnswer {
  return {
    results: contexts.map(({ sopClass, syntaxes }) => {
      const known = peer.get(sopClass.uid);
      if (known === undefined) return { refused: "abstract-syntax-not-supported" };
      const accepted = syntaxes.find(({ uid }) => known.includes(uid))?.uid;
      return accepted === undefined ? { refused: "transfer-syntaxes-not-supported" } : { accepted };
    }),
    roles: new Map(),
  };
}

/** Surveys `peer`; the steps, and what was found accepted. */
function surveyed(peer: Peer) {
  const survey = new Survey(SURVEY_GROUPS);
  const steps: SurveyStep[] = [];
  for (let step = survey.next(); step !== undefined; step = survey.next()) {
    steps.push(step);
    survey.take(step, answer(peer, step));
  }
  return { survey, steps, findings: survey.findings() };
}

Deno.test("the catalogue has well-formed UIDs, each once, names, groups that exist, and its source", () => {
  const uids = [...CLASSES, ...SYNTAXES].map(({ uid }) => uid);
  assert.equal(new Set(uids).size, uids.length);
  for (const uid of uids) assert.equal(parseUid(uid), uid);
  for (const { name, group } of CLASSES) {
    assert.match(name, /^\S.*\S$/);
    assert.ok(SURVEY_GROUPS.includes(group), name);
  }
  assert.equal(new Set(SYNTAXES.map(({ code }) => code)).size, SYNTAXES.length);
  for (const { code, name } of SYNTAXES) {
    assert.match(`${code} ${name}`, /^[A-Z0-9]{3,6} \S.*[^.]$/);
  }
  assert.match(catalogue.source, /^PS3\.6 /);
  assert.deepEqual(
    [...new Set(CLASSES.map(({ group }) => group))].toSorted(),
    [...SURVEY_GROUPS].toSorted(),
  );
});

Deno.test("a survey finds every transfer syntax of every class, also where one hides the others", () => {
  const uids = SYNTAXES.map(({ uid }) => uid);
  const storage = CLASSES.filter(({ group }) => group === "storage");
  const peer = new Map(
    storage.map(({ uid }, at) => [uid, uids.filter((_, one) => (one + at) % 3 === 0)]),
  );
  peer.set("1.2.840.10008.1.1", uids.slice(1, 2));
  const { survey, findings, steps } = surveyed(peer);
  for (const { sopClass, accepted, refusal, roles } of findings) {
    assert.deepEqual(accepted.map(({ uid }) => uid), peer.get(sopClass.uid) ?? [], sopClass.name);
    assert.equal(refusal, accepted.length > 0 ? undefined : "abstract-syntax-not-supported");
    assert.deepEqual(roles, accepted.length > 0 ? { scp: true, scu: false } : undefined);
  }
  assert.equal(findings.length, CLASSES.length);
  assert.ok(survey.isComplete);
  assert.ok(steps.length <= MOST_ASSOCIATIONS);
});

Deno.test("no association of a survey is too large: at most 128 contexts and 64 KiB", () => {
  const all = new Map(CLASSES.map(({ uid }) => [uid, SYNTAXES.map((one) => one.uid)]));
  const { steps, survey } = surveyed(all);
  for (const { contexts } of steps) {
    assert.ok(contexts.length >= 1 && contexts.length <= 128);
    const uids = contexts.flatMap(({ sopClass, syntaxes }) => [
      sopClass.uid,
      ...syntaxes.map(({ uid }) => uid),
    ]);
    assert.ok(uids.reduce((sum, uid) => sum + uid.length + 4, 0) < 65_536);
  }
  assert.ok(survey.isComplete, "64 associations are enough for a peer that accepts everything");
});

Deno.test("a survey takes an offer of roles as the standard means it, and knows nothing before", () => {
  const survey = new Survey(["verification", "commitment"]);
  const take = (roles: SurveyAnswer["roles"]) => {
    const step = survey.next();
    assert.ok(step !== undefined);
    survey.take(step, {
      results: step.contexts.map(() => ({ accepted: "1.2.840.10008.1.2" })),
      roles,
    });
    return step.aim;
  };
  assert.equal(take(new Map()), "classes");
  assert.ok(survey.findings().every(({ roles }) => roles === undefined));
  assert.equal(take(new Map()), "syntaxes");
  assert.equal(take(new Map([["1.2.840.10008.1.20.1", { scuRole: 0, scpRole: 1 }]])), "roles");
  const roles = new Map(survey.findings().map(({ sopClass, roles }) => [sopClass.uid, roles]));
  assert.deepEqual(roles.get("1.2.840.10008.1.20.1"), { scp: false, scu: true });
  assert.deepEqual(roles.get("1.2.840.10008.1.1"), { scp: true, scu: false });
});
