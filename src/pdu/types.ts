/**
 * The Protocol Data Units of PS3.8 section 9.3 as values.
 *
 * Text fields are "byte strings": one character (U+0000..U+00FF) for each byte on the wire, so that whatever a
 * peer sent survives decoding and encoding. Codes are kept as they came, unknown ones too.
 */

import type { UserIdentity } from "../dicom/mod.ts";

/** An item or sub-item of a type we do not know: kept as it came. */
export interface RawItem {
  /** Item type, the first byte of the item. */
  readonly itemType: number;
  /** The bytes after the length field. */
  readonly value: Uint8Array;
}

/** One presentation context of an A-ASSOCIATE-RQ (PS3.8 9.3.2.2, Table 9-13). */
export interface ProposedContext {
  /** Presentation context ID: odd, 1..255. */
  readonly id: number;
  /** Abstract syntax name; `undefined` when a peer left the sub-item out. */
  readonly abstractSyntax: string | undefined;
  /** Transfer syntax names in the order proposed. */
  readonly transferSyntaxes: readonly string[];
}

/** Why an acceptor refused a context (PS3.8 9.3.3.2, Table 9-18): results 1, 2, 3 and 4. */
export type ContextRefusal =
  | "user-rejection"
  | "no-reason"
  | "abstract-syntax-not-supported"
  | "transfer-syntaxes-not-supported";

/** The acceptor's answer for one context (PS3.8 9.3.3.2, Table 9-18). A refused one has no transfer syntax. */
export type ContextResult =
  | { readonly id: number; readonly result: "acceptance"; readonly transferSyntax: string }
  | { readonly id: number; readonly result: ContextRefusal }
  | { readonly id: number; readonly result: "reserved"; readonly code: number };

/** Maximum length sub-item 51H (PS3.8 D.1). */
export interface MaximumLengthItem {
  /** The kind of item. */
  readonly type: "maximum-length";
  /** Bytes of the variable field of P-DATA-TF that the sender can take; 0 = no limit. */
  readonly maximumLength: number;
  /** The length field, when it was not 4: tolerated as the reference does, and reported. */
  readonly statedLength?: number;
}

/** Implementation class UID sub-item 52H (PS3.7 D.3.3.2.1). */
export interface ImplementationClassUidItem {
  /** The kind of item. */
  readonly type: "implementation-class-uid";
  /** A UID of 1..64 characters by the standard. */
  readonly implementationClassUid: string;
}

/** Asynchronous operations window sub-item 53H (PS3.7 D.3.3.3). */
export interface AsynchronousOperationsWindowItem {
  /** The kind of item. */
  readonly type: "asynchronous-operations-window";
  /** 0 = unlimited. */
  readonly maximumOperationsInvoked: number;
  /** 0 = unlimited. */
  readonly maximumOperationsPerformed: number;
}

/** SCP/SCU role selection sub-item 54H (PS3.7 D.3.3.4). Role bytes as they came: 0 or 1 by the standard. */
export interface RoleSelectionItem {
  /** The kind of item. */
  readonly type: "role-selection";
  /** The SOP class it is about. */
  readonly sopClassUid: string;
  /** The requestor can be (or is accepted as) SCU. */
  readonly scuRole: number;
  /** The requestor can be (or is accepted as) SCP. */
  readonly scpRole: number;
}

/** Implementation version name sub-item 55H (PS3.7 D.3.3.2.3). */
export interface ImplementationVersionNameItem {
  /** The kind of item. */
  readonly type: "implementation-version-name";
  /** 1..16 characters by the standard; longer ones are kept as they came. */
  readonly implementationVersionName: string;
}

/** SOP class extended negotiation sub-item 56H (PS3.7 D.3.3.5). */
export interface ExtendedNegotiationItem {
  /** The kind of item. */
  readonly type: "extended-negotiation";
  /** The SOP class it is about. */
  readonly sopClassUid: string;
  /** Meaning depends on the service class. */
  readonly serviceClassApplicationInformation: Uint8Array;
}

/** SOP class common extended negotiation sub-item 57H (PS3.7 D.3.3.6). */
export interface CommonExtendedNegotiationItem {
  /** The kind of item. */
  readonly type: "common-extended-negotiation";
  /** Sub-item version (second byte of the item): 0. */
  readonly version: number;
  /** The SOP class it is about. */
  readonly sopClassUid: string;
  /** The service class it belongs to. */
  readonly serviceClassUid: string;
  /** SOP classes it can be treated as. */
  readonly relatedGeneralSopClassUids: readonly string[];
}

/** User identity sub-item 58H of an A-ASSOCIATE-RQ (PS3.7 D.3.3.7.1). */
export interface UserIdentityRqItem extends UserIdentity {
  /** The kind of item. */
  readonly type: "user-identity-rq";
}

