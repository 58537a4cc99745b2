/** Adds to a problem what is known of how far the handshake had come. */

import type { AcceptedAuthorities, OwnCertificate, TlsProblem, TlsSettings } from "../tls/types.ts";
import type { HandshakeWatch } from "./tls_records.ts";

/** What is known of one handshake as a client. */
export interface Whereabouts {
  /** What passed. */
  readonly watch: Pick<HandshakeWatch, "isAnswered" | "asksForCertificate">;
  /** What it is made with. */
  readonly settings: Pick<TlsSettings, "serverName" | "identity">;
  /** Whose certificates the peer accepts; absent: it does not say, or that is not known. */
  readonly authorities?: AcceptedAuthorities | undefined;
}

/** The problem with what is known besides it. */
export function located(problem: TlsProblem, about: Whereabouts): TlsProblem {
  const { watch, settings } = about;
  const { serverName, identity } = settings;
  const authorities = about.authorities === undefined ? {} : { authorities: about.authorities };
  const missingIssuer = identity?.missingIssuer;
  switch (problem.kind) {
    case "alert":
      return {
        ...problem,
        ...authorities,
        ...(serverName === undefined ? {} : { serverName }),
        ...(missingIssuer === undefined ? {} : { missingIssuer }),
      };
    case "ended":
    case "timed-out": {
      const ownCertificate = ownCertificateOf(watch.asksForCertificate, settings);
      const { isAnswered } = watch;
      return { ...problem, progress: { isAnswered, ownCertificate, ...authorities, serverName } };
    }
    default:
      return problem;
  }
}

/** What became of our certificate where the peer asked for one, or did not. */
export function ownCertificateOf(
  isAsked: boolean,
  { identity }: Pick<TlsSettings, "identity">,
): OwnCertificate {
  if (!isAsked) return "not asked for";
  return identity === undefined ? "asked for, none sent" : "sent";
}
