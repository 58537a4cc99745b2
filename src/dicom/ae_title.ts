import { trimOf } from "../common/trim.ts";
import { byteStringOf } from "./byte_string.ts";
import { wordToBytes } from "./word.ts";

/** An application entity title that PS3.5 6.2 (VR AE) allows, without leading and trailing blanks. */
export type AeTitle = string & { readonly brand: "AeTitle" };

/** Bytes of an AE title field in an A-ASSOCIATE PDU (PS3.8 Tables 9-11 and 9-17). */
export const AE_TITLE_LENGTH = 16;

/**
 * The AE title that `text` names, or `undefined` when it is none.
 *
 * PS3.5 6.2: 1 to 16 characters of the default repertoire, no backslash, no control characters; blanks around
 * it do not count, and blanks alone are no title.
 */
export function parseAeTitle(text: string): AeTitle | undefined {
  const title = trimOf(text, " ");
  return isAeTitle(title) ? title : undefined;
}

/** Whether `text` names an AE title that goes into its field as a whole, leading blanks included. */
export function fitsAeTitle(text: string): boolean {
  return parseAeTitle(text) !== undefined && text.trimEnd().length <= AE_TITLE_LENGTH;
}

function isAeTitle(text: string): text is AeTitle {
  return /^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(text);
}

/**
 * What the reference puts into the 16 byte field for the argument `text`, as a byte string without padding.
 *
 * The UTF-8 bytes of the argument, silently cut after 16, even inside a letter; blanks, backslashes and control
 * characters go out unchanged. `encodePdu` pads with blanks.
 */
export function aeTitleBytes(text: string): string {
  return byteStringOf(wordToBytes(text).subarray(0, AE_TITLE_LENGTH));
}