/** User identity answer sub-item 59H of an A-ASSOCIATE-AC (PS3.7 D.3.3.7.2). */
export interface UserIdentityAcItem {
  /** The kind of item. */
  readonly type: "user-identity-ac";
  /** Kerberos, SAML or JWT answer; empty for types 1 and 2. */
  readonly serverResponse: Uint8Array;
}

/** A user information sub-item (PS3.8 9.3.2.3 and Annex D, PS3.7 Annex D). */
export type UserItem =
  | MaximumLengthItem
  | ImplementationClassUidItem
  | AsynchronousOperationsWindowItem
  | RoleSelectionItem
  | ImplementationVersionNameItem
  | ExtendedNegotiationItem
  | CommonExtendedNegotiationItem
  | UserIdentityRqItem
  | UserIdentityAcItem
  | ({ readonly type: "unrecognized" } & RawItem);

/** The fields that A-ASSOCIATE-RQ and A-ASSOCIATE-AC share (PS3.8 Tables 9-11 and 9-17). */
export interface AssociateFields {
  /** Bit 0 set = version 1. */
  readonly protocolVersion: number;
  /** The 16 byte field without its trailing blanks. */
  readonly calledAeTitle: string;
  /** The 16 byte field without its trailing blanks. */
  readonly callingAeTitle: string;
  /** `undefined` when a peer left the item out. */
  readonly applicationContextName: string | undefined;
  /** Sub-items in the order they came (or will be sent). */
  readonly userInformation: readonly UserItem[];
  /** Top-level items of unknown type, in order. */
  readonly unrecognizedItems: readonly RawItem[];
}

/** A-ASSOCIATE-RQ, type 01H (PS3.8 9.3.2). */
export interface AssociateRq extends AssociateFields {
  /** The PDU in the standard's words. */
  readonly type: "A-ASSOCIATE-RQ";
  /** In the order they came (or will be sent). */
  readonly presentationContexts: readonly ProposedContext[];
}

/** A-ASSOCIATE-AC, type 02H (PS3.8 9.3.3). */
export interface AssociateAc extends AssociateFields {
  /** The PDU in the standard's words. */
  readonly type: "A-ASSOCIATE-AC";
  /** In the order they came (or will be sent). */
  readonly presentationContexts: readonly ContextResult[];
}

/** A-ASSOCIATE-RJ, type 03H (PS3.8 9.3.4, Table 9-21): the three codes as they came. */
export interface AssociateRj {
  /** The PDU in the standard's words. */
  readonly type: "A-ASSOCIATE-RJ";
  /** 1 permanent, 2 transient. */
  readonly result: number;
  /** 1 service user, 2 service provider (ACSE), 3 service provider (presentation). */
  readonly source: number;
  /** Meaning depends on the source. */
  readonly reason: number;
}

/** One Presentation Data Value (PS3.8 9.3.5.1 and Annex E.2). */
export interface Pdv {
  /** Presentation context ID: odd, 1..255. */
  readonly contextId: number;
  /** Bit 0 of the message control header: 1 = command, 0 = data set. */
  readonly kind: "command" | "data";
  /** Bit 1 of the message control header: 1 = last fragment. */
  readonly isLast: boolean;
  /** One fragment of a command set or data set. */
  readonly data: Uint8Array;
}

/** P-DATA-TF, type 04H (PS3.8 9.3.5). */
export interface PDataTf {
  /** The PDU in the standard's words. */
  readonly type: "P-DATA-TF";
  /** At least one. */
  readonly pdvs: readonly Pdv[];
}

/** A-RELEASE-RQ, type 05H (PS3.8 9.3.6). */
export interface ReleaseRq {
  /** The PDU in the standard's words. */
  readonly type: "A-RELEASE-RQ";
}

/** A-RELEASE-RP, type 06H (PS3.8 9.3.7). */
export interface ReleaseRp {
  /** The PDU in the standard's words. */
  readonly type: "A-RELEASE-RP";
}

/** A-ABORT, type 07H (PS3.8 9.3.8, Table 9-26): the two codes as they came. */
export interface Abort {
  /** The PDU in the standard's words. */
  readonly type: "A-ABORT";
  /** 0 service user, 2 service provider. */
  readonly source: number;
  /** For source 2: PS3.8 Table 9-26. */
  readonly reason: number;
}

/** A PDU of a type the standard does not define. */
export interface UnrecognizedPdu {
  /** No PDU of the standard. */
  readonly type: "unrecognized";
  /** Type byte. */
  readonly typeCode: number;
  /** The bytes after the header. */
  readonly body: Uint8Array;
}

