// data table
/** Situations of a TLS handshake. */

import type {
  OwnCertificate,
  TlsProblem,
  TlsProgress,
  TlsRefusal,
  UnloadedFile,
} from "../tls/types.ts";
import { firstBytesOf } from "./banner.ts";
import { troubleText } from "./file_trouble.ts";
import { clause, ours, say, word } from "./sentence.ts";
import {
  ALERT,
  ALLOWING,
  BROKEN_HANDSHAKE,
  CAS_AFTER_ALERT,
  CAS_AFTER_END,
  REFUSAL,
  type Refused,
} from "./tls_words.ts";
import type { Case, Guard, Situation } from "./types.ts";
import { ABOUT_CRLS, isLackOf, UNKNOWN_CA } from "./verify_codes.ts";
import { anyOf, AtStage, failedBy, type Problem } from "./when.ts";
import { CUT_LIMIT, CUT_LIMIT_OPTION, HOST, PORT, secondsOf, WAITED } from "./words.ts";

const tls = new AtStage("tls");

type AlertCase = Case<Problem<"alert">>;
type UnloadedCase = Case<Refused<"certificate"> & Unloaded>;
interface Unloaded {
  readonly problem: { readonly refusal: { readonly unloaded: UnloadedFile } };
}

const PLAIN_BYTES = word(
  "FIRSTBYTES",
  ({ failure }: Case<Problem<"not-tls">>) => firstBytesOf(failure.problem.head),
);
const TLS_LIMIT = word(
  "LIMIT",
  ({ failure }: Case<Problem<"timed-out">>) => secondsOf(failure.problem.seconds),
);
/** The server name that was sent. */
const SERVER_NAME = word(
  "SERVERNAME",
  ({ failure }: AlertCase) => failure.problem.serverName ?? "",
);
const NAME_SENT = word(
  "SERVERNAME",
  ({ failure }: Case<Problem<"ended">>) => failure.problem.progress?.serverName ?? "",
);
/** Who issued the last certificate that we show. */
const ISSUER = clause("ISSUER", ({ failure }: AlertCase) => failure.problem.missingIssuer ?? "");
/** A file that could not be loaded. */
const FILE = word("FILE", ({ failure }: UnloadedCase) => failure.problem.refusal.unloaded.path);
/** The option that names it and what is wrong with it. */
const FILE_TROUBLE = ours("FILETROUBLE", ({ failure }: UnloadedCase) => {
  const { option, trouble } = failure.problem.refusal.unloaded;
  return `(${option}) ${troubleText(trouble, ["certificate", "CRL"])}`;
});

/** An upper layer PDU begins with its type and a zero byte. */
function isPdu([type = 0, reserved = 0xff, ...length]: Uint8Array): boolean {
  return type >= 1 && type <= 7 && reserved === 0 && length.slice(0, 3).every((byte) => byte === 0);
}

/** The connection ended before the peer had answered in TLS. */
function endedUnanswered(
  test: (problem: Ended, progress: TlsProgress | undefined) => boolean,
): Guard<Problem<"ended">> {
  return failedBy(
    "ended",
    (problem) => problem.progress?.isAnswered !== true && test(problem, problem.progress),
  );
}

type Ended = Extract<TlsProblem, { kind: "ended" }>;

/** It ended after that, in any way; what counts is what the peer had asked for. */
function endedAnswered(ownCertificate: OwnCertificate): Guard<Problem<"ended">> {
  return failedBy(
    "ended",
    ({ progress }) => progress?.isAnswered === true && progress.ownCertificate === ownCertificate,
  );
}

function silent(isAnswered: boolean): Guard<Problem<"timed-out">> {
  return failedBy(
    "timed-out",
    ({ limit, progress }) => limit === "idle" && (progress?.isAnswered === true) === isAnswered,
  );
}

type Alert = Extract<TlsProblem, { kind: "alert" }>;

