/**
 * Chains of three with everything in them that a certificate or a CRL can hold, changed at random in one file: the DER of
 * one member, signed again or not, or the text of one file.
 */

import { encodeDer, encodePem, TAG } from "../../src/tls/mod.ts";
import {
  attribute,
  bitString,
  bytesOf,
  extension,
  integer,
  name,
  oid,
  sequence,
  time,
} from "./cert_builder.ts";
import { Random } from "./chain_world.ts";
import { mutateTree, readTree, writeTree } from "./der_mutations.ts";
import { type LibraryKey, type LibraryKeys, type SigningScheme, signWith } from "./library_keys.ts";
import type { OpensslLibrary } from "./openssl_library.ts";
import { mutatePem } from "./pem_mutations.ts";

/** A case as files in memory. */
export interface Mutant {
  /** What was changed where. */
  readonly label: string;
  readonly format: "pem" | "der";
  /** The certificate and what follows it. */
  readonly leaf: Uint8Array;
  /** What is trusted, and CRLs. */
  readonly store: Uint8Array;
  readonly crlCheck: "none" | "leaf" | "all";
  readonly purpose: "any" | "server" | "client";
}

interface Signer {
  readonly key: LibraryKey;
  readonly how: SigningScheme;
}

const DAY = 86_400;
const TRUE = encodeDer(TAG.boolean, Uint8Array.of(0xff));

/** Makes mutants from seeds. */
export class MutantWorld {
  readonly #library: OpensslLibrary;
  readonly #keys: LibraryKeys;
  readonly #now: number;

  /** Uses the library to sign; `now` is the time of the decision in seconds since 1970. */
  constructor(library: OpensslLibrary, keys: LibraryKeys, now: number) {
    this.#library = library;
    this.#keys = keys;
    this.#now = now;
  }

  /** Case `index` of the run with this seed. */
  make(seed: number, index: number): Mutant {
    const random = new Random(seed * 7_368_787 + index);
    const signers = [0, 1, 2].map((): Signer => {
      const key = this.#keys.signer(random);
      return { key, how: random.pick(key.schemes) };
    });
    const chain = this.#chain(random, signers);
    const target = random.pick(["leaf", "leaf", "int", "root", "crl", "crl", "text"] as const);
    const crlCheck = target === "crl" ? random.pick(["leaf", "all"] as const) : "none";
    const labels: string[] = [target, signers.map(({ key }) => key.name).join("/")];
    const change = (der: Uint8Array, own: Signer, isTarget: boolean): Uint8Array =>
      isTarget ? this.#mutate(der, { random, own, labels }) : der;
    const [leafSigner, intSigner, rootSigner] = signers;
    if (!leafSigner || !intSigner || !rootSigner) throw new Error("No signers");
    const leaf = change(chain.leaf, intSigner, target === "leaf");
    const int = change(chain.int, rootSigner, target === "int");
    const root = change(chain.root, rootSigner, target === "root");
    const crlAt = random.below(2);
    const crls = chain.crls.map((crl, i) =>
      change(crl, i === 0 ? intSigner : rootSigner, target === "crl" && i === crlAt)
    );
    const purpose = random.oneIn(3) ? random.pick(["server", "client"] as const) : "any";
    const format = target !== "text" && target !== "crl" && random.oneIn(6) ? "der" : "pem";
    if (format === "der") {
      return {
        label: `${labels.join(", ")} (DER)`,
        format,
        leaf: int,
        store: root,
        crlCheck,
        purpose,
      };
    }
    const pem = (der: Uint8Array): string => encodePem("CERTIFICATE", der);
    const leafText = pem(leaf) + pem(int);
    const storeText = pem(root) + crls.map((crl) => encodePem("X509 CRL", crl)).join("");
    if (target !== "text") {
      const [leafFile, storeFile] = [bytesOf(leafText), bytesOf(storeText)];
      return {
        label: labels.join(", "),
        format,
        leaf: leafFile,
        store: storeFile,
        crlCheck,
        purpose,
      };
    }
    const isLeaf = random.oneIn(2);
    const text = isLeaf ? leafText : random.oneIn(2) ? storeText : pem(int) + storeText;
    const { bytes, names } = mutatePem(text, random);
    return {
      label: `text of the ${isLeaf ? "leaf" : "store"}: ${names.join(" + ")}`,
      format,
      leaf: isLeaf ? bytes : bytesOf(leafText),
      store: isLeaf ? bytesOf(storeText) : bytes,
      crlCheck: random.pick(["none", "leaf", "all"] as const),
      purpose,
    };
  }

