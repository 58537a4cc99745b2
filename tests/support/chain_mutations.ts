/** Ways to make a certificate of a chain wrong, or odd but right. Each changes the world and nothing else. */

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
  type TestAttribute,
  time,
} from "./cert_builder.ts";
import {
  type CertDraft,
  keyId,
  type KeyRing,
  renderCert,
  trustSettings,
  type World,
} from "./chain_world.ts";

/** One way to change a world. */
export type Mutation = (world: World, ring: KeyRing) => void;

const DAY = 86_400;
const YES = encodeDer(TAG.boolean, Uint8Array.of(0xff));

function anyCert(world: World): CertDraft {
  return world.random.pick(world.certs);
}

function anyCa(world: World): CertDraft {
  return world.random.pick(world.certs.length > 1 ? world.certs.slice(1) : world.certs);
}

function change(cert: CertDraft, changes: Partial<CertDraft["spec"]>): void {
  cert.spec = { ...cert.spec, ...changes };
}

/** Gives a CA another subject that must count as the same name, in one of the two places only. */
function respellIssuer(respell: (text: string) => TestAttribute): Mutation {
  return (world) => {
    const place = world.random.below(world.certs.length);
    const above = Math.min(place + 1, world.certs.length - 1);
    const spell = (value: TestAttribute): Uint8Array =>
      name([[attribute("2.5.4.10", "Gen")], [value]]);
    const target = world.certs[above];
    const cert = world.certs[place];
    if (target === undefined || cert === undefined) return;
    const plain = spell(attribute("2.5.4.3", "Name  of a CA"));
    change(target, { subject: plain });
    if (above === world.certs.length - 1) change(target, { issuer: plain });
    change(cert, { issuer: spell(respell("Name  of a CA")) });
    for (const crl of world.crls) if (crl.from === above) crl.spec = { ...crl.spec, issuer: plain };
  };
}

function wide(text: string, width: number): Uint8Array {
  return Uint8Array.from([...text].flatMap((char) => {
    const code = char.codePointAt(0) ?? 0;
    return Array.from({ length: width }, (_, i) => (code >> (8 * (width - 1 - i))) & 0xff);
  }));
}

/** Names: spellings that count as equal, and such that do not. */
export const NAME_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "issuer in capitals": respellIssuer((text) => attribute("2.5.4.3", text.toUpperCase())),
  "issuer with more blanks": respellIssuer((text) =>
    attribute("2.5.4.3", `\t ${text.replaceAll(" ", " \n ")} `)
  ),
  "issuer as PrintableString": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.printableString,
    value: bytesOf(text),
  })),
  "issuer as BMPString": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.bmpString,
    value: wide(text, 2),
  })),
  "issuer as UniversalString": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.universalString,
    value: wide(text, 4),
  })),
  "issuer as NumericString": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.numericString,
    value: bytesOf(text),
  })),
  "issuer without blanks": respellIssuer((text) => attribute("2.5.4.3", text.replaceAll(" ", ""))),
  "issuer with bad UTF-8": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.utf8String,
    value: bytesOf(`${text}\xff`),
  })),
  "issuer as odd BMPString": respellIssuer((text) => ({
    type: "2.5.4.3",
    tag: TAG.bmpString,
    value: bytesOf(`${text}..`.slice(0, 7)),
  })),
  "issuer renamed": (world) =>
    change(anyCert(world), { issuer: name([[attribute("2.5.4.3", "who")]]) }),
  "subject renamed": (world) =>
    change(anyCert(world), { subject: name([[attribute("2.5.4.3", "me")]]) }),
  "subject empty": (world) => change(anyCert(world), { subject: name([]) }),
  "issuer empty": (world) => change(anyCert(world), { issuer: name([]) }),
  "leaf named like its issuer": (world) => {
    const leaf = world.certs[0];
    if (leaf) change(leaf, { subject: leaf.spec.issuer });
  },
  "parts of an RDN in another order": (world) => {
    const parts = [
      attribute("2.5.4.11", "A"),
      attribute("2.5.4.11", "bb"),
      attribute("2.5.4.3", "x"),
    ];
    const root = world.certs.length - 1;
    const below = world.certs[Math.max(root - 1, 0)];
    const top = world.certs[root];
    if (below) change(below, { issuer: name([parts]) });
    if (top) change(top, { subject: name([[...parts].reverse()]), issuer: name([parts]) });
  },
};

