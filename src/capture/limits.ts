/** Bounds of what is recorded. */

/** Most bytes of one file: 64 MiB. */
export const MOST_FILE_BYTES: number = 64 * 1024 * 1024;

/** Longest PDU that is taken for one, header included: what the upper layer reads at most, and 6 bytes. */
export const LONGEST_PDU: number = 1_048_576 + 6;

/** Bytes that are kept of what is no PDU, in each direction: 64 KiB. */
export const MOST_OTHER_BYTES: number = 64 * 1024;

/** Most bytes of what a bundle keeps of conversations and logs: 16 MiB. */
export const MOST_BUNDLE_BYTES: number = 16 * 1024 * 1024;
