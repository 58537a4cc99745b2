/** Reasons for which a certificate is refused, by the reference's numbers. */

/** Its issuer is not known. */
export const UNKNOWN_CA: readonly number[] = [2, 19, 20, 21];

/** The list that is needed is missing, or cannot be used. */
export const ABOUT_CRLS: readonly number[] = [3, 8, 11, 12, 15, 16, 35, 36, 44];

/** Whether a certificate, or a list, is not among what was loaded. */
export function isLackOf(code: number): boolean {
  return code === 3 || code === 18 || UNKNOWN_CA.includes(code);
}
