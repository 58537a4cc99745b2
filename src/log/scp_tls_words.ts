/** Why a connection of the answering side has no TLS, in our own words. */

import { unreachable } from "../errors.ts";
import type { TlsLack, TlsProblem, TlsRefusal } from "../tls/types.ts";

/** The clause after `Connection from ...: `. */
export function tlsEndText(problem: TlsProblem): string {
  switch (problem.kind) {
    case "refused":
      return `TLS refused, ${refusalText(problem.refusal)}`;
    case "alert":
      return `TLS ended by the peer with alert ${problem.alert}`;
    case "not-tls":
      return "what came is not TLS";
    case "ended":
      return `${ENDINGS[problem.how]} before TLS stood`;
    case "timed-out":
      return `no TLS within ${problem.seconds} s`;
    case "too-long":
      return "TLS handshake too long";
    case "unsupported-version":
      return "no TLS version, cipher suite, group or signature scheme in common";
    case "nothing-in-common":
      return lackText(problem);
    case "violation":
      return `the client breaks a rule of TLS (${problem.violation})`;
    case "unusable-certificate":
      return "the client's certificate cannot be used (an RSA key must have 2048 bits here), or the client does not prove that it has its key";
    case "key-proof":
      return "the client does not prove that it has the key of its certificate";
    case "malformed":
      return `TLS cannot be agreed on: ${problem.text}`;
    default:
      return unreachable(problem);
  }
}

function lackText({ lacking, offered, isHighest, served }: TlsLack): string {
  const what = offered.length === 0 ? "none" : offered.join(", ");
  const most = isHighest === true ? " at most" : "";
  const ours = served === undefined ? "" : `, this side has ${served.join(", ")}`;
  return `no ${lacking} in common: the client offers ${what}${most}${ours}`;
}

const ENDINGS = {
  "closed": "closed by the peer",
  "reset": "reset",
  "close-notify": "ended by the peer",
} as const;

function refusalText(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
      return refusal.sentence;
    case "trust-file":
      return `a file of the trust directory cannot be read (${refusal.path})`;
    case "host-name":
      return "the certificate is for another name";
    case "outside-profile":
      return `${refusal.protocol} ${refusal.cipherSuite} is not of the profile ${refusal.profile}`;
    case "unreadable":
      return "the certificate cannot be read";
    case "no-certificate":
      return "the client showed no certificate";
    default:
      return unreachable(refusal);
  }
}
