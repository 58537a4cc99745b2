/** Object identifiers as data: extensions, signature algorithms, keys, and names of name attributes. */

/** Extensions of certificates, CRLs and CRL entries that are read here (RFC 5280 4.2, 5.2, 5.3). */
export const EXTENSION = {
  netscapeCertType: "2.16.840.1.113730.1.1",
  subjectKeyIdentifier: "2.5.29.14",
  keyUsage: "2.5.29.15",
  subjectAltName: "2.5.29.17",
  issuerAltName: "2.5.29.18",
  basicConstraints: "2.5.29.19",
  crlNumber: "2.5.29.20",
  reasonCode: "2.5.29.21",
  deltaCrlIndicator: "2.5.29.27",
  issuingDistributionPoint: "2.5.29.28",
  certificateIssuer: "2.5.29.29",
  nameConstraints: "2.5.29.30",
  crlDistributionPoints: "2.5.29.31",
  certificatePolicies: "2.5.29.32",
  policyMappings: "2.5.29.33",
  authorityKeyIdentifier: "2.5.29.35",
  policyConstraints: "2.5.29.36",
  extendedKeyUsage: "2.5.29.37",
  inhibitAnyPolicy: "2.5.29.54",
  ipAddressBlocks: "1.3.6.1.5.5.7.1.7",
  autonomousSystems: "1.3.6.1.5.5.7.1.8",
  proxyCertInfo: "1.3.6.1.5.5.7.1.14",
  ocspNoCheck: "1.3.6.1.5.5.7.48.1.5",
} as const;

/** Extensions that may be critical: the ones the reference's path check knows; all others are refused then. */
export const HANDLED_CRITICAL: ReadonlySet<string> = new Set([
  EXTENSION.netscapeCertType,
  EXTENSION.keyUsage,
  EXTENSION.subjectAltName,
  EXTENSION.basicConstraints,
  EXTENSION.certificatePolicies,
  EXTENSION.crlDistributionPoints,
  EXTENSION.extendedKeyUsage,
  EXTENSION.ipAddressBlocks,
  EXTENSION.autonomousSystems,
  EXTENSION.ocspNoCheck,
  EXTENSION.policyConstraints,
  EXTENSION.proxyCertInfo,
  EXTENSION.nameConstraints,
  EXTENSION.policyMappings,
  EXTENSION.inhibitAnyPolicy,
]);

/** Extended key usages with a meaning here (RFC 5280 4.2.1.12). */
export const KEY_PURPOSE = {
  any: "2.5.29.37.0",
  serverAuth: "1.3.6.1.5.5.7.3.1",
  clientAuth: "1.3.6.1.5.5.7.3.2",
  microsoftSgc: "1.3.6.1.4.1.311.10.3.3",
  netscapeSgc: "2.16.840.1.113730.4.1",
} as const;

/** Kinds of public keys. */
export type KeyKind =
  | "rsa"
  | "rsa-pss"
  | "dsa"
  | "ec"
  | "sm2"
  | "ed25519"
  | "ed448"
  | "dh"
  | "x25519"
  | "x448";

/** Public key algorithms (the algorithm of a SubjectPublicKeyInfo). */
export const KEY_ALGORITHMS: Readonly<Record<string, KeyKind>> = {
  "1.2.840.113549.1.1.1": "rsa",
  "2.5.8.1.1": "rsa",
  "1.2.840.113549.1.1.10": "rsa-pss",
  "1.2.840.10040.4.1": "dsa",
  "1.2.840.10045.2.1": "ec",
  "1.3.101.110": "x25519",
  "1.3.101.111": "x448",
  "1.3.101.112": "ed25519",
  "1.3.101.113": "ed448",
  "1.2.840.113549.1.3.1": "dh",
  "1.2.840.10046.2.1": "dh",
};

/** The curve of SM2, which also names the algorithm of its keys. */
export const SM2_CURVE = "1.2.156.10197.1.301";

/** A signature algorithm: its short name in the reference, the hash, and the kind of key that makes it. */
export interface SignatureScheme {
  /** The reference's short name, as in its warning about weak hashes. */
  readonly name: string;
  /** Hash name; `undefined` when parameters or the algorithm itself say it, or nothing verifies it. */
  readonly hash: string | undefined;
  /** Kind of the signing key; `undefined` when no key that can be read counts as such. */
  readonly key: KeyKind | undefined;
}

