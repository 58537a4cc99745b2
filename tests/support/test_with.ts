/** Tests that need something which a machine may lack. */

/** A test that is left out when something is missing. */
export interface ConditionalTest
  extends Pick<Deno.TestDefinition, "sanitizeOps" | "sanitizeResources"> {
  /** Reads as a fact. */
  readonly name: string;
  /** Why it cannot run here; `undefined` when it can. */
  readonly missing: string | undefined;
  /** The test. */
  readonly fn: (t: Deno.TestContext) => Promise<void> | void;
}

/** Registers a test, or leaves it out; its name then ends with the reason, which every reporter shows. */
export function testWith({ name, missing, ...test }: ConditionalTest): void {
  const reason = missing === undefined ? "" : ` (left out: ${missing.replaceAll(/\s+/g, " ")})`;
  Deno.test({ ...test, name: name + reason, ignore: missing !== undefined });
}
