/**
 * PEM files (RFC 7468), read the way the reference's library reads them: text around blocks is skipped, any
 * label is accepted, and the first damaged block ends the reading, even when its label is of no interest.
 */

import { byteText } from "./bytes.ts";

/** One block between its BEGIN and END lines. */
export interface PemBlock {
  /** What is after BEGIN, such as `CERTIFICATE`. */
  readonly label: string;
  /** Header lines (`Proc-Type: ...`), empty for most blocks. */
  readonly header: string;
  /** The decoded contents. */
  readonly data: Uint8Array;
}

/** How a block can be damaged; `silent` means damage without an error text of its own. */
export type PemFault = "bad-end-line" | "bad-base64" | "silent";

/** All blocks up to the end of the file or to the first damaged one. */
export interface PemScan {
  /** The blocks that were read. */
  readonly blocks: readonly PemBlock[];
  /** What is wrong with the block after them. */
  readonly fault: PemFault | undefined;
  /** What is after BEGIN there; `undefined` without a fault. */
  readonly faultLabel: string | undefined;
}

/** The library's line buffer: longer lines are read in pieces of this many characters. */
const LINE_PIECE = 254;

/** Reads the blocks of a file. */
export function scanPem(bytes: Uint8Array): PemScan {
  const lines = new LineReader(byteText(bytes));
  const blocks: PemBlock[] = [];
  for (;;) {
    const label = readLabel(lines);
    if (label === undefined) return { blocks, fault: undefined, faultLabel: undefined };
    const ending = (fault: PemFault): PemScan => ({ blocks, fault, faultLabel: label });
    const body = readBody(lines, label);
    if (body.fault !== undefined) return ending(body.fault);
    const data = decodeBase64(body.data);
    if (data === undefined) return ending("bad-base64");
    if (data.length === 0) return ending("silent");
    blocks.push({ label, header: body.header, data });
  }
}

interface Line {
  /** Without blanks and bytes that the library takes for blanks at its end. */
  readonly text: string;
  /** Whether the piece before it belongs to the same line of the file. */
  readonly continues: boolean;
}

/** Gives one line after another as the library sees them: what follows a NUL is lost, one in front ends the file. */
class LineReader {
  readonly #text: string;
  #at = 0;
  #isPartial = false;

  constructor(text: string) {
    this.#text = text;
  }

  /** The next line, `undefined` at the end. */
  next(): Line | undefined {
    const lineEnd = this.#text.indexOf("\n", this.#at);
    const whole = lineEnd < 0 ? this.#text.length : lineEnd + 1;
    const end = Math.min(whole, this.#at + LINE_PIECE);
    const raw = this.#text.slice(this.#at, end);
    const nul = raw.indexOf("\0");
    const text = nul < 0 ? raw : raw.slice(0, nul);
    const continues = this.#isPartial;
    this.#isPartial = text.length === LINE_PIECE && !text.endsWith("\n");
    this.#at = end;
    return text === "" ? undefined : { text: trimEnd(text), continues };
  }
}

/** Cuts blanks, control characters and bytes above 7FH off the end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) <= 0x20 || text.charCodeAt(end - 1) >= 0x80)) end--;
  return text.slice(0, end);
}

/** The mark that some editors put in front of UTF-8. */
const BYTE_ORDER_MARK = "\xef\xbb\xbf";

/** Looks for a BEGIN line. The first line that is looked at may start with a byte order mark, after any block. */
function readLabel(lines: LineReader): string | undefined {
  let isFirst = true;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const hasMark = isFirst && line.text.startsWith(BYTE_ORDER_MARK);
    const text = hasMark ? line.text.slice(BYTE_ORDER_MARK.length) : line.text;
    isFirst = false;
    const label = /^-----BEGIN (.*)-----$/s.exec(text)?.[1];
    if (label !== undefined) return label;
  }
  return undefined;
}

type Body =
  | { readonly fault: undefined; readonly header: string; readonly data: string }
  | { readonly fault: PemFault };

/**
 * Reads up to the END line. A colon in a line before the first empty line makes all lines up to there headers;
 * after an empty line base64 must stand in lines of 64 characters, only the last may be shorter.
 */
function readBody(lines: LineReader, label: string): Body {
  let state: "maybe-header" | "header" | "after-header" = "maybe-header";
  const before: string[] = [];
  const after: string[] = [];
  let isLast = false;
  for (let line = lines.next(); line !== undefined; line = lines.next()) {
    const { text } = line;
    if (state === "maybe-header" && text.includes(":")) state = "header";
    if (text === "") {
      if (line.continues) continue;
      if (state === "after-header") return { fault: "bad-end-line" };
      state = "after-header";
      continue;
    }
    if (text.startsWith("-----END ")) {
      if (text !== `-----END ${label}-----`) return { fault: "bad-end-line" };
      const data = (state === "maybe-header" ? before : after).join("");
      const header = state === "maybe-header" ? "" : before.join("\n");
      return data === "" ? { fault: "silent" } : { fault: undefined, header, data };
    }
    if (isLast) return { fault: "bad-end-line" };
    (state === "after-header" ? after : before).push(text);
    if (state !== "after-header") continue;
    if (text.length > 64) return { fault: "silent" };
    isLast = text.length < 64;
  }
  return { fault: "bad-end-line" };
}

/** Base64 (RFC 4648 4) with blanks anywhere; a minus sign ends it. */
function decodeBase64(text: string): Uint8Array | undefined {
  const minus = text.indexOf("-");
  const packed = (minus < 0 ? text : text.slice(0, minus)).replace(/[ \t\r\n]/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  return Uint8Array.fromBase64(packed);
}

/** Writes one block. */
export function encodePem(label: string, data: Uint8Array): string {
  const lines = data.toBase64().match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
