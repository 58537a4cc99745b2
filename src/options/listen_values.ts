/** Reads the words of what the answering side does. */

import { splitTarget } from "../common/target.ts";
import type { ValueOutcome } from "./row.ts";

/** Codes of a rejection (PS3.8 Table 9-21). */
export interface RejectionWords {
  /** 1 permanent, 2 transient. */
  readonly result: number;
  /** Who rejects. */
  readonly source: number;
  /** Why. */
  readonly reason: number;
}

/** Whom to call back. */
export interface BackTarget {
  /** Its AE title. */
  readonly called: string;
  /** Host name or address, brackets of an IPv6 address included. */
  readonly host: string;
  /** 1..65535. */
  readonly port: number;
}

/** Reads AE titles with commas between them; blanks around them do not count. */
export function parseTitles(word: string): ValueOutcome<{ readonly titles: readonly string[] }> {
  const titles = word.split(",").map((title) => title.trim());
  const isFit = titles.every((title) => /^[ -[\]-~]{1,16}$/.test(title));
  return isFit ? { value: { titles } } : { reason: "invalid" };
}

/** Reads `RESULT/SOURCE/REASON`, each 0 to 255: also codes that the standard does not know. */
export function parseCodes(word: string): ValueOutcome<RejectionWords> {
  if (!/^\d{1,3}\/\d{1,3}\/\d{1,3}$/.test(word)) return { reason: "invalid" };
  const [result = 0, source = 0, reason = 0] = word.split("/").map(Number);
  if (Math.max(result, source, reason) > 255) return { reason: "overflow" };
  return { value: { result, source, reason } };
}

/** Reads a status of four hexadecimal digits; `0x` before them and `H` after them do not count. */
export function parseStatus(word: string): ValueOutcome<number> {
  const digits = /^(?:0x)?([0-9a-f]{4})h?$/i.exec(word)?.[1];
  return digits === undefined ? { reason: "invalid" } : { value: Number.parseInt(digits, 16) };
}

/** Reads `AETITLE@HOST:PORT`. */
export function parseVerifyBack(word: string): ValueOutcome<BackTarget> {
  const target = splitTarget(word);
  if (target?.called === undefined || !/^\d{1,5}$/.test(target.port)) return { reason: "invalid" };
  const port = Number(target.port);
  if (port < 1) return { reason: "underflow" };
  if (port > 65_535) return { reason: "overflow" };
  return { value: { called: target.called, host: target.host, port } };
}
