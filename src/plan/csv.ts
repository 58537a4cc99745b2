/** One line of CSV (RFC 4180), fields with their columns. A field does not go on over the end of a line. */

/** A field. */
export interface CsvField {
  /** Quotes resolved. */
  readonly text: string;
  /** Where it begins, from 1. */
  readonly column: number;
}

/** `"quoted, ""with quotes"""` or anything without a comma. */
const FIELD = /(?:\s*"((?:[^"]|"")*)"\s*|([^,]*))(?:,|$)/y;

/** Splits a line at its commas. */
export function parseCsvLine(line: string): readonly CsvField[] {
  const fields: CsvField[] = [];
  let at = 0;
  for (;;) {
    FIELD.lastIndex = at;
    const match = FIELD.exec(line);
    if (match === null) return fields;
    const [whole, quoted, bare] = match;
    fields.push({ text: quoted?.replaceAll('""', '"') ?? bare ?? "", column: at + 1 });
    at += whole.length;
    if (!whole.endsWith(",")) return fields;
  }
}