  #mutate(
    der: Uint8Array,
    { random, own, labels }: {
      readonly random: Random;
      readonly own: Signer;
      readonly labels: string[];
    },
  ): Uint8Array {
    const tree = readTree(der);
    if (random.oneIn(3)) {
      labels.push("not signed again", ...mutateTree(tree, random));
      return writeTree(tree);
    }
    const [tbs, algorithm] = tree.members ?? [];
    if (tbs === undefined || algorithm === undefined) throw new Error("No certificate");
    labels.push("signed again", ...mutateTree(tbs, random));
    const inner = tbs.members?.find(({ members }) => members?.[0]?.tag[0] === TAG.oid);
    const outer = random.oneIn(2) ? inner : undefined;
    return this.#seal(writeTree(tbs), own, writeTree(outer ?? algorithm));
  }

  #seal(tbs: Uint8Array, { key, how }: Signer, algorithm = how.algorithm): Uint8Array {
    const signature = signWith(this.#library, { key, how, message: tbs });
    return sequence(tbs, algorithm, bitString(signature));
  }

  #chain(random: Random, signers: readonly Signer[]) {
    const [leafSigner, intSigner, rootSigner] = signers;
    if (!leafSigner || !intSigner || !rootSigner) throw new Error("No signers");
    const names = ["leaf", "int", "root"].map((text) =>
      name([
        [attribute("2.5.4.6", "DE"), attribute("2.5.4.10", "Some  Org")],
        [attribute("2.5.4.3", `${text} ${random.below(1000)}`)],
      ])
    );
    const [leafName, intName, rootName] = names;
    if (!leafName || !intName || !rootName) throw new Error("No names");
    const leafKey = random.oneIn(3) ? random.pick(this.#keys.all) : leafSigner.key;
    const certificate = (
      spec: {
        readonly subject: Uint8Array;
        readonly issuer: Uint8Array;
        readonly spki: Uint8Array;
        readonly by: Signer;
        readonly extensions: readonly Uint8Array[];
        readonly serial: number;
      },
    ): Uint8Array =>
      this.#seal(
        sequence(
          encodeDer(0xa0, integer(2)),
          integer(spec.serial),
          spec.by.how.algorithm,
          spec.issuer,
          sequence(time(this.#now - 30 * DAY), time(this.#now + 300 * DAY)),
          spec.subject,
          spec.spki,
          ...(random.oneIn(6) ? [encodeDer(0x81, Uint8Array.of(0, 1, 2))] : []),
          ...(random.oneIn(6) ? [encodeDer(0x82, Uint8Array.of(0, 1, 2))] : []),
          encodeDer(0xa3, sequence(...spec.extensions)),
        ),
        spec.by,
      );
    const root = certificate({
      subject: rootName,
      issuer: rootName,
      spki: rootSigner.key.spki,
      by: rootSigner,
      serial: 1,
      extensions: caExtensions(random, { own: rootSigner.key, issuer: rootSigner.key }),
    });
    const int = certificate({
      subject: intName,
      issuer: rootName,
      spki: intSigner.key.spki,
      by: rootSigner,
      serial: 0x1122,
      extensions: caExtensions(random, { own: intSigner.key, issuer: rootSigner.key }),
    });
    const leaf = certificate({
      subject: leafName,
      issuer: intName,
      spki: leafKey.spki,
      by: intSigner,
      serial: 0x8899,
      extensions: leafExtensions(random, {
        own: leafKey,
        issuer: intSigner.key,
        issuerIssuer: rootName,
      }),
    });
    const crls = [
      this.#crl(random, { issuer: intName, by: intSigner, revoked: random.oneIn(2) ? 0x8899 : 7 }),
      this.#crl(random, {
        issuer: rootName,
        by: rootSigner,
        revoked: random.oneIn(4) ? 0x1122 : 7,
      }),
    ];
    return { leaf, int, root, crls };
  }

  #crl(
    random: Random,
    { issuer, by, revoked }: {
      readonly issuer: Uint8Array;
      readonly by: Signer;
      readonly revoked: number;
    },
  ): Uint8Array {
    const entry = (serial: number, ...extensions: Uint8Array[]): Uint8Array =>
      sequence(
        integer(serial),
        time(this.#now - 3 * DAY),
        ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
      );
    const reason = extension("2.5.29.21", encodeDer(TAG.enumerated, Uint8Array.of(1)));
    const owner = extension("2.5.29.29", sequence(encodeDer(0xa4, issuer)), true);
    const invalid = extension(
      "2.5.29.24",
      encodeDer(TAG.generalizedTime, bytesOf("20240101000000Z")),
    );
    const extensions = pickSome(random, [
      extension("2.5.29.20", integer(9)),
      extension("2.5.29.35", sequence(encodeDer(0x80, keyId(by.key)))),
      extension("2.5.29.28", sequence(encodeDer(0x84, Uint8Array.of(0))), true),
      extension("2.5.29.18", sequence(encodeDer(0x81, bytesOf("a@b.c")))),
    ]);
    if (random.oneIn(8)) extensions.push(extension("2.5.29.27", integer(8), true));
    return this.#seal(
      sequence(
        integer(1),
        by.how.algorithm,
        issuer,
        time(this.#now - 5 * DAY),
        time(this.#now + 5 * DAY),
        sequence(entry(3), entry(revoked, reason, invalid), entry(5, owner), entry(6)),
        ...(extensions.length === 0 ? [] : [encodeDer(0xa0, sequence(...extensions))]),
      ),
      by,
    );
  }
}

/** Most of them, in their order. */
function pickSome(random: Random, items: readonly Uint8Array[]): Uint8Array[] {
  return items.filter(() => !random.oneIn(3));
}

/** A key identifier. */
function keyId(key: LibraryKey): Uint8Array {
  return key.spki.slice(-20);
}

function uri(text: string): Uint8Array {
  return encodeDer(0x86, bytesOf(text));
}

function caExtensions(
  random: Random,
  keys: { readonly own: LibraryKey; readonly issuer: LibraryKey },
): readonly Uint8Array[] {
  const subtree = (tag: number, text: string): Uint8Array =>
    sequence(encodeDer(tag, bytesOf(text)));
  return [
    extension("2.5.29.19", sequence(TRUE, integer(3)), true),
    ...pickSome(random, [
      extension("2.5.29.15", bitString(Uint8Array.of(0x06), 1), true),
      extension("2.5.29.14", encodeDer(TAG.octetString, keyId(keys.own))),
      extension("2.5.29.35", sequence(encodeDer(0x80, keyId(keys.issuer)))),
      extension("2.5.29.32", sequence(sequence(oid("2.5.29.32.0"))), random.oneIn(2)),
      extension("2.5.29.36", sequence(encodeDer(0x80, Uint8Array.of(5))), random.oneIn(2)),
      extension("2.5.29.54", integer(5), random.oneIn(2)),
      extension("2.5.29.33", sequence(sequence(oid("1.2.3.4"), oid("1.2.3.5")))),
      extension(
        "2.5.29.30",
        sequence(
          encodeDer(0xa0, subtree(0x82, "example.org"), subtree(0x81, "example.org")),
          encodeDer(0xa1, subtree(0x82, "bad.example.org")),
        ),
        true,
      ),
      extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(0x07))),
    ]),
  ];
}

