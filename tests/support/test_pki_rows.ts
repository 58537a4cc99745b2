/** What the test PKI is made of: one row for each certificate, all made by the openssl program. */

/** Extension sections of the configuration. */
export const EXTENSION_SECTIONS = `
[ x_ca ]
basicConstraints = critical,CA:TRUE
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[ x_int ]
basicConstraints = critical,CA:TRUE,pathlen:0
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ x_srv ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[ x_srv_ec ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature
extendedKeyUsage = serverAuth
subjectAltName = DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1
[ x_wrong ]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:pacs.example.org,IP:192.0.2.1
[ x_cnonly ]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
[ x_iponly ]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = IP:127.0.0.1
[ x_noeku ]
basicConstraints = CA:FALSE
subjectAltName = DNS:localhost,IP:127.0.0.1
[ x_clientonly ]
basicConstraints = CA:FALSE
extendedKeyUsage = clientAuth
subjectAltName = DNS:localhost,IP:127.0.0.1
[ x_leafca ]
basicConstraints = CA:TRUE
subjectAltName = DNS:localhost,IP:127.0.0.1
[ x_wild ]
basicConstraints = CA:FALSE
extendedKeyUsage = serverAuth
subjectAltName = DNS:*.example.org
[ x_critunk ]
basicConstraints = CA:FALSE
subjectAltName = DNS:localhost,IP:127.0.0.1
1.2.3.4.5.6.7.8 = critical,ASN1:UTF8String:unknown critical extension
[ x_cli ]
basicConstraints = CA:FALSE
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
`;

/** Kind of key as `openssl genpkey` is reported. RSA keys of 2048 bits are shared among leaves to save time. */
export type KeyRow =
  | "rsa"
  | "rsa:1024"
  | "rsa:4096"
  | "rsapss"
  | "dsa"
  | "ed25519"
  | "ed448"
  | `ec:${string}`;

/** One certificate. */
export interface CertificateRow {
  /** Name of its files without extension. */
  readonly name: string;
  /** Name of the CA that issues it; itself for a root. */
  readonly issuer: string;
  /** Section of extensions. */
  readonly section: string;
  readonly key: KeyRow;
  readonly commonName: string;
  /** Start and end when not the usual ones (2020 to 2049). */
  readonly validity?: readonly [string, string];
  /** Hash when not SHA-256. */
  readonly hash?: string;
}

const PAST = ["20150101000000Z", "20160101000000Z"] as const;
const FUTURE = ["20450101000000Z", "20490101000000Z"] as const;
const OLD = ["20100101000000Z", "20200101000000Z"] as const;

/** The CAs, in the order they are made. */
export const CA_ROWS: readonly CertificateRow[] = [
  { name: "ca", issuer: "ca", section: "x_ca", key: "rsa", commonName: "Test Root CA" },
  { name: "int", issuer: "ca", section: "x_int", key: "rsa", commonName: "Test Intermediate CA" },
  { name: "otherca", issuer: "otherca", section: "x_ca", key: "rsa", commonName: "Other Root CA" },
  { name: "ecca", issuer: "ecca", section: "x_ca", key: "ec:P-384", commonName: "Test EC Root CA" },
  {
    name: "oldca",
    issuer: "oldca",
    section: "x_ca",
    key: "rsa",
    commonName: "Expired Root CA",
    validity: OLD,
  },
  { name: "p521ca", issuer: "p521ca", section: "x_ca", key: "ec:P-521", commonName: "P-521 CA" },
  { name: "p224ca", issuer: "p224ca", section: "x_ca", key: "ec:P-224", commonName: "P-224 CA" },
  {
    name: "k256ca",
    issuer: "k256ca",
    section: "x_ca",
    key: "ec:secp256k1",
    commonName: "K-256 CA",
  },
  {
    name: "bp256ca",
    issuer: "bp256ca",
    section: "x_ca",
    key: "ec:brainpoolP256r1",
    commonName: "bp256 CA",
  },
  {
    name: "bp512ca",
    issuer: "bp512ca",
    section: "x_ca",
    key: "ec:brainpoolP512r1",
    commonName: "bp512 CA",
  },
  { name: "pssca", issuer: "pssca", section: "x_ca", key: "rsapss", commonName: "PSS CA" },
  { name: "dsaca", issuer: "dsaca", section: "x_ca", key: "dsa", commonName: "DSA CA" },
  { name: "ed448ca", issuer: "ed448ca", section: "x_ca", key: "ed448", commonName: "Ed448 CA" },
];

