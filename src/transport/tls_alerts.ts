/** Which alert a peer is refused with (RFC 8446 6.2), as the reference's library chooses it. */

import type { TlsProblem, TlsRefusal } from "../tls/types.ts";

/** The alert that a server sends for a problem; `undefined`: none, since no client of TLS would read it. */
export function alertOfServer(problem: TlsProblem): number | undefined {
  switch (problem.kind) {
    case "nothing-in-common":
      return problem.lacking === "TLS version" ? 70 : 40;
    case "unsupported-version":
      return 40;
    case "refused":
      return problem.refusal.kind === "no-certificate" ? 40 : alertFor(problem.refusal);
    case "unusable-certificate":
      return 42;
    case "key-proof":
      return 51;
    case "malformed":
    case "violation":
      return 50;
    case "too-long":
      return 22;
    case "alert":
    case "not-tls":
    case "ended":
    case "timed-out":
      return undefined;
  }
}

/** A fatal alert in the clear (RFC 8446 6). Its record has the version of the client's hello, from TLS 1.0 to 1.2. */
export function alertRecord(alert: number, version = 0x0303): Uint8Array {
  const minor = Math.min(Math.max(version, 0x0301), 0x0303) & 0xff;
  return Uint8Array.of(21, 3, minor, 0, 2, 2, alert);
}

/** The alert that goes with a refusal. */
export function alertFor(refusal: TlsRefusal): number {
  switch (refusal.kind) {
    case "certificate":
      return CERTIFICATE_ALERTS[refusal.code] ?? 42;
    case "trust-file":
      return 80;
    case "outside-profile":
      return 40;
    case "host-name":
    case "unreadable":
    case "no-certificate":
      return 42;
  }
}

/** Alerts for the reasons why a certificate is refused. */
const CERTIFICATE_ALERTS: Readonly<Record<number, number>> = {
  2: 48,
  3: 48,
  7: 51,
  8: 51,
  10: 45,
  12: 45,
  18: 48,
  19: 48,
  20: 48,
  21: 48,
  22: 48,
  23: 44,
  25: 48,
  26: 43,
  79: 48,
};