function alerted(group: AlertGroup): Guard<Problem<"alert">> {
  return failedBy("alert", (problem) => groupOf(problem) === group);
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

function refusedAs<K extends TlsRefusal["kind"]>(
  kind: K,
  test: (refusal: Extract<TlsRefusal, { kind: K }>) => boolean = () => true,
): Guard<Refused<K>> {
  return failedBy("refused", ({ refusal }) =>
    refusal.kind === kind &&
    test(refusal as Extract<TlsRefusal, { kind: K }>)) as Guard<Refused<K>>;
}

type Certificate = Extract<TlsRefusal, { kind: "certificate" }>;

/** Whether a file that could not be loaded may have held what is missing. */
function isForLackOfFile(refusal: Certificate): boolean {
  return refusal.unloaded !== undefined && isLackOf(refusal.code);
}

const whenUnloaded = refusedAs("certificate", isForLackOfFile) as Guard<
  Refused<"certificate"> & Unloaded
>;

function whenReason(test: (code: number) => boolean): Guard<Refused<"certificate">> {
  return refusedAs("certificate", (refusal) => !isForLackOfFile(refusal) && test(refusal.code));
}

const NAMED_REASONS = [9, 10, 18, 23, 26, ...UNKNOWN_CA, ...ABOUT_CRLS];

/** What comes is not sound TLS. */
const BROKEN: readonly Situation[] = [
  tls.byPeer(failedBy("not-tls", ({ head }) => isPdu(head)), {
    id: "tls-plain-dicom",
    title: "the port answers in plain DICOM, not TLS",
    hint:
      say`port ${PORT} of ${HOST} speaks plain DICOM: leave TLS out, or use the peer's TLS port (2762 is usual)`,
  }),
  tls.byPeer(failedBy("not-tls", ({ head }) => !isPdu(head)), {
    id: "tls-plain",
    title: "the port answers in another protocol, not TLS",
    hint:
      say`port ${PORT} of ${HOST} does not speak TLS, its answer begins with ${PLAIN_BYTES}: check the port`,
  }),
  tls.byPeer(failedBy("too-long"), {
    id: "tls-record-too-long",
    title: "the peer sends more than a handshake can be",
    hint: say`what the peer sends is not sound TLS: check the port, and what is in between`,
  }),
  tls.byPeer(anyOf<Problem>(failedBy("unsupported-version"), failedBy("nothing-in-common")), {
    id: "tls-version-unsupported",
    title: "the peer chose a TLS version that was not offered",
    hint: say`the peer chose a TLS version that was not offered: it needs an update`,
  }),
  tls.byPeer(failedBy("key-proof"), {
    id: "tls-key-not-proved",
    title: "the peer does not prove that it has the key of its certificate",
    hint:
      say`the signature with the key of the peer's certificate is wrong: the peer has another key, or something in between shows its certificate`,
  }),
  tls.byPeer(failedBy("unusable-certificate"), {
    id: "tls-certificate-unusable",
    title: "the runtime's TLS cannot use the peer's certificate, or the proof of its key",
    hint:
      say`the runtime's TLS cannot use the peer's certificate (RSA key below 2048 bits, a critical extension that it does not know, an unusual encoding) or its proof of the key: --tls-engine own says which`,
  }),
  tls.byPeer(anyOf<Problem>(failedBy("malformed"), failedBy("violation")), {
    id: "tls-malformed",
    title: "the peer's handshake makes no sense",
    hint: say`the peer's TLS is broken: ${BROKEN_HANDSHAKE}`,
  }),
];

/** The handshake ends, or goes on, without a word of why: who answered in TLS does not speak plain DICOM. */
const CUT_SHORT: readonly Situation[] = [
  tls.byNetwork(
    endedUnanswered(({ how }, progress) => how === "closed" && progress?.serverName === undefined),
    {
      id: "tls-closed",
      title: "the connection was closed on our first words of TLS",
      hint:
        say`${HOST} closed port ${PORT} on the first words of TLS: it may serve only those who name a server (--request-sni NAME), speak plain DICOM there, filter addresses, or be a load balancer whose server does not run`,
    },
  ),
  tls.byNetwork(
    endedUnanswered(({ how }, progress) => how === "closed" && progress?.serverName !== undefined),
    {
      id: "tls-closed-named",
      title: "the connection was closed on our first words of TLS, which named a server",
      hint:
        say`${HOST} closed port ${PORT} on the first words of TLS: it may know no server called "${NAME_SENT}" (--request-sni), speak plain DICOM there, filter addresses, or be a load balancer whose server does not run`,
    },
  ),
  tls.byNetwork(endedUnanswered(({ how }) => how === "reset"), {
    id: "tls-reset",
    title: "the connection was reset on our first words of TLS",
    hint:
      say`${HOST} broke off on port ${PORT}: many peers without TLS do that, so try it without; a peer that wants a server name (--request-sni NAME), a load balancer whose server does not run, and a firewall may do it too`,
  }),
  tls.byNetwork(endedUnanswered(({ how }) => how === "close-notify"), {
    id: "tls-goodbye",
    title: "the peer took its leave on our first words of TLS",
    hint: say`the peer ended TLS before it began; its log should say why`,
  }),
  tls.byNetwork(endedAnswered("asked for, none sent"), {
    id: "tls-closed-certificate-wanted",
    title: "the peer asked for a certificate of ours, got none and ended the handshake",
    hint:
      say`the peer asked for a client certificate, got none and ended the handshake: give key and certificate by +tls${CAS_AFTER_END}`,
  }),
  tls.byNetwork(endedAnswered("sent"), {
    id: "tls-closed-certificate-sent",
    title: "the peer asked for a certificate of ours, got it and ended the handshake",
    hint:
      say`the peer got our certificate and ended the handshake: check its dates and purpose, that CERT of +tls holds its intermediate CAs, and that the peer trusts their root; the peer's log may tell${CAS_AFTER_END}`,
  }),
  tls.byNetwork(endedAnswered("not asked for"), {
    id: "tls-closed-answered",
    title: "the peer answered in TLS, asked for no certificate and ended the handshake",
    hint:
      say`${HOST} speaks TLS on port ${PORT}, but ended the handshake without saying why: its log should say, or something in between cuts it`,
  }),
  tls.byNetwork(silent(false), {
    id: "tls-silent",
    title: "the peer does not answer our first words of TLS",
    hint:
      say`${HOST} accepts connections on port ${PORT} and says nothing for ${TLS_LIMIT} (-ts): it may wait for plain DICOM, or hang`,
  }),
  tls.byNetwork(silent(true), {
    id: "tls-silent-answered",
    title: "the peer answered in TLS and fell silent during the handshake",
    hint:
      say`${HOST} speaks TLS on port ${PORT}, but fell silent for ${TLS_LIMIT} (-ts) in the middle of the handshake: it may be busy, hang, or large packets may get lost on the way`,
  }),
  tls.byNetwork(failedBy("timed-out", (problem) => problem.limit === "total"), {
    id: "tls-slow",
    title: "the handshake goes on without coming to its end",
    hint: say`the handshake was not done after ${TLS_LIMIT}, though bytes kept coming`,
  }),
];

/** The peer ended the handshake with an alert that says why. */
const ALERTED: readonly Situation[] = [
  tls.byPeer(alerted("wanted"), {
    id: "tls-own-certificate-wanted",
    title: "the peer wants a certificate from us",
    hint:
      say`the peer wants a client certificate: give key and certificate by +tls${CAS_AFTER_ALERT}`,
  }),
  tls.byPeer(alerted("chain"), {
    id: "tls-own-chain-incomplete",
    title: "the peer does not know who issued our certificate, which is sent without its issuer",
    hint:
      say`the peer knows no ${ISSUER}, which issued our certificate: if that is an intermediate CA, put its certificate after ours into CERT of +tls; else the peer must trust it${CAS_AFTER_ALERT}`,
  }),
  tls.byPeer(alerted("refused"), {
    id: "tls-own-certificate-refused",
    title: "the peer refuses our certificate",
    hint:
      say`the peer refuses our certificate (${ALERT}): check its dates and its purpose, and that the peer trusts its CA${CAS_AFTER_ALERT}`,
  }),
  tls.byPeer(alerted("version"), {
    id: "tls-version-refused",
    title: "no TLS version is common to both sides",
    hint:
      say`the peer speaks none of the TLS versions offered: the profile allows 1.2 or 1.3, many old devices know only 1.0`,
  }),
  tls.byPeer(alerted("suite"), {
    id: "tls-nothing-shared",
    title: "no cipher suite, group or signature scheme is common to both sides",
    hint:
      say`nothing the peer accepts was offered (${ALERT}): compare its TLS profile with ours, and the kind of its key; --tls-scan asks it what it takes`,
  }),
  tls.byPeer(alerted("name"), {
    id: "tls-name-unknown",
    title: "the peer does not know the server name asked for",
    hint:
      say`the peer knows no server called "${SERVER_NAME}": give another name by --request-sni, as a rule one that its certificate is for`,
  }),
  tls.byPeer(alerted("no name"), {
    id: "tls-name-wanted",
    title: "the peer serves only those who name the server they want",
    hint:
      say`the peer wants to be asked for a server by its name: give --request-sni NAME, as a rule the host name that its certificate is for`,
  }),
  tls.byPeer(alerted("other"), {
    id: "tls-alert",
    title: "the peer ended the handshake with an alert of its own",
    hint: say`the peer ended the handshake (${ALERT}); its log should say why`,
  }),
];

/** We refused the peer. */
const REFUSED: readonly Situation[] = [
  tls.byPeer(whenReason((code) => code === 10), {
    id: "tls-certificate-expired",
    title: "a certificate of the peer has expired",
    hint: say`${REFUSAL}; it has to be renewed there`,
  }),
  tls.byPeer(whenReason((code) => code === 9), {
    id: "tls-certificate-not-yet-valid",
    title: "a certificate of the peer is not yet valid",
    hint: say`${REFUSAL}; check this machine's clock`,
  }),
  tls.byPeer(whenReason((code) => code === 18), {
    id: "tls-certificate-self-signed",
    title: "the peer's certificate is signed by itself and not trusted",
    hint: say`${REFUSAL}; if it is the right one, trust it by +cf`,
  }),
  tls.byPeer(whenReason((code) => UNKNOWN_CA.includes(code)), {
    id: "tls-ca-unknown",
    title: "no path leads from the peer's certificate to a trusted root",
    hint:
      say`${REFUSAL}; give the CA by +cf, intermediate ones too when the peer does not send them; folders of +cd need hash links (openssl rehash)`,
  }),
  tls.byPeer(whenUnloaded, {
    id: "tls-trust-not-loaded",
    title: "what would vouch for the peer is missing, and a file that was named was not loaded",
    hint: say`${REFUSAL}; ${FILE} ${FILE_TROUBLE}`,
  }),
  tls.byPeer(whenReason((code) => code === 23), {
    id: "tls-certificate-revoked",
    title: "a certificate of the peer was revoked",
    hint: say`${REFUSAL}; it must be replaced there`,
  }),
  tls.byPeer(whenReason((code) => code === 26), {
    id: "tls-purpose-wrong",
    title: "the peer's certificate is not made for a TLS server",
    hint: say`${REFUSAL}; the peer needs another one`,
  }),
  tls.byPeer(whenReason((code) => ABOUT_CRLS.includes(code)), {
    id: "tls-crl-unusable",
    title: "a revocation list that is needed is missing or cannot be used",
    hint: say`${REFUSAL}; give the issuer's current list by +crl`,
  }),
  tls.byPeer(whenReason((code) => !NAMED_REASONS.includes(code)), {
    id: "tls-certificate-refused",
    title: "a certificate of the peer breaks a rule",
    hint: say`${REFUSAL}; the peer needs another one`,
  }),
  tls.byPeer(refusedAs("trust-file"), {
    id: "tls-trust-file-unusable",
    title: "a file in a trust directory cannot be read",
    hint: say`${REFUSAL}; replace or remove it`,
  }),
  tls.byPeer(refusedAs("host-name"), {
    id: "tls-host-name-wrong",
    title: "the peer's certificate is for another host",
    hint: say`${REFUSAL}; use a name it is for, or --verify-hostname-as`,
  }),
  tls.byPeer(refusedAs("outside-profile"), {
    id: "tls-outside-profile",
    title: "the peer chose a version or cipher suite that the profile does not have",
    hint: say`${REFUSAL}; ${ALLOWING}`,
  }),
  tls.byPeer(refusedAs("no-certificate"), {
    id: "tls-certificate-missing",
    title: "the peer showed no certificate",
    hint: say`the peer showed no certificate: it has to be given one`,
  }),
  tls.byPeer(refusedAs("unreadable"), {
    id: "tls-certificate-unreadable",
    title: "the peer's certificate is damaged",
    hint: say`the peer's certificate cannot be read; it needs another one`,
  }),
];

/** In the order in which a handshake meets them. */
export const SECURING: readonly Situation[] = [
  ...BROKEN,
  ...CUT_SHORT,
  ...ALERTED,
  ...REFUSED,
  tls.byPeer(tls.when("TimedOut"), {
    id: "tls-overdue",
    title: "the TLS handshake was not done in time",
    hint:
      say`${HOST} accepted the connection on port ${PORT}, but there was no TLS after ${WAITED}: it may be slow, hang, or wait for something other than TLS`,
  }),
  tls.byUser(tls.when("Interrupted"), {
    id: "interrupted-securing",
    title: "ended by a signal during the TLS handshake",
    hint:
      say`${HOST} had not finished the handshake on port ${PORT}; ${CUT_LIMIT_OPTION} sets the limit for that wait (${CUT_LIMIT} now)`,
  }),
];
