/** Ways to make CRLs of a chain wrong, or odd but right. */

import { encodeDer, TAG } from "../../src/tls/mod.ts";
import { attribute, bytesOf, extension, integer, name, sequence, time } from "./cert_builder.ts";
import type { Mutation } from "./chain_mutations.ts";
import { type CertDraft, type CrlDraft, crlEntry, keyId, type World } from "./chain_world.ts";

const DAY = 86_400;

/** A CRL of the world; CRL checking is switched on, for otherwise nothing would show. */
function anyCrl(world: World): CrlDraft | undefined {
  if (world.crlCheck === "none") world.crlCheck = world.random.oneIn(2) ? "leaf" : "all";
  return world.crls.length === 0 ? undefined : world.random.pick(world.crls);
}

function changeCrl(changes: (crl: CrlDraft, world: World) => Partial<CrlDraft["spec"]>): Mutation {
  return (world) => {
    const crl = anyCrl(world);
    if (crl !== undefined) crl.spec = { ...crl.spec, ...changes(crl, world) };
  };
}

function addExtension(id: string, value: Uint8Array, critical = false): Mutation {
  return changeCrl((crl) => ({
    extensions: [...crl.spec.extensions, extension(id, value, critical)],
  }));
}

/** The serial number of a certificate that the CA of this CRL issued. */
function coveredSerial(crl: CrlDraft, world: World): Uint8Array {
  const below = world.random.oneIn(3) ? crl.from : crl.from - 1;
  return world.certs[below]?.spec.serial ?? Uint8Array.of(1);
}

function revoke(extensions?: (world: World) => readonly Uint8Array[]): Mutation {
  return changeCrl((crl, world) => ({
    entries: [
      crlEntry(Uint8Array.of(0x55, 0x55), { now: world.now }),
      crlEntry(coveredSerial(crl, world), {
        now: world.now,
        ...(extensions === undefined ? {} : { extensions: extensions(world) }),
      }),
    ],
  }));
}

function reason(code: number): Uint8Array {
  return extension("2.5.29.21", encodeDer(TAG.enumerated, Uint8Array.of(code)));
}

const FLAG = Uint8Array.of(0xff);
const IDP = "2.5.29.28";

function fullName(text: string): Uint8Array {
  return encodeDer(0xa0, encodeDer(0xa0, encodeDer(0x86, bytesOf(text))));
}

/** Puts a CRL location into the certificates that the CRL covers. */
function locate(world: World, location: Uint8Array): void {
  for (const cert of world.certs) cert.extra.push(extension("2.5.29.31", sequence(location)));
}

