/** UIDs: what is one, those that every check meets, and what the reference calls them. */

import { TRANSFER_SYNTAXES } from "./transfer_syntaxes.ts";

/** A unique identifier that PS3.5 9.1 allows: 1 to 64 characters, numbers without leading zeros between dots. */
export type Uid = string & { readonly brand: "Uid" };

/** The UID that `text` is, or `undefined` when PS3.5 9.1 does not allow it. */
export function parseUid(text: string): Uid | undefined {
  return isUid(text) ? text : undefined;
}

function isUid(text: string): text is Uid {
  return text.length <= 64 && /^(?:0|[1-9][0-9]*)(?:\.(?:0|[1-9][0-9]*))*$/.test(text);
}

/** Verification SOP class (PS3.4 Annex A). */
export const VERIFICATION_SOP_CLASS = "1.2.840.10008.1.1";

/** The DICOM application context name (PS3.7 A.2.1). */
export const APPLICATION_CONTEXT_NAME = "1.2.840.10008.3.1.1.1";

/** The default transfer syntax, which every application entity must accept (PS3.5 10.1). */
export const IMPLICIT_VR_LITTLE_ENDIAN = "1.2.840.10008.1.2";

/**
 * Names this implementation to its peers (PS3.7 D.3.3.2). A UUID-derived UID (PS3.5 B.2), made once; it changes
 * only when the protocol core becomes another implementation.
 */
export const IMPLEMENTATION_CLASS_UID = "2.25.116550273587022557653465431291351828164";

/** Names the version to its peers (PS3.7 D.3.3.2), at most 16 characters: the program and its version. */
export const IMPLEMENTATION_VERSION_NAME = "ECHOSCU_0_1_0";

/** The reference's name of one of the UIDs every check meets; `undefined` for all others. Needs no loading. */
export function nameOfWellKnownUid(uid: string): string | undefined {
  if (uid === VERIFICATION_SOP_CLASS) return "VerificationSOPClass";
  if (uid === APPLICATION_CONTEXT_NAME) return "StandardApplicationContext";
  return TRANSFER_SYNTAXES.find((syntax) => syntax.uid === uid)?.name;
}

/** Gives the name the reference prints for a UID after `=`, such as `CTImageStorage`; `undefined` = none. */
export type UidNames = (uid: string) => string | undefined;

/** Loads the large table of names; without it only the well-known ones are known. */
export async function loadUidNames(): Promise<UidNames> {
  const { UID_NAMES } = await import("./uid_names.ts");
  return (uid) => nameOfWellKnownUid(uid) ?? UID_NAMES.get(uid);
}