function leafExtensions(
  random: Random,
  keys: {
    readonly own: LibraryKey;
    readonly issuer: LibraryKey;
    readonly issuerIssuer: Uint8Array;
  },
): readonly Uint8Array[] {
  const identifier = random.oneIn(2) ? sequence(encodeDer(0x80, keyId(keys.issuer))) : sequence(
    encodeDer(0x80, keyId(keys.issuer)),
    encodeDer(0xa1, encodeDer(0xa4, keys.issuerIssuer)),
    encodeDer(0x82, Uint8Array.of(0x11, 0x22)),
  );
  const names = [
    encodeDer(0x82, bytesOf("pacs.example.org")),
    encodeDer(0x87, Uint8Array.of(192, 0, 2, 1)),
    encodeDer(0x81, bytesOf("a@example.org")),
    uri("http://pacs.example.org/x"),
    encodeDer(0xa4, name([[attribute("2.5.4.3", "dir")]])),
    encodeDer(0xa0, oid("1.2.3.4"), encodeDer(0xa0, encodeDer(TAG.utf8String, bytesOf("x")))),
    encodeDer(0x88, oid("1.2.3").subarray(2)),
  ];
  const point = sequence(encodeDer(0xa0, encodeDer(0xa0, uri("http://x/ca.crl"))));
  return pickSome(random, [
    extension("2.5.29.19", sequence(), random.oneIn(2)),
    extension("2.5.29.15", bitString(Uint8Array.of(0xa0), 5), true),
    extension("2.5.29.37", sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"))),
    extension("2.5.29.14", encodeDer(TAG.octetString, keyId(keys.own))),
    extension("2.5.29.35", identifier),
    extension("2.5.29.17", sequence(...pickSome(random, names))),
    extension("2.5.29.18", sequence(encodeDer(0x82, bytesOf("ca.example.org")))),
    extension("2.5.29.31", sequence(point)),
    extension(
      "2.5.29.32",
      sequence(
        sequence(
          oid("1.2.3.4"),
          sequence(sequence(oid("1.3.6.1.5.5.7.2.1"), encodeDer(TAG.ia5String, bytesOf("x")))),
        ),
        sequence(oid("1.2.3.5")),
      ),
      random.oneIn(2),
    ),
    extension(
      "1.3.6.1.5.5.7.1.1",
      sequence(sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://x/ocsp"))),
    ),
    extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(0xc0))),
    extension("1.3.6.1.5.5.7.48.1.5", encodeDer(TAG.null), random.oneIn(2)),
  ]);
}
