/** Random changes to PEM files: what editors, mailers and other encoders do to them. */

import { bytesOf } from "./cert_builder.ts";
import type { Random } from "./chain_world.ts";

type Change = (lines: string[], random: Random) => void;

const LABELS = [
  "CERTIFICATE",
  "X509 CERTIFICATE",
  "TRUSTED CERTIFICATE",
  "X509 CRL",
  "PRIVATE KEY",
  "RSA PRIVATE KEY",
  "ENCRYPTED PRIVATE KEY",
  "CERTIFICATE REQUEST",
  "PKCS7",
  "DH PARAMETERS",
  "certificate",
  "",
];

function anyLine(lines: readonly string[], random: Random): number {
  return random.below(lines.length);
}

function boundary(lines: readonly string[], random: Random): number {
  const some = lines.flatMap((line, i) => line.startsWith("-----") ? [i] : []);
  return some.length === 0 ? 0 : random.pick(some);
}

/** Changes one line. */
function edit(
  pick: (lines: readonly string[], random: Random) => number,
  change: (line: string, random: Random) => string,
): Change {
  return (lines, random) => {
    const at = pick(lines, random);
    lines[at] = change(lines[at] ?? "", random);
  };
}

function inserted(line: string, { at, text }: { readonly at: number; readonly text: string }) {
  return line.slice(0, at) + text + line.slice(at);
}

const INSERTS = [
  "",
  " ",
  "\0",
  "text",
  "a: b",
  "Proc-Type: 4,ENCRYPTED",
  "Proc-Type: 4,MIC-CLEAR",
  "DEK-Info: AES-128-CBC,00112233445566778899AABBCCDDEEFF",
  "# comment",
  "-",
  "-----",
  "====",
  "AAAA",
  "AA==",
  "-----BEGIN CERTIFICATE-----",
  "-----END CERTIFICATE-----",
  "-----END X509 CRL-----",
  "-----BEGIN NOTHING-----",
  "x".repeat(253),
  "x".repeat(254),
  "x".repeat(255),
  "A".repeat(300),
  "\xef\xbb\xbf",
];

/** The lines of the first block: those of BEGIN and END. */
function firstBlock(lines: readonly string[]): { readonly from: number; readonly to: number } {
  const from = lines.findIndex((line) => line.startsWith("-----BEGIN"));
  const to = lines.findIndex((line, i) => i > from && line.startsWith("-----END"));
  return { from, to };
}

/** Writes the base64 of the first block anew. */
function refill(lines: string[], fill: (text: string) => readonly string[]): void {
  const { from, to } = firstBlock(lines);
  if (from < 0 || to < 0) return;
  lines.splice(from + 1, to - from - 1, ...fill(lines.slice(from + 1, to).join("")));
}

function inPieces(text: string, width: number): readonly string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
  return pieces;
}

function joinAt(lines: string[], at: number): void {
  lines.splice(at, 2, (lines[at] ?? "") + (lines[at + 1] ?? ""));
}

const MARK = "\xef\xbb\xbf";
const BLANKS = [" ", "\t", "\r", "\v", "\f", "\xa0"];
const CHARACTERS = [..."AZaz09+/=-_ .:*\x00\x80\xff\t"];
const WIDTHS = [1, 4, 63, 65, 76, 253, 254, 255, 256];
const TAILS = [" ", "\t", "-", "x", "\r", "\x80", "\0", "-----", "\x01"];
const HEADERS = [["a: b"], ["a: b", ""], [""], ["Proc-Type: 4,ENCRYPTED", ""]];

const CHANGES: Readonly<Record<string, Change>> = {
  "mark at the start": edit(() => 0, (line) => MARK + line),
  "mark in a line": edit(boundary, (line) => MARK + line),
  "NUL at the start": edit(() => 0, (line) => `\0${line}`),
  "NUL in front": edit(anyLine, (line) => `\0${line}`),
  "NUL in a line": edit(
    anyLine,
    (line, random) => inserted(line, { at: random.below(line.length + 1), text: "\0" }),
  ),
  "line inserted": (lines, random) =>
    lines.splice(random.below(lines.length + 1), 0, random.pick(INSERTS)),
  "line removed": (lines, random) => lines.splice(anyLine(lines, random), 1),
  "line twice": (lines, random) => {
    const at = anyLine(lines, random);
    lines.splice(at, 0, lines[at] ?? "");
  },
  "boundary removed": (lines, random) => lines.splice(boundary(lines, random), 1),
  "boundary twice": (lines, random) => {
    const at = boundary(lines, random);
    lines.splice(at, 0, lines[at] ?? "");
  },
  "boundary with more": edit(boundary, (line, random) => line + random.pick(TAILS)),
  "boundary with less": edit(boundary, (line) => line.slice(0, -1)),
  "boundary indented": edit(boundary, (line) => ` ${line}`),
  "boundary joined": (lines, random) => joinAt(lines, boundary(lines, random)),
  "another label": edit(
    boundary,
    (line, random) =>
      line.replace(/(BEGIN|END) .*?-----$/, (_, word) => `${word} ${random.pick(LABELS)}-----`),
  ),
  "both labels": (lines, random) => {
    const label = random.pick(LABELS);
    const { from, to } = firstBlock(lines);
    if (from < 0 || to < 0) return;
    lines[from] = `-----BEGIN ${label}-----`;
    lines[to] = `-----END ${label}-----`;
  },
  "lines joined": (lines, random) => joinAt(lines, anyLine(lines, random)),
  "all lines of a block joined": (lines) => refill(lines, (text) => [text]),
  "other line length": (lines, random) =>
    refill(lines, (text) => inPieces(text, random.pick(WIDTHS))),
  "line split": (lines, random) => {
    const at = anyLine(lines, random);
    const line = lines[at] ?? "";
    const place = random.below(line.length + 1);
    lines.splice(at, 1, line.slice(0, place), line.slice(place));
  },
  "blank in a line": edit(
    anyLine,
    (line, random) =>
      inserted(line, { at: random.below(line.length + 1), text: random.pick(BLANKS) }),
  ),
  "blank at the end": edit(anyLine, (line, random) => line + random.pick(BLANKS)),
  "header": (lines, random) => lines.splice(firstBlock(lines).from + 1, 0, ...random.pick(HEADERS)),
  "character changed": edit(anyLine, (line, random) => {
    const at = random.below(Math.max(line.length, 1));
    return line.slice(0, at) + random.pick(CHARACTERS) + line.slice(at + 1);
  }),
  "padding": edit(anyLine, (line, random) => line + random.pick(["=", "==", "A", "A=", "AA"])),
  "cut off": (lines, random) => lines.splice(1 + random.below(lines.length)),
  "Windows ends": (lines) => lines.forEach((line, i) => lines[i] = `${line}\r`),
  "text around": (lines, random) => {
    lines.unshift("Bag Attributes", "    friendlyName: x", random.pick(["", "key: value"]));
    lines.push("more", "text");
  },
};

/** Makes one or two random changes to a file; gives its bytes and their names. */
export function mutatePem(
  text: string,
  random: Random,
): { readonly bytes: Uint8Array; readonly names: readonly string[] } {
  const lines = text.split("\n");
  if (lines.at(-1) === "") lines.pop();
  const names: string[] = [];
  for (let left = random.oneIn(4) ? 2 : 1; left > 0; left--) {
    const [name, change] = random.pick(Object.entries(CHANGES));
    change(lines, random);
    names.push(name);
  }
  const end = random.oneIn(6) ? "" : "\n";
  return { bytes: bytesOf(lines.join("\n") + end), names };
}
