/** Names of what is a number on the wire: suites, groups, signature schemes (IANA TLS parameters). */

import { hex4 } from "../common/hex.ts";
import { suiteByCode } from "./suites.ts";

/** The name that logs show for a suite, else its number. */
export function suiteName(code: number): string {
  return suiteByCode(code)?.logName ?? numbered(code);
}

/** The name of a group, else its number. */
export function groupName(code: number): string {
  return GROUPS[code] ?? numbered(code);
}

/** The name of a signature scheme, else its number. */
export function schemeName(code: number): string {
  return SCHEMES[code] ?? numbered(code);
}

/** A number without a name: `0x1301`. */
export function numbered(code: number): string {
  return `0x${hex4(code)}`;
}

/** By their names of RFC 8446 4.2.7 and of the curves' own standards. */
const GROUPS: Readonly<Record<number, string>> = {
  0x09: "sect283k1",
  0x0a: "sect283r1",
  0x0b: "sect409k1",
  0x0c: "sect409r1",
  0x0d: "sect571k1",
  0x0e: "sect571r1",
  0x15: "P-224",
  0x13: "P-192",
  0x16: "secp256k1",
  0x17: "P-256",
  0x18: "P-384",
  0x19: "P-521",
  0x1a: "brainpoolP256r1",
  0x1b: "brainpoolP384r1",
  0x1c: "brainpoolP512r1",
  0x1d: "X25519",
  0x1e: "X448",
  0x1f: "brainpoolP256r1tls13",
  0x20: "brainpoolP384r1tls13",
  0x21: "brainpoolP512r1tls13",
  0x0100: "ffdhe2048",
  0x0101: "ffdhe3072",
  0x0102: "ffdhe4096",
  0x0103: "ffdhe6144",
  0x0104: "ffdhe8192",
  0x11eb: "SecP256r1MLKEM768",
  0x11ec: "X25519MLKEM768",
  0x11ed: "SecP384r1MLKEM1024",
};

/** By their names of RFC 8446 4.2.3; those of TLS 1.2 alone by key and hash. */
const SCHEMES: Readonly<Record<number, string>> = {
  0x0101: "rsa_pkcs1_md5",
  0x0201: "rsa_pkcs1_sha1",
  0x0202: "dsa_sha1",
  0x0203: "ecdsa_sha1",
  0x0301: "rsa_pkcs1_sha224",
  0x0302: "dsa_sha224",
  0x0303: "ecdsa_sha224",
  0x0401: "rsa_pkcs1_sha256",
  0x0402: "dsa_sha256",
  0x0403: "ecdsa_secp256r1_sha256",
  0x0501: "rsa_pkcs1_sha384",
  0x0502: "dsa_sha384",
  0x0503: "ecdsa_secp384r1_sha384",
  0x0601: "rsa_pkcs1_sha512",
  0x0602: "dsa_sha512",
  0x0603: "ecdsa_secp521r1_sha512",
  0x0804: "rsa_pss_rsae_sha256",
  0x0805: "rsa_pss_rsae_sha384",
  0x0806: "rsa_pss_rsae_sha512",
  0x0807: "ed25519",
  0x0808: "ed448",
  0x0809: "rsa_pss_pss_sha256",
  0x080a: "rsa_pss_pss_sha384",
  0x080b: "rsa_pss_pss_sha512",
};