/** CRLs. */
export const CRL_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "revoked": revoke(),
  "revoked for a reason": revoke((world) => [reason(1 + world.random.below(6))]),
  "revoked, then taken off": revoke(() => [reason(8)]),
  "entry with an unknown critical extension": revoke(() => [
    extension("1.2.3.9", encodeDer(TAG.null), true),
  ]),
  "entry for another issuer": revoke(() => [
    extension("2.5.29.29", sequence(encodeDer(0xa4, name([[attribute("2.5.4.3", "else")]]))), true),
  ]),
  "entry with a damaged reason": revoke(() => [extension("2.5.29.21", encodeDer(TAG.null))]),
  "CRL missing": (world) => {
    anyCrl(world);
    world.crls.splice(world.random.below(world.crls.length || 1), 1);
  },
  "CRL expired": changeCrl((_, world) => ({ nextUpdate: time(world.now - DAY) })),
  "CRL not yet valid": changeCrl((_, world) => ({ thisUpdate: time(world.now + DAY) })),
  "CRL without end": changeCrl(() => ({ nextUpdate: undefined })),
  "CRL with a strange start": changeCrl(() => ({
    thisUpdate: encodeDer(TAG.utcTime, bytesOf("20010101")),
  })),
  "CRL with a strange end": changeCrl(() => ({
    nextUpdate: encodeDer(TAG.utcTime, bytesOf("4013010100Z")),
  })),
  "CRL of version 1": changeCrl(() => ({ version: undefined, extensions: [] })),
  "CRL signature changed": changeCrl(() => ({ damage: "flip" })),
  "CRL signed by a stranger": (world, ring) => {
    const crl = anyCrl(world);
    if (crl) crl.spec = { ...crl.spec, signing: { key: ring.stranger, hash: "sha256" } };
  },
  "CRL of another issuer": changeCrl(() => ({ issuer: name([[attribute("2.5.4.3", "other")]]) })),
  "CA that may not sign CRLs": (world) => {
    anyCrl(world);
    const cas = world.certs.slice(1);
    if (cas.length > 0) world.random.pick(cas).keyUsage = 0x04;
  },
  "CRL with its issuer's key": (world) => {
    const crl = anyCrl(world);
    const ca: CertDraft | undefined = crl && world.certs[crl.from];
    if (crl === undefined || ca === undefined) return;
    const identifier = sequence(encodeDer(0x80, keyId(ca.key)));
    crl.spec = { ...crl.spec, extensions: [extension("2.5.29.35", identifier)] };
  },
  "CRL with another key": (world, ring) => {
    addExtension("2.5.29.35", sequence(encodeDer(0x80, keyId(ring.stranger))))(world, ring);
    for (const cert of world.certs) cert.subjectKeyId = keyId(cert.key);
  },
  "CRL number": addExtension("2.5.29.20", integer(7)),
  "CRL with a damaged number": addExtension("2.5.29.20", encodeDer(TAG.null)),
  "delta CRL": changeCrl(() => ({
    extensions: [extension("2.5.29.20", integer(7)), extension("2.5.29.27", integer(6), true)],
  })),
  "unknown critical extension in a CRL": addExtension("1.2.3.8", encodeDer(TAG.null), true),
  "CRL for users only": addExtension(IDP, sequence(encodeDer(0x81, FLAG)), true),
  "CRL for CAs only": addExtension(IDP, sequence(encodeDer(0x82, FLAG)), true),
  "CRL for attributes only": addExtension(IDP, sequence(encodeDer(0x85, FLAG)), true),
  "CRL for users and CAs only": addExtension(
    IDP,
    sequence(encodeDer(0x81, FLAG), encodeDer(0x82, FLAG)),
    true,
  ),
  "indirect CRL": addExtension(IDP, sequence(encodeDer(0x84, FLAG)), true),
  "CRL for some reasons": addExtension(
    IDP,
    sequence(encodeDer(0x83, Uint8Array.of(1, 0x60))),
    true,
  ),
  "CRL of a place": addExtension(IDP, sequence(fullName("http://x.example/a.crl")), true),
  "CRL of the right place": (world, ring) => {
    locate(world, sequence(fullName("http://x.example/a.crl")));
    addExtension(IDP, sequence(fullName("http://x.example/a.crl")), true)(world, ring);
  },
  "CRL of another place": (world, ring) => {
    locate(world, sequence(fullName("http://x.example/b.crl")));
    addExtension(IDP, sequence(fullName("http://x.example/a.crl")), true)(world, ring);
  },
  "place for some reasons": (world) => {
    anyCrl(world);
    locate(
      world,
      sequence(fullName("http://x.example/a.crl"), encodeDer(0x81, Uint8Array.of(1, 0x60))),
    );
  },
  "place with another issuer": (world) => {
    anyCrl(world);
    const issuer = encodeDer(0xa2, encodeDer(0xa4, name([[attribute("2.5.4.3", "other")]])));
    locate(world, sequence(fullName("http://x.example/a.crl"), issuer));
  },
  "two CRLs, the older one revokes": addSecond(-9 * DAY, 50 * DAY),
  "two CRLs, the newer one revokes": addSecond(-2 * DAY, 50 * DAY),
  "two CRLs, an expired one revokes": addSecond(-9 * DAY, -1 * DAY),
};

/** Adds a CRL of the same issuer that revokes; its dates count from now. */
function addSecond(start: number, end: number): Mutation {
  return (world) => {
    const crl = anyCrl(world);
    if (crl === undefined) return;
    const second: CrlDraft = {
      from: crl.from,
      spec: {
        ...crl.spec,
        thisUpdate: time(world.now + start),
        nextUpdate: time(world.now + end),
        entries: [crlEntry(coveredSerial(crl, world), { now: world.now })],
      },
    };
    if (world.random.oneIn(2)) world.crls.push(second);
    else world.crls.unshift(second);
  };
}
