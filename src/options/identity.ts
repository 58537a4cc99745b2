/** Who we are: the one place for name, version and release date. A test holds it against `deno.json`. */

/** Name of the program in header, usage and version text, whatever it was called as. */
export const PROGRAM_NAME = "echoscu";

/** Version of this program; the same as in `deno.json`. A constant, because a JSON import costs start-up time. */
export const VERSION = "0.1.0";

/** Date of this version, as the reference shows it: year, month, day. */
export const RELEASE_DATE = "2026-11-23";

/** First line of header and log: who speaks. */
export const IDENTIFICATION = `$echoscu: ${PROGRAM_NAME} v${VERSION} ${RELEASE_DATE} $`;

/** What the program is for, as the header and the man page say it. */
export const PURPOSE = "DICOM verification (C-ECHO) SCU";

/** Header that comes before every usage error, the usage text and the version text; ends in a line end. */
export const HEADER = `${IDENTIFICATION}\n\n${PROGRAM_NAME}: ${PURPOSE}\n`;
