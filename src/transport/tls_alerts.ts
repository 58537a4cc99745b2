/** Which alert a peer is refused with (RFC 8446 6.2), as the reference's library chooses it. */

import type { TlsRefusal } from "../tls/types.ts";

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
