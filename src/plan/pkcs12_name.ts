/** PKCS#12 files in plans, which hold a key with its certificates. */

/** Whether a file is called like one: then a key needs no certificate next to it. */
export function isPkcs12Name(path: string | undefined): boolean {
  return path !== undefined && /\.(p12|pfx)$/i.test(path);
}
