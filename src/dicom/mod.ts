/** The vocabulary of DICOM: titles, UIDs, their names, the command dictionary, text from byte strings. */

import type { DataDictionary } from "./data_dictionary.ts";

export { AE_TITLE_LENGTH, aeTitleBytes, fitsAeTitle, parseAeTitle } from "./ae_title.ts";
export type { AeTitle } from "./ae_title.ts";
export { beforeNul, bytesOfByteString, byteStringOf, textOfByteString } from "./byte_string.ts";
export { wordsFromBytes, wordToBytes } from "./word.ts";
export { contextIdAt, parsePresentationContextId } from "./presentation_context_id.ts";
export type { PresentationContextId } from "./presentation_context_id.ts";
export {
  APPLICATION_CONTEXT_NAME,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  IMPLICIT_VR_LITTLE_ENDIAN,
  loadUidNames,
  nameOfWellKnownUid,
  parseUid,
  VERIFICATION_SOP_CLASS,
} from "./uid.ts";
export type { Uid, UidNames } from "./uid.ts";
export {
  MOST_USER_IDENTITY_BYTES,
  USER_IDENTITY_TYPES,
  userIdentityTypeText,
} from "./user_identity.ts";
export type { UserIdentity } from "./user_identity.ts";
export { TRANSFER_SYNTAXES } from "./transfer_syntaxes.ts";
export type { TransferSyntax } from "./transfer_syntaxes.ts";
export { COMMAND_DICTIONARY, commandElementName, UNKNOWN_KEYWORD } from "./command_dictionary.ts";
export type { CommandDictionaryEntry, CommandVr } from "./command_dictionary.ts";
export { commandElement } from "./names.ts";
export type { ElementName, ElementNames, ElementTag, Names } from "./names.ts";
export type { DataDictionary, DictionaryFault } from "./data_dictionary.ts";

/** An empty dictionary for dictionary files; its code is loaded only when there are any. */
export async function newDataDictionary(): Promise<DataDictionary> {
  const { DataDictionary } = await import("./data_dictionary.ts");
  return new DataDictionary();
}
