/** What the engine throws when the peer breaks a rule: which rule, and which alert goes out for it. */

import type { TlsViolation } from "../tls/types.ts";

/** The alert for each rule (RFC 8446 6.2, RFC 5246 7.2.2). */
const ALERTS: Readonly<Record<TlsViolation, number>> = {
  "length": 50,
  "record-version": 70,
  "record-length": 22,
  "record-authentication": 20,
  "record-type": 10,
  "empty-records": 10,
  "alert-length": 50,
  "warnings": 10,
  "message": 10,
  "message-length": 47,
  "message-count": 10,
  "key-change": 10,
  "change-cipher-spec": 10,
  "version": 70,
  "downgrade": 47,
  "suite": 47,
  "compression": 47,
  "session": 47,
  "extension": 110,
  "extension-twice": 47,
  "extension-value": 47,
  "extension-missing": 109,
  "renegotiation": 40,
  "retry": 47,
  "group": 47,
  "point": 47,
  "dh-size": 40,
  "dh-value": 47,
  "certificate-key": 47,
  "certificate-list": 50,
  "signature-scheme": 47,
  "signature": 51,
  "finished": 51,
};

/** A rule that the peer broke; the connection is over. */
export class EngineError extends Error {
  /** Stable code. */
  override readonly name = "EngineError";
  /** Which rule. */
  readonly violation: TlsViolation;

  /** Makes the error of one rule. */
  constructor(violation: TlsViolation) {
    super(`TLS rule broken: ${violation}`);
    this.violation = violation;
  }

  /** The alert that says so to the peer. */
  get alert(): number {
    return ALERTS[this.violation];
  }
}

/** Throws the error of `violation` unless `holds`. */
export function require(holds: boolean, violation: TlsViolation): asserts holds {
  if (!holds) throw new EngineError(violation);
}
