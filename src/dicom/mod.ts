/** The vocabulary of DICOM: titles, UIDs, their names, the command dictionary, text from byte strings. */
export { AE_TITLE_LENGTH, aeTitleBytes, fitsAeTitle, parseAeTitle } from "./ae_title.ts";
export type { AeTitle } from "./ae_title.ts";
export { beforeNul, bytesOfByteString, byteStringOf, textOfByteString } from "./byte_string.ts";
export { wordsFromBytes, wordToBytes } from "./word.ts";
export { parseUid } from "./uid.ts";
export type { Uid } from "./uid.ts";
export { contextIdAt, parsePresentationContextId } from "./presentation_context_id.ts";
export type { PresentationContextId } from "./presentation_context_id.ts";
export {
  APPLICATION_CONTEXT_NAME,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  IMPLICIT_VR_LITTLE_ENDIAN,
  VERIFICATION_SOP_CLASS,
} from "./well_known.ts";
export {
  MOST_USER_IDENTITY_BYTES,
  USER_IDENTITY_TYPES,
  userIdentityTypeText,
} from "./user_identity.ts";
export type { UserIdentity } from "./user_identity.ts";
export { TRANSFER_SYNTAXES } from "./transfer_syntaxes.ts";
export type { TransferSyntax } from "./transfer_syntaxes.ts";
export { loadUidNames, nameOfWellKnownUid } from "./uid_name.ts";
export type { UidNames } from "./uid_name.ts";
export { COMMAND_DICTIONARY, commandElementName } from "./command_dictionary.ts";
export type { CommandDictionaryEntry, CommandVr } from "./command_dictionary.ts";
export { commandElement } from "./names.ts";
export { UNKNOWN_KEYWORD } from "./unknown_keyword.ts";
export type { ElementName, ElementNames, ElementTag, Names } from "./names.ts";
export { newDataDictionary } from "./new_dictionary.ts";
export type { DataDictionary, DictionaryFault } from "./data_dictionary.ts";
