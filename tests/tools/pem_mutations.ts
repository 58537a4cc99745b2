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

function replace(lines: string[], at: number, change: (line: string) => string): void {
  lines[at] = change(lines[at] ?? "");
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

const CHANGES: Readonly<Record<string, Change>> = {
  "mark at the start": (lines) => replace(lines, 0, (line) => `\xef\xbb\xbf${line}`),
  "mark in a line": (lines, random) =>
    replace(lines, boundary(lines, random), (line) => `\xef\xbb\xbf${line}`),
  "NUL in front": (lines, random) =>
    replace(lines, random.oneIn(2) ? 0 : anyLine(lines, random), (line) => `\0${line}`),
  "NUL in a line": (lines, random) =>
    replace(lines, anyLine(lines, random), (line) => {
      const at = random.below(line.length + 1);
      return `${line.slice(0, at)}\0${line.slice(at)}`;
    }),
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
  "boundary with more": (lines, random) =>
    replace(
      lines,
      boundary(lines, random),
      (line) => line + random.pick([" ", "\t", "-", "x", "\r", "\x80", "\0", "-----", "\x01"]),
    ),
  "boundary with less": (lines, random) =>
    replace(lines, boundary(lines, random), (line) => line.slice(0, -1)),
  "boundary indented": (lines, random) =>
    replace(lines, boundary(lines, random), (line) => ` ${line}`),
  "boundary joined": (lines, random) => {
    const at = boundary(lines, random);
    lines.splice(at, 2, (lines[at] ?? "") + (lines[at + 1] ?? ""));
  },
  "another label": (lines, random) =>
    replace(
      lines,
      boundary(lines, random),
      (line) =>
        line.replace(/(BEGIN|END) .*?-----$/, (_, word) => `${word} ${random.pick(LABELS)}-----`),
    ),
  "both labels": (lines, random) => {
    const label = random.pick(LABELS);
    const from = lines.findIndex((line) => line.startsWith("-----BEGIN"));
    const to = lines.findIndex((line) => line.startsWith("-----END"));
    if (from < 0 || to < 0) return;
    lines[from] = `-----BEGIN ${label}-----`;
    lines[to] = `-----END ${label}-----`;
  },
  "lines joined": (lines, random) => {
    const at = anyLine(lines, random);
    lines.splice(at, 2, (lines[at] ?? "") + (lines[at + 1] ?? ""));
  },
  "all lines of a block joined": (lines) => {
    const from = lines.findIndex((line) => line.startsWith("-----BEGIN"));
    const to = lines.findIndex((line) => line.startsWith("-----END"));
    if (from >= 0 && to > from) {
      lines.splice(from + 1, to - from - 1, lines.slice(from + 1, to).join(""));
    }
  },
  "other line length": (lines, random) => {
    const from = lines.findIndex((line) => line.startsWith("-----BEGIN"));
    const to = lines.findIndex((line) => line.startsWith("-----END"));
    if (from < 0 || to <= from) return;
    const width = random.pick([1, 4, 63, 65, 76, 253, 254, 255, 256]);
    const text = lines.slice(from + 1, to).join("");
    const pieces: string[] = [];
    for (let at = 0; at < text.length; at += width) pieces.push(text.slice(at, at + width));
    lines.splice(from + 1, to - from - 1, ...pieces);
  },
  "line split": (lines, random) => {
    const at = anyLine(lines, random);
    const line = lines[at] ?? "";
    const place = random.below(line.length + 1);
    lines.splice(at, 1, line.slice(0, place), line.slice(place));
  },
  "blank in a line": (lines, random) =>
    replace(lines, anyLine(lines, random), (line) => {
      const place = random.below(line.length + 1);
      return line.slice(0, place) + random.pick([" ", "\t", "\r", "\v", "\f", "\xa0"]) +
        line.slice(place);
    }),
  "blank at the end": (lines, random) =>
    replace(lines, anyLine(lines, random), (line) => line + random.pick([" ", "\t", "\r", "\xff"])),
  "header": (lines, random) => {
    const from = lines.findIndex((line) => line.startsWith("-----BEGIN"));
    const header = random.pick([["a: b"], ["a: b", ""], [""], ["Proc-Type: 4,ENCRYPTED", ""]]);
    lines.splice(from + 1, 0, ...header);
  },
  "character changed": (lines, random) =>
    replace(lines, anyLine(lines, random), (line) => {
      const at = random.below(Math.max(line.length, 1));
      const char = random.pick([..."AZaz09+/=-_ .:*\x00\x80\xff\t"]);
      return line.slice(0, at) + char + line.slice(at + 1);
    }),
  "padding": (lines, random) =>
    replace(
      lines,
      anyLine(lines, random),
      (line) => line + random.pick(["=", "==", "A", "A=", "AA"]),
    ),
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