/** Signature algorithms the reference knows; certificates signed otherwise have no issuer for it. */
export const SIGNATURE_SCHEMES: Readonly<Record<string, SignatureScheme>> = {
  "1.2.840.113549.1.1.2": { name: "RSA-MD2", hash: undefined, key: "rsa" },
  "1.2.840.113549.1.1.3": { name: "RSA-MD4", hash: undefined, key: "rsa" },
  "1.2.840.113549.1.1.4": { name: "RSA-MD5", hash: "md5", key: "rsa" },
  "1.2.840.113549.1.1.5": { name: "RSA-SHA1", hash: "sha1", key: "rsa" },
  "1.3.14.3.2.29": { name: "RSA-SHA1-2", hash: "sha1", key: "rsa" },
  "1.3.14.3.2.3": { name: "RSA-NP-MD5", hash: "md5", key: "rsa" },
  "1.3.14.3.2.15": { name: "RSA-SHA", hash: undefined, key: "rsa" },
  "1.3.14.3.2.14": { name: "RSA-MDC2", hash: undefined, key: "rsa" },
  "1.3.36.3.3.1.2": { name: "RSA-RIPEMD160", hash: "ripemd160", key: "rsa" },
  "1.2.840.113549.1.1.14": { name: "RSA-SHA224", hash: "sha224", key: "rsa" },
  "1.2.840.113549.1.1.11": { name: "RSA-SHA256", hash: "sha256", key: "rsa" },
  "1.2.840.113549.1.1.12": { name: "RSA-SHA384", hash: "sha384", key: "rsa" },
  "1.2.840.113549.1.1.13": { name: "RSA-SHA512", hash: "sha512", key: "rsa" },
  "2.16.840.1.101.3.4.3.13": { name: "RSA-SHA3-224", hash: "sha3-224", key: "rsa" },
  "2.16.840.1.101.3.4.3.14": { name: "RSA-SHA3-256", hash: "sha3-256", key: "rsa" },
  "2.16.840.1.101.3.4.3.15": { name: "RSA-SHA3-384", hash: "sha3-384", key: "rsa" },
  "2.16.840.1.101.3.4.3.16": { name: "RSA-SHA3-512", hash: "sha3-512", key: "rsa" },
  "1.2.840.113549.1.1.10": { name: "RSASSA-PSS", hash: undefined, key: "rsa-pss" },
  "1.2.840.10040.4.3": { name: "DSA-SHA1", hash: "sha1", key: "dsa" },
  "1.3.14.3.2.27": { name: "DSA-SHA1-old", hash: "sha1", key: "dsa" },
  "2.16.840.1.101.3.4.3.1": { name: "dsa_with_SHA224", hash: "sha224", key: "dsa" },
  "2.16.840.1.101.3.4.3.2": { name: "dsa_with_SHA256", hash: "sha256", key: "dsa" },
  "1.3.14.3.2.13": { name: "DSA-SHA", hash: undefined, key: "dsa" },
  "1.2.840.10045.4.2": { name: "ecdsa-with-Recommended", hash: undefined, key: "ec" },
  "1.2.840.10045.4.3": { name: "ecdsa-with-Specified", hash: undefined, key: "ec" },
  "1.2.156.10197.1.501": { name: "SM2-SM3", hash: undefined, key: "sm2" },
  "1.2.840.10045.4.1": { name: "ecdsa-with-SHA1", hash: "sha1", key: "ec" },
  "1.2.840.10045.4.3.1": { name: "ecdsa-with-SHA224", hash: "sha224", key: "ec" },
  "1.2.840.10045.4.3.2": { name: "ecdsa-with-SHA256", hash: "sha256", key: "ec" },
  "1.2.840.10045.4.3.3": { name: "ecdsa-with-SHA384", hash: "sha384", key: "ec" },
  "1.2.840.10045.4.3.4": { name: "ecdsa-with-SHA512", hash: "sha512", key: "ec" },
  "1.3.101.112": { name: "ED25519", hash: undefined, key: "ed25519" },
  "1.3.101.113": { name: "ED448", hash: undefined, key: "ed448" },
};

