import { TRANSFER_SYNTAXES } from "./transfer_syntaxes.ts";
import { APPLICATION_CONTEXT_NAME, VERIFICATION_SOP_CLASS } from "./well_known.ts";

/** The reference's name of one of the UIDs every check meets; `undefined` for all others. Needs no loading. */
export function nameOfWellKnownUid(uid: string): string | undefined {
  if (uid === VERIFICATION_SOP_CLASS) return "VerificationSOPClass";
  if (uid === APPLICATION_CONTEXT_NAME) return "StandardApplicationContext";
  return TRANSFER_SYNTAXES.find((syntax) => syntax.uid === uid)?.name;
}

/**
 * The name the reference prints for a UID after `=`, such as `CTImageStorage`; `undefined` when it has none.
 *
 * The large table is loaded when a UID is met that is not among the well-known ones.
 */
export async function nameOfUid(uid: string): Promise<string | undefined> {
  const known = nameOfWellKnownUid(uid);
  if (known !== undefined) return known;
  const { UID_NAMES } = await import("./uid_names.ts");
  return UID_NAMES.get(uid);
}
