/** Numbers as DICOM writes them. */

/** Four hexadecimal digits in lower case, as in `0006:0317`. */
export function hex4(value: number): string {
  return value.toString(16).padStart(4, "0");
}

/** Four hexadecimal digits in upper case and an H, as the standard writes codes: `0122H`. */
export function hex4H(value: number): string {
  return `${hex4(value).toUpperCase()}H`;
}