function server(name: string, more: Partial<CertificateRow> = {}): CertificateRow {
  const plain = { issuer: "ca", section: "x_srv", key: "rsa", commonName: "localhost" } as const;
  return { name: `server-${name}`, ...plain, ...more };
}

function client(
  name: string,
  commonName: string,
  more: Partial<CertificateRow> = {},
): CertificateRow {
  return {
    name: `client-${name}`,
    issuer: "ca",
    section: "x_cli",
    key: "rsa",
    commonName,
    ...more,
  };
}

/** The certificates of servers and clients. */
export const LEAF_ROWS: readonly CertificateRow[] = [
  server("good"),
  server("int", { issuer: "int" }),
  server("expired", { validity: PAST }),
  server("future", { validity: FUTURE }),
  server("wronghost", { section: "x_wrong", commonName: "pacs.example.org" }),
  server("wild", { section: "x_wild", commonName: "example" }),
  server("cnonly", { section: "x_cnonly" }),
  server("iponly", { section: "x_iponly", commonName: "ip only" }),
  server("noeku", { section: "x_noeku" }),
  server("clienteku", { section: "x_clientonly" }),
  server("leafca", { section: "x_leafca" }),
  server("critunk", { section: "x_critunk" }),
  server("revoked"),
  server("untrusted", { issuer: "otherca" }),
  server("oldca", { issuer: "oldca" }),
  server("rsa1024", { key: "rsa:1024" }),
  server("rsa4096", { key: "rsa:4096" }),
  server("sha1", { hash: "sha1" }),
  server("sha384", { hash: "sha384" }),
  server("sha512", { hash: "sha512" }),
  server("ec", { section: "x_srv_ec", key: "ec:P-256" }),
  server("ec-ec", { section: "x_srv_ec", key: "ec:P-256", issuer: "ecca" }),
  server("ec384", { section: "x_srv_ec", key: "ec:P-384" }),
  server("ec521", { section: "x_srv_ec", key: "ec:P-521" }),
  server("bp256", { section: "x_srv_ec", key: "ec:brainpoolP256r1" }),
  server("k256", { section: "x_srv_ec", key: "ec:secp256k1" }),
  server("ed25519", { section: "x_srv_ec", key: "ed25519" }),
  server("ed448", { section: "x_srv_ec", key: "ed448" }),
  server("rsapss", { section: "x_srv_ec", key: "rsapss" }),
  server("dsa", { section: "x_srv_ec", key: "dsa" }),
  server("by-p521", { issuer: "p521ca" }),
  server("by-p521-sha1", { issuer: "p521ca", hash: "sha1" }),
  server("by-p521-sha512", { issuer: "p521ca", hash: "sha512" }),
  server("by-p224", { issuer: "p224ca" }),
  server("by-k256", { issuer: "k256ca" }),
  server("by-bp256", { issuer: "bp256ca", hash: "sha384" }),
  server("by-bp512", { issuer: "bp512ca" }),
  server("by-ec-sha1", { issuer: "ecca", hash: "sha1" }),
  server("by-pss", { issuer: "pssca" }),
  server("by-dsa", { issuer: "dsaca" }),
  server("by-ed448", { issuer: "ed448ca" }),
  client("good", "Test Client"),
  client("int", "Test Client Int", { issuer: "int" }),
  client("expired", "Expired Client", { validity: PAST }),
  client("future", "Future Client", { validity: FUTURE }),
  client("untrusted", "Untrusted Client", { issuer: "otherca" }),
  client("revoked", "Revoked Client"),
  client("serverku", "Server as Client", { section: "x_srv" }),
  client("ec", "Test EC Client", { key: "ec:P-256" }),
  client("ed25519", "Test Ed25519 Client", { key: "ed25519" }),
  client("dsa", "Test DSA Client", { key: "dsa" }),
  client("rsa1024", "RSA 1024 Client", { key: "rsa:1024" }),
  client("sha1", "SHA1 Client", { hash: "sha1" }),
  client("rsa1024-sha1", "Weak Client", { key: "rsa:1024", hash: "sha1" }),
];
