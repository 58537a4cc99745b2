/** What the engine takes and gives, as types only. */

import type { KeyObject } from "node:crypto";
import type { OwnCertificate, TlsOwnOffer, TlsVersion, TlsViolation } from "../tls/types.ts";

/** Our own key and certificates. */
export interface EngineIdentity {
  /** Own certificate first, in DER. */
  readonly certificates: readonly [Uint8Array, ...Uint8Array[]];
  /** Its private key. */
  readonly key: KeyObject;
}

/** What the peer showed before anything of ours is sent. */
export interface PeerShown {
  /** Negotiated version. */
  readonly protocol: TlsVersion;
  /** Negotiated suite by the name that logs show. */
  readonly suite: string;
  /** Its certificates in DER, in its order. */
  readonly certificates: readonly Uint8Array[];
}

/** How to be a client. */
export interface ClientSettings {
  /** Versions, suites, groups and signature schemes to offer. */
  readonly offer: TlsOwnOffer;
  /** Server name to ask for; `undefined`: none. */
  readonly serverName: string | undefined;
  /** What to show when asked; `undefined`: nothing. */
  readonly identity: EngineIdentity | undefined;
  /** Random bytes: the only source of them here. */
  readonly random: (length: number) => Uint8Array;
  /** Decides on the peer; a number is the alert to refuse it with. */
  readonly judge: (shown: PeerShown) => number | undefined;
}

/** What a server asks a client for. */
export interface ClientCertificateRequest {
  /** Names of the CAs it accepts, in DER; empty: any. */
  readonly authorities: readonly Uint8Array[];
}

/** What was agreed on. */
export interface Negotiated {
  /** Version as on the wire. */
  readonly version: number;
  /** Suite by the name that logs show. */
  readonly suite: string;
  /** Group of the key exchange as on the wire; `undefined`: none, as with RSA key transport or own DH parameters. */
  readonly group: number | undefined;
  /** Bits of the DH prime, when the server chose its own. */
  readonly dhBits: number | undefined;
  /** Signature scheme of the server's proof as on the wire; `undefined` with RSA key transport. */
  readonly scheme: number | undefined;
  /** Whether the server indicates secure renegotiation (RFC 5746), as always from TLS 1.3 on. */
  readonly secureRenegotiation: boolean;
  /** Whether the master secret is bound to the handshake (RFC 7627), as always from TLS 1.3 on. */
  readonly extendedMasterSecret: boolean;
  /** Whether the server asked for a certificate, and for whose; `undefined`: it did not. */
  readonly request: ClientCertificateRequest | undefined;
  /** Whether we showed ours. */
  readonly isIdentitySent: boolean;
}

/** What happens. */
export type EngineEvent =
  /** The handshake is done. */
  | { readonly type: "established"; readonly negotiated: Negotiated }
  /** Application data. */
  | { readonly type: "data"; readonly bytes: Uint8Array }
  /** The peer said goodbye: nothing more comes. */
  | { readonly type: "goodbye" }
  /** The peer sent a fatal alert; `asked` says what became of our certificate. */
  | { readonly type: "alert"; readonly alert: number; readonly asked: OwnCertificate }
  /** `judge` refused the peer. */
  | { readonly type: "refused" }
  /** The peer broke a rule. */
  | {
    readonly type: "violation";
    readonly violation: TlsViolation;
    /** Whether no record was whole before: then it may be no TLS at all. */
    readonly isFirstRecord: boolean;
  };
