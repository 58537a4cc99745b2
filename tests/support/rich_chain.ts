/** A chain of three and two revocation lists with most of what certificates and lists can hold, drawn at random. */

import { encodeDer, TAG } from "../../src/tls/mod.ts";
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
import type { Random } from "./chain_world.ts";
import { type LibraryKey, type LibraryKeys, type SigningScheme, signWith } from "./library_keys.ts";
import type { OpensslLibrary } from "./openssl_library.ts";

/** Who signs, and how. */
export interface Signer {
  readonly key: LibraryKey;
  readonly how: SigningScheme;
}

/** The pieces of a chain in DER. */
export interface RichChain {
  readonly leaf: Uint8Array;
  readonly int: Uint8Array;
  readonly root: Uint8Array;
  /** The list of the intermediate CA, and that of the root. */
  readonly crls: readonly [Uint8Array, Uint8Array];
  /** The intermediate CA. */
  readonly intSigner: Signer;
  /** The root. */
  readonly rootSigner: Signer;
  /** Kinds of the three keys. */
  readonly kinds: string;
}

/** What a chain is made with. */
export interface ChainDeps {
  readonly library: OpensslLibrary;
  readonly keys: LibraryKeys;
  /** Seconds since 1970. */
  readonly now: number;
}

const DAY = 86_400;

/** Puts algorithm and signature next to what is signed. */
export function seal(
  tbs: Uint8Array,
  { by, library, algorithm = by.how.algorithm }: {
    readonly by: Signer;
    readonly library: OpensslLibrary;
    readonly algorithm?: Uint8Array;
  },
): Uint8Array {
  return sequence(tbs, algorithm, bitString(signWith(library, { ...by, message: tbs })));
}

/** Makes a chain. */
export function makeRichChain(random: Random, deps: ChainDeps): RichChain {
  const maker = new ChainMaker(random, deps);
  const signer = (): Signer => {
    const key = deps.keys.signer(random);
    return { key, how: random.pick(key.schemes) };
  };
  const [intSigner, rootSigner] = [signer(), signer()];
  const leafKey = random.oneIn(3) ? random.pick(deps.keys.all) : deps.keys.signer(random);
  const [leafName, intName, rootName] = [maker.name("leaf"), maker.name("int"), maker.name("root")];
  const [own, issuer] = [intSigner.key, rootSigner.key];
  const root = maker.certificate(caExtensions(random, { own: issuer, issuer }), {
    ...{ subject: rootName, issuer: rootName, key: issuer, by: rootSigner, serial: 1 },
  });
  const int = maker.certificate(caExtensions(random, { own, issuer }), {
    ...{ subject: intName, issuer: rootName, key: own, by: rootSigner, serial: 0x1122 },
  });
  const leaf = maker.certificate(
    leafExtensions(random, { own: leafKey, issuer: own, issuerIssuer: rootName }),
    { subject: leafName, issuer: intName, key: leafKey, by: intSigner, serial: 0x8899 },
  );
  const crls = [
    maker.crl({ issuer: intName, by: intSigner, revoked: random.oneIn(2) ? 0x8899 : 7 }),
    maker.crl({ issuer: rootName, by: rootSigner, revoked: random.oneIn(4) ? 0x1122 : 7 }),
  ] as const;
  const kinds = [leafKey, own, issuer].map((key) => key.name).join("/");
  return { leaf, int, root, crls, intSigner, rootSigner, kinds };
}

/** Makes a root with nothing in it, and a leaf that it issued; both have the key that signs. */
export function makePlainPair(
  by: Signer,
  { library, now }: Pick<ChainDeps, "library" | "now">,
): { readonly root: Uint8Array; readonly leaf: Uint8Array } {
  const issuer = name([[attribute("2.5.4.3", "root")]]);
  const validity = sequence(time(now - DAY), time(now + DAY));
  const make = (subject: Uint8Array): Uint8Array => {
    const tbs = sequence(integer(1), by.how.algorithm, issuer, validity, subject, by.key.spki);
    return seal(tbs, { by, library });
  };
  return { root: make(issuer), leaf: make(name([[attribute("2.5.4.3", "leaf")]])) };
}

interface CertificatePlan {
  readonly subject: Uint8Array;
  readonly issuer: Uint8Array;
  readonly key: LibraryKey;
  readonly by: Signer;
  readonly serial: number;
}

class ChainMaker {
  readonly #random: Random;
  readonly #deps: ChainDeps;

  constructor(random: Random, deps: ChainDeps) {
    this.#random = random;
    this.#deps = deps;
  }

  name(text: string): Uint8Array {
    return name([
      [attribute("2.5.4.6", "DE"), attribute("2.5.4.10", "Some  Org")],
      [attribute("2.5.4.3", `${text} ${this.#random.below(1000)}`)],
    ]);
  }

  certificate(extensions: readonly Uint8Array[], plan: CertificatePlan): Uint8Array {
    const { now, library } = this.#deps;
    const identifier = (tag: number): readonly Uint8Array[] =>
      this.#random.oneIn(6) ? [encodeDer(tag, Uint8Array.of(0, 1, 2))] : [];
    const tbs = sequence(
      encodeDer(0xa0, integer(2)),
      integer(plan.serial),
      plan.by.how.algorithm,
      plan.issuer,
      sequence(time(now - 30 * DAY), time(now + 300 * DAY)),
      plan.subject,
      plan.key.spki,
      ...identifier(0x81),
      ...identifier(0x82),
      encodeDer(0xa3, sequence(...extensions)),
    );
    return seal(tbs, { by: plan.by, library });
  }

