/** What can be weak in a TLS connection, by stable names: those of documents, and of `expect.tls.allow` in plans. */

/** The names, the worst first. */
export const TLS_WEAKNESSES = [
  "not-encrypted",
  "old-version",
  "old-cipher",
  "no-forward-secrecy",
  "short-key",
  "old-signature",
  "short-dh",
] as const;

/** One of them. */
export type TlsWeakness = typeof TLS_WEAKNESSES[number];
