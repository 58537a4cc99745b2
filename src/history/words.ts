/** What SQLite's errors mean; the runtime gives no more of them than their message. */

/** Whether somebody else is writing, which is over soon. */
export function isLocked(message: string): boolean {
  return /\b(?:locked|busy)\b/.test(message);
}

const WORDS: readonly (readonly [string, string])[] = [
  ["disk is full", "the disk is full"],
  ["not a database", "it is not an SQLite database"],
  ["malformed", "it is damaged"],
  ["readonly database", "it may not be written to"],
  ["unable to open", "it cannot be opened or made there"],
  ["disk I/O error", "the disk reports an error, as one that is full does"],
];

/** A clause for `message` of SQLite. */
export function databaseWords(message: string): string {
  return WORDS.find(([part]) => message.includes(part))?.[1] ?? message;
}
