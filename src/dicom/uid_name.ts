import { TRANSFER_SYNTAXES } from "./transfer_syntaxes.ts";
import { APPLICATION_CONTEXT_NAME, VERIFICATION_SOP_CLASS } from "./well_known.ts";

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