/** A Protocol Data Unit (PS3.8 9.3.1). */
export type Pdu =
  | AssociateRq
  | AssociateAc
  | AssociateRj
  | PDataTf
  | ReleaseRq
  | ReleaseRp
  | Abort
  | UnrecognizedPdu;

/** The seven types of the standard by their type byte (PS3.8 9.3.1). */
export const PDU_TYPES = {
  0x01: "A-ASSOCIATE-RQ",
  0x02: "A-ASSOCIATE-AC",
  0x03: "A-ASSOCIATE-RJ",
  0x04: "P-DATA-TF",
  0x05: "A-RELEASE-RQ",
  0x06: "A-RELEASE-RP",
  0x07: "A-ABORT",
} as const satisfies Record<number, Pdu["type"]>;

/** The six bytes every PDU starts with: its type and how many bytes follow (PS3.8 9.3.1). */
export interface PduHeader {
  /** First byte. */
  readonly typeCode: number;
  /** Number of bytes after the header: 0..4294967295. */
  readonly length: number;
}

/** A PDU whose body the reader chose not to read (see `PduFramerOptions.judge`); emitted at its header. */
export interface SkippedPdu extends PduHeader {
  /** No PDU of the standard: a body that was not read. */
  readonly type: "skipped";
}

/** What a framer emits. */
export type FramedPdu = Pdu | SkippedPdu;

/** What `decodePdu()` sees of one item of an A-ASSOCIATE PDU: begun, whole unless it does not fit, and read unless wrong. */
export type ItemEvent =
  & {
    /** What the item is in: the PDU, or an item of it (PS3.8 9.3.2.2, 9.3.2.3). */
    readonly within: "A-ASSOCIATE PDU" | "Presentation Context" | "User Information";
    /** Item type byte. */
    readonly itemType: number;
    /** Where it starts, in bytes from the start of the PDU. */
    readonly offset: number;
    /** Bytes left in what it is in, its own header included. */
    readonly left: number;
  }
  & (
    | { readonly type: "begun" | "read" }
    /** Its content, which is only lent. Items in it follow before it is read. */
    | { readonly type: "whole"; readonly value: Uint8Array }
  );

/** What exactly is wrong with the bytes of a PDU; `got` counts bytes left in the enclosing PDU or item. */
export type PduDefect =
  /** A field or item does not fit: `length` is its own length field, `minimum` the least it needs. */
  | {
    readonly kind: "ill-formed";
    /** The item in the reference's words: "associate PDU", "subitem", "presentation context", "user info", ... */
    readonly item: string;
    readonly got: number;
    readonly length?: number;
    readonly minimum?: number;
  }
  /** A name longer than the 64 bytes the reference allows. */
  | { readonly kind: "subitem-too-long"; readonly length: number; readonly maximum: number }
  /** User identity answer shorter than its fixed fields. */
  | { readonly kind: "user-identity-too-short"; readonly length: number; readonly minimum: number }
  /** User identity answer whose response length contradicts the item length. */
  | {
    readonly kind: "user-identity-mismatch";
    readonly length: number;
    readonly info: number;
    readonly response: number;
  }
  /** Bit 0 of the protocol version is not set. */
  | { readonly kind: "protocol-version"; readonly version: number }
  /** An accepted context with none or several transfer syntaxes. */
  | { readonly kind: "transfer-syntax-count"; readonly count: number }
  /** Type byte outside 01H..07H. */
  | { readonly kind: "unrecognized-type"; readonly typeCode: number }
  /** Declared length above the cap for that type. */
  | {
    readonly kind: "too-long";
    readonly typeCode: number;
    readonly length: number;
    readonly maximum: number;
  }
  /** P-DATA-TF without any PDV. */
  | { readonly kind: "no-pdv" }
  /** PDV length field 0 or 1. */
  | { readonly kind: "pdv-length"; readonly length: number }
  /** PDV lengths do not add up to the PDU length; `pdvs` were counted so far. */
  | { readonly kind: "pdv-sum"; readonly pdvs: number }
  /** An association PDU with more items and user information sub-items than any peer needs. */
  | { readonly kind: "too-many-items"; readonly maximum: number }
  /** The stream ended inside a PDU: in its header or in its body. */
  | {
    readonly kind: "truncated";
    readonly within: "header" | "body";
    readonly got: number;
    readonly expected: number;
  };

/** What is wrong with an association PDU and taken all the same, as the reference does. */
export type PduWarning =
  /** Maximum length item whose length field is not 4. */
  | { readonly kind: "maximum-length-size"; readonly length: number }
  /** Role selection for a SOP class UID longer than the 64 bytes of a UID. */
  | { readonly kind: "role-uid-too-long"; readonly length: number; readonly maximum: number };
