/** The error that ends preparing. */

import type { TlsSetupProblem } from "./types.ts";

/** There will be no TLS connection, and none was tried. */
export class TlsSetupError extends Error {
  /** Stable code. */
  override readonly name = "TlsSetupError";
  /** Why. */
  readonly problem: TlsSetupProblem;

  /** Makes the error of one problem. */
  constructor(problem: TlsSetupProblem) {
    super(`TLS cannot be set up: ${problem.kind}`);
    this.problem = problem;
  }
}
