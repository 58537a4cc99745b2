/** The error of a handshake. */

import type { TlsFacts, TlsProblem } from "../tls/types.ts";

/** No TLS connection came about over a connection that stood. */
export class TlsError extends Error {
  /** Stable code. */
  override readonly name = "TlsError";
  /** What went wrong. */
  readonly problem: TlsProblem;
  /** What is known of the peer, when the handshake itself was done. */
  readonly facts: TlsFacts | undefined;

  /** Makes the error of one problem. */
  constructor(
    problem: TlsProblem,
    more: { readonly facts?: TlsFacts; readonly cause?: unknown } = {},
  ) {
    super(`no TLS connection: ${problem.kind}`, { cause: more.cause });
    this.problem = problem;
    this.facts = more.facts;
  }
}