  crl(
    { issuer, by, revoked }: {
      readonly issuer: Uint8Array;
      readonly by: Signer;
      readonly revoked: number;
    },
  ): Uint8Array {
    const { now, library } = this.#deps;
    const entry = (serial: number, ...extensions: Uint8Array[]): Uint8Array =>
      sequence(
        integer(serial),
        time(now - 3 * DAY),
        ...(extensions.length === 0 ? [] : [sequence(...extensions)]),
      );
    const owner = extension("2.5.29.29", sequence(encodeDer(0xa4, issuer)), true);
    const extensions = crlExtensions(this.#random, by.key);
    const tbs = sequence(
      integer(1),
      by.how.algorithm,
      issuer,
      time(now - 5 * DAY),
      time(now + 5 * DAY),
      sequence(entry(3), entry(revoked, ...ENTRY_EXTENSIONS), entry(5, owner), entry(6)),
      ...(extensions.length === 0 ? [] : [encodeDer(0xa0, sequence(...extensions))]),
    );
    return seal(tbs, { by, library });
  }
}

const TRUE = encodeDer(TAG.boolean, Uint8Array.of(0xff));

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

const ENTRY_EXTENSIONS = [
  extension("2.5.29.21", encodeDer(TAG.enumerated, Uint8Array.of(1))),
  extension("2.5.29.24", encodeDer(TAG.generalizedTime, bytesOf("20240101000000Z"))),
];

function crlExtensions(random: Random, key: LibraryKey): readonly Uint8Array[] {
  const isDelta = random.oneIn(8);
  return [
    ...pickSome(random, [
      extension("2.5.29.20", integer(9)),
      extension("2.5.29.35", sequence(encodeDer(0x80, keyId(key)))),
      extension("2.5.29.28", sequence(encodeDer(0x84, Uint8Array.of(0))), true),
      extension("2.5.29.18", sequence(encodeDer(0x81, bytesOf("a@b.c")))),
    ]),
    ...(isDelta ? [extension("2.5.29.27", integer(8), true)] : []),
  ];
}

interface KeyPair {
  readonly own: LibraryKey;
  readonly issuer: LibraryKey;
}

function caExtensions(random: Random, keys: KeyPair): readonly Uint8Array[] {
  const subtree = (tag: number, text: string): Uint8Array =>
    sequence(encodeDer(tag, bytesOf(text)));
  const constraints = sequence(
    encodeDer(0xa0, subtree(0x82, "example.org"), subtree(0x81, "example.org")),
    encodeDer(0xa1, subtree(0x82, "bad.example.org")),
  );
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
      extension("2.5.29.30", constraints, true),
      extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(0x07))),
    ]),
  ];
}

function alternativeNames(random: Random): Uint8Array {
  return sequence(...pickSome(random, [
    encodeDer(0x82, bytesOf("pacs.example.org")),
    encodeDer(0x87, Uint8Array.of(192, 0, 2, 1)),
    encodeDer(0x81, bytesOf("a@example.org")),
    uri("http://pacs.example.org/x"),
    encodeDer(0xa4, name([[attribute("2.5.4.3", "dir")]])),
    encodeDer(0xa0, oid("1.2.3.4"), encodeDer(0xa0, encodeDer(TAG.utf8String, bytesOf("x")))),
    encodeDer(0x88, oid("1.2.3").subarray(2)),
  ]));
}

/** Policies with a qualifier, distribution points and places of the issuer: parsed, and of no effect on a decision. */
function sideExtensions(random: Random): readonly Uint8Array[] {
  const qualifier = sequence(oid("1.3.6.1.5.5.7.2.1"), encodeDer(TAG.ia5String, bytesOf("x")));
  const policies = sequence(
    sequence(oid("1.2.3.4"), sequence(qualifier)),
    sequence(oid("1.2.3.5")),
  );
  const point = sequence(encodeDer(0xa0, encodeDer(0xa0, uri("http://x/ca.crl"))));
  const place = sequence(oid("1.3.6.1.5.5.7.48.1"), uri("http://x/ocsp"));
  return [
    extension("2.5.29.18", sequence(encodeDer(0x82, bytesOf("ca.example.org")))),
    extension("2.5.29.31", sequence(point)),
    extension("2.5.29.32", policies, random.oneIn(2)),
    extension("1.3.6.1.5.5.7.1.1", sequence(place)),
    extension("1.3.6.1.5.5.7.48.1.5", encodeDer(TAG.null), random.oneIn(2)),
  ];
}

function leafExtensions(
  random: Random,
  keys: KeyPair & { readonly issuerIssuer: Uint8Array },
): readonly Uint8Array[] {
  const issuerKey = encodeDer(0x80, keyId(keys.issuer));
  const issuerSerial = [
    encodeDer(0xa1, encodeDer(0xa4, keys.issuerIssuer)),
    encodeDer(0x82, Uint8Array.of(0x11, 0x22)),
  ];
  const uses = sequence(oid("1.3.6.1.5.5.7.3.1"), oid("1.3.6.1.5.5.7.3.2"));
  return pickSome(random, [
    extension("2.5.29.19", sequence(), random.oneIn(2)),
    extension("2.5.29.15", bitString(Uint8Array.of(0xa0), 5), true),
    extension("2.5.29.37", uses),
    extension("2.5.29.14", encodeDer(TAG.octetString, keyId(keys.own))),
    extension("2.5.29.35", sequence(issuerKey, ...(random.oneIn(2) ? [] : issuerSerial))),
    extension("2.5.29.17", alternativeNames(random)),
    ...sideExtensions(random),
    extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(0xc0))),
  ]);
}