function timeText(tag: number, text: string): Uint8Array {
  return encodeDer(tag, bytesOf(text));
}

/** Dates. */
export const DATE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "expired": (world) => change(anyCert(world), { notAfter: time(world.now - DAY) }),
  "not yet valid": (world) => change(anyCert(world), { notBefore: time(world.now + 2 * DAY) }),
  "expired long ago": (world) =>
    change(anyCert(world), { notBefore: time(-10 * DAY), notAfter: time(DAY * 3000) }),
  "valid for ever": (world) =>
    change(anyCert(world), { notAfter: timeText(TAG.generalizedTime, "99991231235959Z") }),
  "GeneralizedTime before 2050": (world) =>
    change(anyCert(world), { notBefore: timeText(TAG.generalizedTime, "20010101000000Z") }),
  "start without seconds": (world) =>
    change(anyCert(world), { notBefore: timeText(TAG.utcTime, "0101010000Z") }),
  "start with an offset": (world) =>
    change(anyCert(world), { notBefore: timeText(TAG.utcTime, "010101000000+0000") }),
  "end in month 13": (world) =>
    change(anyCert(world), { notAfter: timeText(TAG.utcTime, "401301000000Z") }),
  "end on 30 February": (world) =>
    change(anyCert(world), { notAfter: timeText(TAG.utcTime, "400230000000Z") }),
  "end with a fraction": (world) =>
    change(anyCert(world), { notAfter: timeText(TAG.generalizedTime, "20400101000000.5Z") }),
  "end in letters": (world) =>
    change(anyCert(world), { notAfter: timeText(TAG.utcTime, "4001010000xxZ") }),
  "start as a text type": (world) =>
    change(anyCert(world), { notBefore: timeText(TAG.utf8String, "200101000000Z") }),
  "end 49 and start 50": (world) =>
    change(anyCert(world), {
      notBefore: timeText(TAG.utcTime, "500101000000Z"),
      notAfter: timeText(TAG.utcTime, "491231235959Z"),
    }),
};

function useOnly(...uses: readonly string[]): Mutation {
  return (world) => anyCert(world).extra.push(extension("2.5.29.37", sequence(...uses.map(oid))));
}

function netscapeType(bits: number): Mutation {
  return (world) =>
    anyCert(world).extra.push(extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(bits))));
}

