/** Verdicts of two programs on the same peer, and why they may differ. */

/** What one program made of a peer. */
export interface Verdict {
  /** Exit code. */
  readonly code: number;
  /** Standard error with `-v`. */
  readonly stderr: string;
  /** Whether it had to be killed. */
  readonly killed: boolean;
  /** Whether the peer was verified: the echo answered with Success, and nothing failed. */
  readonly verified: boolean;
}

/** The row of `docs/differences.md` that explains why two verdicts differ; `undefined` when none does. */
export function excuseOf(theirs: Verdict, ours: Verdict): string | undefined {
  if (/CP-246|surrounding item|Sequence|with OB or OW/.test(theirs.stderr) && ours.verified) {
    return "D26";
  }
  return undefined;
}
