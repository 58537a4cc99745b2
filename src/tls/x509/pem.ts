/**
 * PEM files (RFC 7468), read the way the reference's library reads them: text around blocks is skipped, any
 * label is accepted, and the first damaged block ends the reading, even when its label is of no interest.
 */

import { byteText } from "./der.ts";

/** One block between its BEGIN and END lines. */
export interface PemBlock {
  /** What stands after BEGIN, such as `CERTIFICATE`. */
  readonly label: string;
  /** Header lines (`Proc-Type: ...`), empty for most blocks. */
  readonly header: string;
  /** The decoded contents. */
  readonly data: Uint8Array;
}

/** How a block can be damaged; `silent` stands for damage without an error text of its own. */
export type PemFault = "bad-end-line" | "bad-base64" | "silent";

/** All blocks up to the end of the file or to the first damaged one. */
export interface PemScan {
  /** The blocks that were read. */
  readonly blocks: readonly PemBlock[];
  /** What is wrong with the block after them. */
  readonly fault: PemFault | undefined;
}

/** The library's line buffer: longer lines are read in pieces of this many characters. */
const LINE_PIECE = 254;

/** Reads the blocks of a file. */
export function scanPem(bytes: Uint8Array): PemScan {
  const lines = splitLines(byteText(bytes));
  const blocks: PemBlock[] = [];
  let at = 0;
  while (at < lines.length) {
    const label = lines[at]?.text.match(/^-----BEGIN (.*)-----$/)?.[1];
    at++;
    if (label === undefined) continue;
    const body = readBody(lines, { at, label });
    if (body.fault !== undefined) return { blocks, fault: body.fault };
    const data = decodeBase64(body.data);
    if (data === undefined) return { blocks, fault: "bad-base64" };
    blocks.push({ label, header: body.header, data });
    at = body.next;
  }
  return { blocks, fault: undefined };
}

interface Line {
  readonly text: string;
  /** Whether the piece before it belongs to the same line of the file. */
  readonly continues: boolean;
}

/** Lines without trailing blanks and bytes the library takes for blanks, split as its buffer does. */
function splitLines(text: string): readonly Line[] {
  const lines: Line[] = [];
  const withoutMark = text.startsWith("\xef\xbb\xbf") ? text.slice(3) : text;
  const rows = withoutMark.split("\n");
  if (rows[rows.length - 1] === "") rows.pop();
  for (const row of rows) {
    for (let at = 0; at === 0 || at < row.length; at += LINE_PIECE) {
      const piece = row.slice(at, at + LINE_PIECE);
      lines.push({ text: trimEnd(piece), continues: at > 0 });
    }
  }
  return lines;
}

/** Cuts blanks, control characters and bytes above 7FH off the end. */
function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && (text.charCodeAt(end - 1) <= 0x20 || text.charCodeAt(end - 1) >= 0x80)) end--;
  return text.slice(0, end);
}

type Body =
  | {
    readonly fault: undefined;
    readonly header: string;
    readonly data: string;
    readonly next: number;
  }
  | { readonly fault: PemFault };

/**
 * Reads up to the END line. A colon in a line before the first empty line makes all lines up to there headers;
 * after an empty line base64 must stand in lines of 64 characters, only the last may be shorter.
 */
function readBody(
  lines: readonly Line[],
  start: { readonly at: number; readonly label: string },
): Body {
  let state: "maybe-header" | "header" | "after-header" = "maybe-header";
  const before: string[] = [];
  const after: string[] = [];
  let isLast = false;
  for (let at = start.at; at < lines.length; at++) {
    const line = lines[at]?.text ?? "";
    if (state === "maybe-header" && line.includes(":")) state = "header";
    if (line === "") {
      if (lines[at]?.continues) continue;
      if (state === "after-header") return { fault: "bad-end-line" };
      state = "after-header";
      continue;
    }
    if (line.startsWith("-----END ")) {
      if (line !== `-----END ${start.label}-----`) return { fault: "bad-end-line" };
      const data = (state === "maybe-header" ? before : after).join("");
      const header = state === "maybe-header" ? "" : before.join("\n");
      return data === "" ? { fault: "silent" } : { fault: undefined, header, data, next: at + 1 };
    }
    if (isLast) return { fault: "bad-end-line" };
    (state === "after-header" ? after : before).push(line);
    if (state !== "after-header") continue;
    if (line.length > 64) return { fault: "silent" };
    isLast = line.length < 64;
  }
  return { fault: "bad-end-line" };
}

function decodeBase64(text: string): Uint8Array | undefined {
  const packed = text.replace(/[ \t\r\n]/g, "");
  if (packed.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return undefined;
  const binary = atob(packed);
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

/** Writes one block. */
export function encodePem(label: string, data: Uint8Array): string {
  const text = btoa(byteText(data));
  const lines = text.match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ""].join("\n");
}