/** CA flags, key usages, purposes, versions, critical and damaged extensions. */
export const FLAG_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "CA without basicConstraints": (world) => anyCa(world).constraints = undefined,
  "CA:FALSE": (world) => anyCa(world).constraints = sequence(),
  "leaf with CA:TRUE": (world) => {
    const [leaf] = world.certs;
    if (leaf) leaf.constraints = sequence(YES);
  },
  "path length 0": (world) => anyCa(world).constraints = sequence(YES, integer(0)),
  "path length 1": (world) => anyCa(world).constraints = sequence(YES, integer(1)),
  "path length beyond all numbers": (world) =>
    anyCa(world).constraints = sequence(YES, integer(new Uint8Array(12).fill(0x7f))),
  "path length below zero": (world) =>
    anyCa(world).constraints = sequence(YES, integer(Uint8Array.of(0xfe))),
  "path length without CA": (world) => anyCert(world).constraints = sequence(integer(3)),
  "CA that may not sign": (world) => anyCa(world).keyUsage = 0x80,
  "CA by key usage only": (world) => {
    const ca = anyCa(world);
    ca.constraints = undefined;
    ca.keyUsage = 0x04;
  },
  "CA by Netscape type only": (world) => {
    const ca = anyCa(world);
    ca.constraints = undefined;
    ca.keyUsage = undefined;
    ca.extra.push(
      extension("2.16.840.1.113730.1.1", bitString(Uint8Array.of(1 << world.random.below(3)))),
    );
  },
  "empty key usage": (world) => anyCert(world).keyUsage = 0,
  "version 1": (world) => {
    const cert = anyCert(world);
    cert.constraints =
      cert.keyUsage =
      cert.subjectKeyId =
      cert.authorityKeyId =
        undefined;
    cert.extra = [];
    change(cert, { version: 0 });
  },
  "version 1 with extensions": (world) => change(anyCert(world), { version: 0 }),
  "version 2": (world) => change(anyCert(world), { version: 1 }),
  "version 9": (world) => change(anyCert(world), { version: 8 }),
  "only for TLS clients": useOnly("1.3.6.1.5.5.7.3.2"),
  "only for TLS servers": useOnly("1.3.6.1.5.5.7.3.1"),
  "for any use": useOnly("2.5.29.37.0"),
  "for stepped-up servers": useOnly("1.3.6.1.4.1.311.10.3.3"),
  "for mail and code": useOnly("1.3.6.1.5.5.7.3.4", "1.3.6.1.5.5.7.3.3"),
  "for servers by Netscape type": netscapeType(0x40),
  "for clients by Netscape type": netscapeType(0x80),
  "mail CA by Netscape type": netscapeType(0x02),
  "key for agreement only": (world) => anyCert(world).keyUsage = 0x08,
  "key for encipherment only": (world) => anyCert(world).keyUsage = 0x20,
  "key for CRLs only": (world) => anyCert(world).keyUsage = 0x02,
  "unknown critical extension": (world) =>
    anyCert(world).extra.push(extension("1.2.3.4", encodeDer(TAG.null), true)),
  "unknown extension": (world) => anyCert(world).extra.push(extension("1.2.3.4", bytesOf("junk"))),
  "critical key identifier": (world) => {
    const cert = anyCert(world);
    cert.subjectKeyId = undefined;
    cert.extra.push(extension("2.5.29.14", encodeDer(TAG.octetString, keyId(cert.key)), true));
  },
  "critical policies": (world) =>
    anyCert(world).extra.push(
      extension("2.5.29.32", sequence(sequence(oid("1.2.3.5"))), true),
    ),
  "extension twice": (world) => {
    const cert = anyCert(world);
    cert.extra.push(extension("2.5.29.17", sequence(encodeDer(0x82, bytesOf("a.example")))));
    cert.extra.push(extension("2.5.29.17", sequence(encodeDer(0x82, bytesOf("b.example")))));
  },
  "damaged alternative names": (world) =>
    anyCert(world).extra.push(extension("2.5.29.17", sequence(encodeDer(0x9f, bytesOf("?"))))),
  "damaged basicConstraints": (world) => anyCert(world).constraints = encodeDer(TAG.octetString),
  "damaged key identifier": (world) => anyCert(world).authorityKeyId = sequence(encodeDer(0x95)),
  "proxy certificate": (world) =>
    anyCert(world).extra.push(
      extension("1.3.6.1.5.5.7.1.14", sequence(sequence(oid("1.3.6.1.5.5.7.21.1"))), true),
    ),
  "address blocks": (world) => {
    const prefix = sequence(bitString(Uint8Array.of(10)));
    const block = sequence(encodeDer(TAG.octetString, Uint8Array.of(0, 1)), prefix);
    world.certs[0]?.extra.push(extension("1.3.6.1.5.5.7.1.7", sequence(block)));
  },
  "inherited address blocks": (world) => {
    const block = sequence(encodeDer(TAG.octetString, Uint8Array.of(0, 1)), encodeDer(TAG.null));
    world.certs[0]?.extra.push(extension("1.3.6.1.5.5.7.1.7", sequence(block)));
  },
};

