/** What a check is given and what comes of it. */

import type { UserIdentity } from "../dicom/mod.ts";
import type { ContextResult, ProposedContext, RoleSelectionItem } from "../pdu/types.ts";
import type { AcceptedAuthorities, TlsConnection, TlsFacts } from "../tls/types.ts";
import type { Endpoint, Target } from "../transport/types.ts";
import type { CheckFailure, EndingFailure } from "./errors.ts";

/** What one context proposes. */
export type ProposedContents = Pick<ProposedContext, "abstractSyntax" | "transferSyntaxes">;

/** One check with all defaults applied. Titles are byte strings, as given (not cut, not padded). */
export interface Check {
  /** Where the peer listens. */
  readonly target: Target;
  /** Our AE title; sent cut to 16 bytes. */
  readonly callingAeTitle: string;
  /** The peer's AE title; sent cut to 16 bytes. */
  readonly calledAeTitle: string;
  /** Number of presentation contexts to propose: 1..128. */
  readonly contexts: number;
  /** Transfer syntax UIDs to propose in each context, in this order. */
  readonly transferSyntaxes: readonly string[];
  /** Contexts to propose in place of those of Verification; at most 128. Only for a check without echoes. */
  readonly proposals?: readonly ProposedContents[];
  /** Roles to propose (PS3.7 D.3.3.4); absent: the default, we are SCU. */
  readonly roles?: readonly Omit<RoleSelectionItem, "type">[];
  /** Maximum length to announce, in bytes: 4096..131072, even. */
  readonly maximumLength: number;
  /** The maximum length as it was asked for, when it was odd and had to be lowered. */
  readonly maximumLengthAsked?: number;
  /** Limit for the answer to A-ASSOCIATE-RQ and A-RELEASE-RQ, and for the close after A-ABORT. */
  readonly acseTimeoutSeconds: number;
  /** Limit for the echo response; `undefined` = only the socket's limit. */
  readonly dimseTimeoutSeconds: number | undefined;
  /** Limit for one blocking read or write; 0 = none, `undefined` = not set at all (none either). */
  readonly socketTimeoutSeconds: number | undefined;
  /** Number of echoes; 0: only the association is asked for. */
  readonly repeat: number;
  /** Pause between echoes in seconds; `undefined` = none. */
  readonly intervalSeconds?: number;
  /** Who we say we are (PS3.7 D.3.3.7); absent: nobody. */
  readonly userIdentity?: UserIdentity;
  /** How to end the association after the last echo. */
  readonly ending: "release" | "abort";
}

/** A stage that takes time on the way of a check. */
export type TimedStage = "connect" | "tls" | "associate" | "echo" | "release" | "abort";

/** How long one stage took. */
export interface StageTiming {
  /** Which stage. */
  readonly stage: TimedStage;
  /** Milliseconds since the check began. */
  readonly startedMs: number;
  /** Duration in milliseconds. */
  readonly elapsedMs: number;
}

/** One echo that was answered. */
export interface EchoResult {
  /** 0..65535. */
  readonly messageId: number;
  /** Status of the response; 0000H is Success. */
  readonly status: number;
  /** From the request's first byte to the response's last, in milliseconds. */
  readonly elapsedMs: number;
  /** What the peer says of a failing status: Error Comment (0000,0902), a byte string of at most 64 bytes. */
  readonly comment?: string;
}

/** What the peer said of itself when it accepted. */
export interface AcceptedAssociation {
  /** Names its software (PS3.7 D.3.3.2); a byte string without padding: it ends before its first NUL. */
  readonly implementationClassUid: string | undefined;
  /** Names its version; the same. */
  readonly implementationVersionName: string | undefined;
  /** 0 = unlimited. */
  readonly peerMaximumLength: number;
  /** Its answer to our user identity, which may be secret: only how long it is; absent: it gave none. */
  readonly userIdentityAnswer?: { readonly lengthBytes: number };
  /** The roles it answered with (PS3.7 D.3.3.4); absent: none. */
  readonly roles?: readonly Omit<RoleSelectionItem, "type">[];
  /** Its answers, in its order. */
  readonly contexts: readonly ContextResult[];
}

/** What is known of the TLS connection of a check. */
export interface CheckedTls {
  /** What was negotiated and shown. */
  readonly facts: TlsFacts;
  /** What became of our own certificate; `undefined` when we refused the peer. */
  readonly ownCertificate: TlsConnection["ownCertificate"] | undefined;
  /** Whose it accepts; as in `TlsConnection`. */
  readonly authorities?: AcceptedAuthorities;
}

/** What is known of every check, however it ended. */
export interface ResultFields {
  /** What was to be done. */
  readonly check: Check;
  /** The whole check, in milliseconds. */
  readonly elapsedMs: number;
  /** Connect, associate, each of the first 1000 echoes, release or abort, in their order; as far as the check got. */
  readonly timings: readonly StageTiming[];
  /** The echoes that were answered, in their order: the first 100000. */
  readonly echoes: readonly EchoResult[];
  /** How many more were answered than are listed. */
  readonly unlistedEchoes?: number;
  /** Where the connection came from, once there was one: the address that firewalls and peers saw. */
  readonly local?: Endpoint;
  /** Where the connection went, once there was one. */
  readonly remote?: Endpoint;
  /** What TLS found out, as far as a handshake came; also of a peer that was refused then. */
  readonly tls?: CheckedTls;
  /** What the acceptor said, once it had accepted. */
  readonly association?: AcceptedAssociation;
}

/** Every echo was answered with Success, and the association ended as it should. */
export interface VerifiedCheck extends ResultFields {
  /** Tag. */
  readonly outcome: "verified";
  /** Nothing went wrong. */
  readonly endingError?: never;
}

/** Every echo was answered with Success, but the association did not end as it should. */
export interface BadlyEndedCheck extends ResultFields {
  /** Tag: the peer is verified all the same. */
  readonly outcome: "verified";
  /** What went wrong while the association was ended. */
  readonly endingError: EndingFailure;
}

/** The check failed. `error` is the first thing that went wrong. */
export interface FailedCheck extends ResultFields {
  /** Tag. */
  readonly outcome: "failed";
  /** The first thing that went wrong. */
  readonly error: CheckFailure;
  /** What also went wrong while the association was ended. */
  readonly endingError?: EndingFailure;
}

/** A check in which something went wrong: what can be diagnosed. */
export type TroubledCheck = FailedCheck | BadlyEndedCheck;

/** What came of a check. */
export type CheckResult = VerifiedCheck | TroubledCheck;
