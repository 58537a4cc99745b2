/** Reads the lines that `--explain` adds: two, and a third where the peer has said which software it is. */

import assert from "node:assert/strict";

/** What they say. */
export interface Diagnosed {
  /** Text after `hint: `. */
  readonly hint: string;
  /** How far the check got. */
  readonly stage: string;
  /** On whose side it failed. */
  readonly fault: string;
  /** Name of the situation. */
  readonly situation: string;
}

/** The diagnosis at the end of standard error; asserts that it is two printable lines, or three. */
export function diagnosisIn(stderr: string): Diagnosed {
  const found =
    /(?:^|\n)hint: (\P{Cc}+)\nstage: (\w+), fault: (\w+), situation: ([a-z0-9-]+)\n(?:peer: names itself \P{Cc}+\n)?$/u
      .exec(stderr);
  assert.ok(found !== null, `no diagnosis in\n${stderr}`);
  assert.equal(stderr.match(/^hint: /gm)?.length, 1, stderr);
  const [, hint = "", stage = "", fault = "", situation = ""] = found;
  return { hint, stage, fault, situation };
}