/** Key identifiers. */
export const IDENTIFIER_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "other subject key identifier": (world) => anyCert(world).subjectKeyId = Uint8Array.of(1, 2, 3),
  "other authority key identifier": (world) =>
    anyCert(world).authorityKeyId = sequence(encodeDer(0x80, Uint8Array.of(9, 9))),
  "no key identifiers": (world) => {
    for (const cert of world.certs) cert.subjectKeyId = cert.authorityKeyId = undefined;
  },
  "empty authority key identifier": (world) => anyCert(world).authorityKeyId = sequence(),
  "issuer serial that fits": (world) => identifyBySerial(world, 0),
  "issuer serial of another": (world) => identifyBySerial(world, 1),
};

function identifyBySerial(world: World, off: number): void {
  const place = world.random.below(world.certs.length);
  const cert = world.certs[place];
  const above = world.certs[Math.min(place + 1, world.certs.length - 1)];
  if (cert === undefined || above === undefined) return;
  const serial = Uint8Array.from(above.spec.serial);
  serial[0] = (serial[0] ?? 0) + off;
  const issuer = encodeDer(0xa4, world.random.oneIn(3) ? name([]) : above.spec.issuer);
  cert.authorityKeyId = sequence(encodeDer(0xa1, issuer), encodeDer(0x82, serial));
}

/** Signatures, algorithms and keys. */
export const SIGNATURE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "signature changed": (world) => change(anyCert(world), { damage: "flip" }),
  "signature empty": (world) => change(anyCert(world), { damage: "empty" }),
  "signature with padding bits": (world) => change(anyCert(world), { damage: "unused-bits" }),
  "signed by a stranger": (world, ring) =>
    change(anyCert(world), { signing: { key: ring.stranger, hash: "sha256" } }),
  "signed with SHA-1": (world) => rehash(world, "sha1"),
  "signed with SHA-512": (world) => rehash(world, "sha512"),
  "signed with MD5": (world) => rehash(world, "md5"),
  "signed with PSS": (world) => rehash(world, "pss"),
  "inner algorithm of another hash": (world) => {
    const cert = anyCert(world);
    const algorithm = sequence(oid("1.2.840.113549.1.1.12"), encodeDer(TAG.null));
    change(cert, { innerAlgorithm: algorithm });
  },
  "outer algorithm of another hash": (world) =>
    change(anyCert(world), { outerAlgorithm: sequence(oid("1.2.840.10045.4.3.4")) }),
  "algorithm unknown": (world) => {
    const algorithm = sequence(oid("1.2.3.4.5"));
    change(anyCert(world), { innerAlgorithm: algorithm, outerAlgorithm: algorithm });
  },
  "key of unknown kind": (world) => {
    const key = sequence(sequence(oid("1.2.3.4.6")), bitString(Uint8Array.of(1, 2, 3)));
    change(anyCert(world), { spki: key });
  },
  "key on no curve": (world) => {
    const cert = anyCert(world);
    const spki = Uint8Array.from(cert.spec.spki);
    spki[spki.length - 1] = (spki[spki.length - 1] ?? 0) ^ 1;
    change(cert, { spki });
  },
  "key of another": (world, ring) => change(anyCert(world), { spki: ring.stranger.spki }),
  "curve spelled out": (world, ring) => {
    const key = explicitCurveKey(ring);
    if (key !== undefined) change(anyCert(world), { spki: key });
  },
  "negative serial": (world) => change(anyCert(world), { serial: Uint8Array.of(0xfe, 0x01) }),
  "padded serial": (world) => change(anyCert(world), { serial: Uint8Array.of(0, 1) }),
};

function rehash(world: World, hash: "sha1" | "sha512" | "md5" | "pss"): void {
  const cert = anyCert(world);
  change(cert, { signing: { ...cert.spec.signing, hash } });
}

