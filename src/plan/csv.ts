/** One line of CSV (RFC 4180), fields with their columns. A field does not go on over the end of a line. */

/** What is between fields: a comma, or what spreadsheets write where the comma is for decimals. */
export type Separator = "," | ";" | "\t";

/** A field. */
export interface CsvField {
  /** Quotes resolved. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly column: number;
  /** Whether quotes begin it that do not end it. */
  readonly isOpen: boolean;
}

/** For each separator: `"quoted, ""with quotes"""`, or anything without the separator. */
const FIELDS: Readonly<Record<Separator, RegExp>> = {
  ",": / *"((?:[^"]|"")*)" *(?:,|$)|([^,]*)(?:,|$)/y,
  ";": / *"((?:[^"]|"")*)" *(?:;|$)|([^;]*)(?:;|$)/y,
  "\t": / *"((?:[^"]|"")*)" *(?:\t|$)|([^\t]*)(?:\t|$)/y,
};

/** Splits a line at its separators. */
export function parseCsvLine(line: string, separator: Separator = ","): readonly CsvField[] {
  const fields: CsvField[] = [];
  const field = FIELDS[separator];
  let at = 0;
  for (;;) {
    field.lastIndex = at;
    const match = field.exec(line);
    if (match === null) return fields;
    const [whole, quoted, bare = ""] = match;
    const isOpen = quoted === undefined && /^ *"/.test(bare);
    fields.push({ text: quoted?.replaceAll('""', '"') ?? bare, column: at + 1, isOpen });
    at += whole.length;
    if (!whole.endsWith(separator)) return fields;
  }
}
