/** Keys of every kind that the reference's library can make, to sign with: more than the runtime's cryptography has. */

import { encodeDer, TAG } from "../../src/tls/mod.ts";
import { bytesOf, integer, oid, sequence } from "./cert_builder.ts";
import type { Random } from "./chain_world.ts";
import type { OpensslLibrary } from "./openssl_library.ts";

/** A key of the library. */
export interface LibraryKey {
  /** How it is called here. */
  readonly name: string;
  /** Its SubjectPublicKeyInfo. */
  readonly spki: Uint8Array;
  /** The key in PEM. */
  readonly pem: string;
  /** Ways to sign with it; empty for keys that cannot. */
  readonly schemes: readonly SigningScheme[];
}

/** A way to sign. */
export interface SigningScheme {
  /** Name of the hash for the library; `undefined` where the algorithm brings its own. */
  readonly hash: string | undefined;
  /** Signs RSASSA-PSS. */
  readonly isPss: boolean;
  /** The AlgorithmIdentifier that says so. */
  readonly algorithm: Uint8Array;
}

const NULL = encodeDer(TAG.null);

function scheme(hash: string | undefined, id: string): SigningScheme {
  return { hash, isPss: false, algorithm: sequence(oid(id)) };
}

/** RSA algorithms have NULL for parameters (RFC 3279 2.2.1). */
function rsa(hash: string, id: string): SigningScheme {
  return { hash, isPss: false, algorithm: sequence(oid(id), NULL) };
}

const HASH_OIDS: Readonly<Record<string, string>> = {
  sha1: "1.3.14.3.2.26",
  sha224: "2.16.840.1.101.3.4.2.4",
  sha256: "2.16.840.1.101.3.4.2.1",
  sha384: "2.16.840.1.101.3.4.2.2",
  sha512: "2.16.840.1.101.3.4.2.3",
};

function pss(hash: string): SigningScheme {
  const algorithm = sequence(oid(HASH_OIDS[hash] ?? ""), NULL);
  const length = { sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 }[hash] ?? 0;
  return {
    hash,
    isPss: true,
    algorithm: sequence(
      oid("1.2.840.113549.1.1.10"),
      sequence(
        encodeDer(0xa0, algorithm),
        encodeDer(0xa1, sequence(oid("1.2.840.113549.1.1.8"), algorithm)),
        encodeDer(0xa2, integer(length)),
      ),
    ),
  };
}

const PSS = [pss("sha1"), pss("sha256"), pss("sha384"), pss("sha512")];

const RSA = [
  rsa("md5", "1.2.840.113549.1.1.4"),
  rsa("sha1", "1.2.840.113549.1.1.5"),
  rsa("sha1", "1.3.14.3.2.29"),
  rsa("ripemd160", "1.3.36.3.3.1.2"),
  rsa("sha224", "1.2.840.113549.1.1.14"),
  rsa("sha256", "1.2.840.113549.1.1.11"),
  rsa("sha384", "1.2.840.113549.1.1.12"),
  rsa("sha512", "1.2.840.113549.1.1.13"),
  rsa("sha3-256", "2.16.840.1.101.3.4.3.14"),
  scheme("sha256", "1.2.840.113549.1.1.11"),
  ...PSS,
];

const ECDSA = [
  scheme("sha1", "1.2.840.10045.4.1"),
  scheme("sha224", "1.2.840.10045.4.3.1"),
  scheme("sha256", "1.2.840.10045.4.3.2"),
  scheme("sha384", "1.2.840.10045.4.3.3"),
  scheme("sha512", "1.2.840.10045.4.3.4"),
];

const DSA = [
  scheme("sha1", "1.2.840.10040.4.3"),
  scheme("sha1", "1.3.14.3.2.27"),
  scheme("sha224", "2.16.840.1.101.3.4.3.1"),
  scheme("sha256", "2.16.840.1.101.3.4.3.2"),
];

function curve(name: string, ...more: readonly string[]): readonly string[] {
  return ["-algorithm", "EC", "-pkeyopt", `ec_paramgen_curve:${name}`, ...more];
}

const EXPLICIT = ["-pkeyopt", "ec_param_enc:explicit"];

