/** What is wrong with AE titles before anybody is asked. */

import {
  AE_TITLE_LENGTH,
  aeTitleBytes,
  fitsAeTitle,
  textOfByteString,
  wordToBytes,
} from "../dicom/mod.ts";
import { escapeControls } from "../common/visible.ts";

/**
 * One sentence for each of `titles` that PS3.5 6.2 does not allow, by the option that gave it.
 *
 * The reference sends what fits of such a title without a word, and the peer then knows nobody of that name. An empty one
 * is not sent at all, and the failure says that.
 */
export function titleNotes(titles: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(titles).flatMap(([option, title]) =>
    title === "" || fitsAeTitle(title)
      ? []
      : [`${option} "${escapeControls(title)}" ${faultOf(title)}`]
  );
}

function faultOf(title: string): string {
  if (title.trim() === "") return "is blank, and DICOM wants at least one character";
  const { length } = wordToBytes(title);
  if (length <= AE_TITLE_LENGTH) {
    return "has characters that DICOM allows in no AE title (allowed: ASCII without backslash)";
  }
  const sent = escapeControls(textOfByteString(aeTitleBytes(title)));
  return `has ${length} bytes, and an AE title at most ${AE_TITLE_LENGTH}: "${sent}" is sent`;
}
