/** Tests that need something which a machine may lack. */

/** A test that is left out, with its reason said aloud, when something is missing. */
export interface ConditionalTest {
  /** Reads as a fact. */
  readonly name: string;
  /** Why it cannot run here; `undefined` when it can. */
  readonly missing: string | undefined;
  /** The test. */
  readonly fn: (t: Deno.TestContext) => Promise<void> | void;
}

/** Registers a test, or leaves it out and says why. */
export function testWith({ name, missing, fn }: ConditionalTest): void {
  if (missing !== undefined) console.log(`left out: "${name}": ${missing}`);
  Deno.test({ name, fn, ignore: missing !== undefined });
}