/** What `openssl genpkey` is asked for. */
const ROWS: Readonly<Record<string, readonly [readonly string[], readonly SigningScheme[]]>> = {
  "rsa": [["-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:1536"], RSA],
  "rsa-pss": [["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1536"], PSS],
  "rsa-pss limited": [
    [
      ...["-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:1536"],
      ...["-pkeyopt", "rsa_pss_keygen_md:sha256", "-pkeyopt", "rsa_pss_keygen_mgf1_md:sha256"],
      ...["-pkeyopt", "rsa_pss_keygen_saltlen:32"],
    ],
    [pss("sha256")],
  ],
  "dsa": [["-genparam", "-algorithm", "DSA", "-pkeyopt", "dsa_paramgen_bits:1024"], DSA],
  "P-192": [curve("P-192"), ECDSA],
  "P-224": [curve("P-224"), ECDSA],
  "P-256": [curve("P-256"), ECDSA],
  "P-384": [curve("P-384"), ECDSA],
  "P-521": [curve("P-521"), ECDSA],
  "secp256k1": [curve("secp256k1"), ECDSA],
  "secp160r1": [curve("secp160r1"), ECDSA],
  "prime239v1": [curve("prime239v1"), ECDSA],
  "brainpoolP160r1": [curve("brainpoolP160r1"), ECDSA],
  "brainpoolP256r1": [curve("brainpoolP256r1"), ECDSA],
  "brainpoolP256t1": [curve("brainpoolP256t1"), ECDSA],
  "brainpoolP384r1": [curve("brainpoolP384r1"), ECDSA],
  "brainpoolP512r1": [curve("brainpoolP512r1"), ECDSA],
  "explicit P-256": [curve("P-256", ...EXPLICIT), ECDSA],
  "explicit brainpoolP256r1": [curve("brainpoolP256r1", ...EXPLICIT), ECDSA],
  "ed25519": [["-algorithm", "ED25519"], [scheme(undefined, "1.3.101.112")]],
  "ed448": [["-algorithm", "ED448"], [scheme(undefined, "1.3.101.113")]],
  "x25519": [["-algorithm", "X25519"], []],
  "x448": [["-algorithm", "X448"], []],
  "dh": [["-algorithm", "DH", "-pkeyopt", "group:ffdhe2048"], []],
  "dhx": [["-algorithm", "DHX", "-pkeyopt", "dh_rfc5114:1"], []],
};

/** Kinds that the reference verifies and we do not, each with what is to be signed with it. */
const NOT_HERE: typeof ROWS = {
  "sect283k1": [curve("sect283k1"), ECDSA],
  "sm2": [["-algorithm", "SM2"], [scheme("sm3", "1.2.156.10197.1.501")]],
};

/** Kinds that mean the others where the kind is not what is tried. */
const USUAL = ["rsa", "P-256", "P-384", "ed25519"];

/** A set of keys, one of each kind. */
export class LibraryKeys {
  readonly #keys = new Map<string, LibraryKey>();

  private constructor(keys: readonly LibraryKey[]) {
    for (const key of keys) this.#keys.set(key.name, key);
  }

  /** Makes one key of each kind with the openssl program: of those that we verify, or of those that we do not. */
  static async make(kinds: "verified" | "not verified" = "verified"): Promise<LibraryKeys> {
    const rows = kinds === "verified" ? ROWS : NOT_HERE;
    const keys = Object.entries(rows).map(async ([name, [args, schemes]]): Promise<LibraryKey> => {
      const pem = args[0] === "-genparam"
        ? await run(["genpkey", "-paramfile", "/dev/stdin"], await run(["genpkey", ...args]))
        : await run(["genpkey", ...args]);
      const spki = await run(["pkey", "-pubout", "-outform", "DER"], pem);
      return { name, spki, pem: new TextDecoder().decode(pem), schemes };
    });
    return new LibraryKeys(await Promise.all(keys));
  }

  /** All of them. */
  get all(): readonly LibraryKey[] {
    return [...this.#keys.values()];
  }

  /** The key of this name. */
  get(name: string): LibraryKey {
    const key = this.#keys.get(name);
    if (key === undefined) throw new Error(`No key ${name}`);
    return key;
  }

  /** A key that can sign, mostly a usual one. */
  signer(random: Random): LibraryKey {
    if (!random.oneIn(4)) return this.get(random.pick(USUAL));
    return random.pick(this.all.filter(({ schemes }) => schemes.length > 0));
  }
}

async function run(args: readonly string[], input?: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const command = new Deno.Command("openssl", {
    args: [...args],
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  });
  const child = command.spawn();
  if (input !== undefined) {
    const writer = child.stdin.getWriter();
    await writer.write(input);
    await writer.close();
  }
  const { success, stdout, stderr } = await child.output();
  if (!success) throw new Error(`${args.join(" ")}: ${new TextDecoder().decode(stderr)}`);
  return stdout;
}

/** Signs with a key, in the way given. */
export function signWith(
  library: OpensslLibrary,
  { key, how, message }: {
    readonly key: LibraryKey;
    readonly how: SigningScheme;
    readonly message: Uint8Array;
  },
): Uint8Array {
  return library.sign(message, { pem: bytesOf(key.pem), hash: how.hash, isPss: how.isPss });
}