/** Hash algorithms by OID, as they are in RSASSA-PSS parameters. */
export const HASHES: Readonly<Record<string, string>> = {
  "1.2.840.113549.2.5": "md5",
  "1.3.14.3.2.26": "sha1",
  "2.16.840.1.101.3.4.2.4": "sha224",
  "2.16.840.1.101.3.4.2.1": "sha256",
  "2.16.840.1.101.3.4.2.2": "sha384",
  "2.16.840.1.101.3.4.2.3": "sha512",
  "2.16.840.1.101.3.4.2.7": "sha3-224",
  "2.16.840.1.101.3.4.2.8": "sha3-256",
  "2.16.840.1.101.3.4.2.9": "sha3-384",
  "2.16.840.1.101.3.4.2.10": "sha3-512",
};

/** Short names of attribute types in names, as the reference prints them; others print as dotted numbers. */
export const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  "2.5.4.3": "CN",
  "2.5.4.4": "SN",
  "2.5.4.5": "serialNumber",
  "2.5.4.6": "C",
  "2.5.4.7": "L",
  "2.5.4.8": "ST",
  "2.5.4.9": "street",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.12": "title",
  "2.5.4.13": "description",
  "2.5.4.14": "searchGuide",
  "2.5.4.15": "businessCategory",
  "2.5.4.16": "postalAddress",
  "2.5.4.17": "postalCode",
  "2.5.4.18": "postOfficeBox",
  "2.5.4.19": "physicalDeliveryOfficeName",
  "2.5.4.20": "telephoneNumber",
  "2.5.4.21": "telexNumber",
  "2.5.4.22": "teletexTerminalIdentifier",
  "2.5.4.23": "facsimileTelephoneNumber",
  "2.5.4.24": "x121Address",
  "2.5.4.25": "internationaliSDNNumber",
  "2.5.4.26": "registeredAddress",
  "2.5.4.27": "destinationIndicator",
  "2.5.4.28": "preferredDeliveryMethod",
  "2.5.4.29": "presentationAddress",
  "2.5.4.30": "supportedApplicationContext",
  "2.5.4.31": "member",
  "2.5.4.32": "owner",
  "2.5.4.33": "roleOccupant",
  "2.5.4.34": "seeAlso",
  "2.5.4.35": "userPassword",
  "2.5.4.41": "name",
  "2.5.4.42": "GN",
  "2.5.4.43": "initials",
  "2.5.4.44": "generationQualifier",
  "2.5.4.45": "x500UniqueIdentifier",
  "2.5.4.46": "dnQualifier",
  "2.5.4.47": "enhancedSearchGuide",
  "2.5.4.48": "protocolInformation",
  "2.5.4.49": "distinguishedName",
  "2.5.4.50": "uniqueMember",
  "2.5.4.51": "houseIdentifier",
  "2.5.4.54": "dmdName",
  "2.5.4.65": "pseudonym",
  "2.5.4.72": "role",
  "2.5.4.97": "organizationIdentifier",
  "2.5.4.98": "c3",
  "2.5.4.99": "n3",
  "2.5.4.100": "dnsName",
  "0.9.2342.19200300.100.1.1": "UID",
  "0.9.2342.19200300.100.1.3": "mail",
  "0.9.2342.19200300.100.1.4": "info",
  "0.9.2342.19200300.100.1.6": "roomNumber",
  "0.9.2342.19200300.100.1.8": "userClass",
  "0.9.2342.19200300.100.1.9": "host",
  "0.9.2342.19200300.100.1.25": "DC",
  "0.9.2342.19200300.100.1.37": "associatedDomain",
  "0.9.2342.19200300.100.1.38": "associatedName",
  "0.9.2342.19200300.100.1.44": "uid",
  "1.2.840.113549.1.9.1": "emailAddress",
  "1.2.840.113549.1.9.2": "unstructuredName",
  "1.2.840.113549.1.9.7": "challengePassword",
  "1.2.840.113549.1.9.8": "unstructuredAddress",
  "1.2.840.113549.1.9.20": "friendlyName",
  "1.2.840.113549.1.9.21": "localKeyID",
  "1.3.6.1.4.1.311.60.2.1.1": "jurisdictionL",
  "1.3.6.1.4.1.311.60.2.1.2": "jurisdictionST",
  "1.3.6.1.4.1.311.60.2.1.3": "jurisdictionC",
  "1.3.6.1.4.1.311.17.1": "CSPName",
  "1.2.643.3.131.1.1": "INN",
  "1.2.643.100.1": "OGRN",
  "1.2.643.100.3": "SNILS",
  "1.2.643.100.5": "OGRNIP",
  "1.3.6.1.4.1.311.20.2.3": "msUPN",
};
