/** Situations in which the peer ended a handshake with an alert that says why. */

import type { TlsProblem } from "../tls/types.ts";
import type { Applies, Situation } from "./types.ts";
import { whenProblem } from "./when.ts";

type Alert = Extract<TlsProblem, { kind: "alert" }>;

function whenAlert(group: AlertGroup): Applies {
  return whenProblem((problem) => problem.kind === "alert" && groupOf(problem) === group);
}

type AlertGroup =
  | "wanted"
  | "chain"
  | "refused"
  | "version"
  | "suite"
  | "name"
  | "no name"
  | "other";

/** Alerts about a certificate. */
const ABOUT_CERTIFICATE = [41, 42, 43, 44, 45, 46, 48, 49, 51, 116];

/** The issuer of a certificate is not known, or not trusted (RFC 8446 6.2). */
const UNKNOWN_CA_ALERT = 48;

/** What an alert is about: up to TLS 1.2 a missing certificate is answered like a missing suite. */
function groupOf({ alert, ownCertificate, serverName, missingIssuer }: Alert): AlertGroup {
  const isMissing = ownCertificate === "asked for, none sent";
  if (alert === 116 || (isMissing && [40, ...ABOUT_CERTIFICATE].includes(alert))) return "wanted";
  if (ownCertificate === "sent" && alert === UNKNOWN_CA_ALERT && missingIssuer !== undefined) {
    return "chain";
  }
  if (ownCertificate === "sent" && ABOUT_CERTIFICATE.includes(alert)) return "refused";
  if (alert === 70 || alert === 86) return "version";
  if (alert === 40 || alert === 71) return "suite";
  if (alert === 112) return serverName === undefined ? "no name" : "name";
  return "other";
}

/** All of them. */
export const ALERTED: readonly Situation[] = ([
  {
    id: "tls-own-certificate-wanted",
    title: "the peer wants a certificate from us",
    applies: whenAlert("wanted"),
    hint: () => "the peer wants a client certificate: give key and certificate by +tls",
  },
  {
    id: "tls-own-chain-incomplete",
    title: "the peer does not know who issued our certificate, which is sent without its issuer",
    applies: whenAlert("chain"),
    hint: ({ issuer }) =>
      `the peer knows no ${issuer}, which issued our certificate: if that is an intermediate CA, put its certificate after ours into CERT of +tls; else the peer must trust it`,
  },
  {
    id: "tls-own-certificate-refused",
    title: "the peer refuses our certificate",
    applies: whenAlert("refused"),
    hint: ({ finding }) =>
      `the peer refuses our certificate (${finding}): check its dates and its purpose, and that the peer trusts its CA`,
  },
  {
    id: "tls-version-refused",
    title: "no TLS version is common to both sides",
    applies: whenAlert("version"),
    hint: () =>
      "the peer speaks none of the TLS versions offered: the profile allows 1.2 or 1.3, many old devices know only 1.0",
  },
  {
    id: "tls-nothing-shared",
    title: "no cipher suite, group or signature scheme is common to both sides",
    applies: whenAlert("suite"),
    hint: ({ finding }) =>
      `nothing the peer accepts was offered (${finding}): compare its TLS profile with ours, and the kind of its key`,
  },
  {
    id: "tls-name-unknown",
    title: "the peer does not know the server name asked for",
    applies: whenAlert("name"),
    hint: ({ serverName }) =>
      `the peer knows no server called "${serverName}": give another name by --request-sni, as a rule one that its certificate is for`,
  },
  {
    id: "tls-name-wanted",
    title: "the peer serves only those who name the server they want",
    applies: whenAlert("no name"),
    hint: () =>
      "the peer wants to be asked for a server by its name: give --request-sni NAME, as a rule the host name that its certificate is for",
  },
  {
    id: "tls-alert",
    title: "the peer ended the handshake with an alert of its own",
    applies: whenAlert("other"),
    hint: ({ finding }) => `the peer ended the handshake (${finding}); its log should say why`,
  },
] satisfies readonly Omit<Situation, "stage" | "fault">[]).map((row) => ({
  stage: "tls",
  fault: "peer",
  ...row,
}));