/** A P-256 key with all numbers of its curve written out (SEC 1 C.2). */
function explicitCurveKey(ring: KeyRing): Uint8Array | undefined {
  const key = ring.any.find((item) => item.kind === "ec" && item.spki.length === 91);
  if (key === undefined) return undefined;
  const hex = (text: string): Uint8Array =>
    Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  const p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  const n = "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551";
  const a = "ffffffff00000001000000000000000000000000fffffffffffffffffffffffc";
  const b = "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b";
  const g = "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
    "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5";
  const parameters = sequence(
    integer(1),
    sequence(oid("1.2.840.10045.1.1"), integer(hex(`00${p}`))),
    sequence(encodeDer(TAG.octetString, hex(a)), encodeDer(TAG.octetString, hex(b))),
    encodeDer(TAG.octetString, hex(g)),
    integer(hex(`00${n}`)),
    integer(1),
  );
  return sequence(sequence(oid("1.2.840.10045.2.1"), parameters), bitString(key.spki.slice(-65)));
}

/** What is sent, what is trusted. */
export const FILE_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "an intermediate missing": (world) => world.sent.splice(world.random.below(5), 1),
  "nothing sent along": (world) => world.sent = [],
  "sent in another order": (world) => world.sent = world.random.shuffle(world.sent),
  "sent twice": (world) => world.sent.push(...world.sent),
  "root sent along": (world) => world.sent.push(world.certs.length - 1),
  "leaf sent again": (world) => world.sent.push(0),
  "root not trusted": (world) => world.trusted = [],
  "root sent, not trusted": (world) => {
    world.sent.push(world.certs.length - 1);
    world.trusted = [];
  },
  "everything trusted": (world) => world.trusted = world.certs.map((_, i) => i).reverse(),
  "intermediate trusted, root not": (world) =>
    world.trusted = [Math.max(world.certs.length - 2, 0)],
  "leaf trusted too": (world) => world.trusted.push(0),
  "only the leaf trusted": (world) => world.trusted = [0],
  "intermediates from the store": (world) => {
    world.trusted = world.trusted.concat(world.sent);
    world.sent = [];
  },
  "root of the same name first": (world, ring) => addTwin(world, { ring, isFirst: true }),
  "root of the same name last": (world, ring) => addTwin(world, { ring, isFirst: false }),
  "older root of the same key first": (world) => {
    const root = world.certs[world.certs.length - 1];
    if (root === undefined) return;
    const old = { ...root, spec: { ...root.spec, notAfter: time(world.now - 9 * DAY) } };
    world.storeBefore.push(renderCert(old));
  },
  "intermediate of the same name sent first": (world, ring) => {
    const ca = world.certs[1];
    if (ca === undefined) return;
    const twin = { ...ca, spec: { ...ca.spec, spki: ring.stranger.spki }, key: ring.stranger };
    world.sentBefore.push(renderCert(twin));
  },
  "root trusted for everything": (world) => trustRoot(world, trustSettings(["2.5.29.37.0"], [])),
  "root trusted for servers": (world) => trustRoot(world, trustSettings(["1.3.6.1.5.5.7.3.1"], [])),
  "root rejected for everything": (world) =>
    trustRoot(world, trustSettings(undefined, ["2.5.29.37.0"])),
  "root rejected for servers": (world) =>
    trustRoot(world, trustSettings(undefined, ["1.3.6.1.5.5.7.3.1"])),
  "root with empty trust settings": (world) => trustRoot(world, sequence()),
  "intermediate trusted by its settings": (world) => {
    const place = Math.max(world.certs.length - 2, 0);
    const cert = world.certs[place];
    if (cert) cert.trust = trustSettings(["2.5.29.37.0"], []);
    world.trusted = [place];
  },
};

function trustRoot(world: World, trust: Uint8Array): void {
  const root = world.certs[world.certs.length - 1];
  if (root) root.trust = trust;
}

function addTwin(
  world: World,
  options: { readonly ring: KeyRing; readonly isFirst: boolean },
): void {
  const root = world.certs[world.certs.length - 1];
  if (root === undefined) return;
  const key = options.ring.stranger;
  const twin = renderCert({
    ...root,
    spec: { ...root.spec, spki: key.spki, signing: { key, hash: "sha256" } },
  });
  (options.isFirst ? world.storeBefore : world.storeAfter).push(twin);
}
