/** Server certificates that the reference takes and that are written or equipped in an unusual way. */

import { encodeDer, encodePem, TAG } from "../../src/tls/mod.ts";
import { sign } from "node:crypto";
import {
  attribute,
  bitString,
  buildCertificate,
  bytesOf,
  extension,
  integer,
  makeKey,
  name,
  oid,
  sequence,
  type TestKey,
  time,
} from "./cert_builder.ts";
import { type DerNode, readTree, writeTree } from "./der_mutations.ts";

/** Files in PEM. */
export interface OddCertificates {
  /** The CA of all of them. */
  readonly ca: string;
  /** Key and certificate by what is odd about them. */
  readonly servers: Readonly<
    Record<string, { readonly key: string; readonly certificate: string }>
  >;
}

const NULL = encodeDer(TAG.null);
const RSA = "1.2.840.113549.1.1.1";

/** Critical extensions that a path check of the reference knows and the runtime's TLS does not. */
const CRITICAL: Readonly<Record<string, readonly [id: string, value: Uint8Array]>> = {
  "critical certificatePolicies": ["2.5.29.32", sequence(sequence(oid("1.2.3.4")))],
  "critical policyConstraints": ["2.5.29.36", sequence(encodeDer(0x80, Uint8Array.of(5)))],
  "critical policyMappings": [
    "2.5.29.33",
    sequence(sequence(oid("1.2.3.4"), oid("1.2.3.5"))),
  ],
  "critical inhibitAnyPolicy": ["2.5.29.54", integer(5)],
  "critical noCheck": ["1.3.6.1.5.5.7.48.1.5", NULL],
  "critical nsCertType": ["2.16.840.1.113730.1.1", bitString(Uint8Array.of(0x40), 6)],
};

interface Server {
  readonly key: TestKey;
  readonly der: Uint8Array;
}

/** Makes them, valid for a day. */
export function makeOddCertificates(): OddCertificates {
  const maker = new OddMaker(makeKey("p256"));
  const key = makeKey("rsa");
  const critical = Object.entries(CRITICAL).map(([what, [id, value]]): [string, Server] => {
    return [what, { key, der: maker.certificate(key.spki, [extension(id, value, true)]) }];
  });
  const all = { ...oddKeys(maker, key), ...Object.fromEntries(critical), ...oddForms(maker, key) };
  const servers = Object.entries(all).map(([what, server]) => {
    const pem = server.key.privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    return [what, { key: pem, certificate: encodePem("CERTIFICATE", server.der) }] as const;
  });
  return { ca: encodePem("CERTIFICATE", maker.root()), servers: Object.fromEntries(servers) };
}

function oddKeys(maker: OddMaker, key: TestKey): Readonly<Record<string, Server>> {
  const numbers = readTree(key.spki).members?.[1]?.members?.[0];
  const modulus = numbers?.members?.[0]?.contents ?? new Uint8Array();
  if (numbers === undefined) throw new Error("No RSA key");
  const short = sequence(encodeDer(TAG.integer, modulus.slice(1)), integer(65537));
  const small = makeKey("rsa1024");
  const spki = (algorithm: Uint8Array, bits: Uint8Array): Uint8Array =>
    sequence(algorithm, bitString(bits));
  return {
    "RSA of 1024 bits": { key: small, der: maker.certificate(small.spki) },
    "RSA without NULL": {
      key,
      der: maker.certificate(spki(sequence(oid(RSA)), writeTree(numbers))),
    },
    "RSA modulus without its leading zero": {
      key,
      der: maker.certificate(spki(sequence(oid(RSA), NULL), short)),
    },
  };
}

function oddForms(maker: OddMaker, key: TestKey): Readonly<Record<string, Server>> {
  const withIdentifiers = maker.changed(key.spki, ({ members = [] }) => {
    const identifiers = [0x81, 0x82].map((tag) => encodeDer(tag, Uint8Array.of(0, 1, 2)));
    members.splice(members.length - 1, 0, ...identifiers.map(readTree));
  });
  const endless = maker.changed(key.spki, (tbs) => {
    tbs.length = { kind: "indefinite", ends: true };
  });
  return {
    "unique identifiers": { key, der: withIdentifiers },
    "a length without a number": { key, der: endless },
  };
}

const DAY = 86_400;
const CA_NAME = name([[attribute("2.5.4.3", "CA of odd certificates")]]);

class OddMaker {
  readonly #ca: TestKey;

  constructor(ca: TestKey) {
    this.#ca = ca;
  }

  root(): Uint8Array {
    const isCa = sequence(encodeDer(TAG.boolean, Uint8Array.of(0xff)));
    return this.#build({
      subject: CA_NAME,
      spki: this.#ca.spki,
      extensions: [extension("2.5.29.19", isCa, true)],
    });
  }

  certificate(spki: Uint8Array, extensions?: readonly Uint8Array[]): Uint8Array {
    const names = sequence(encodeDer(0x82, bytesOf("localhost")));
    return this.#build({
      subject: name([[attribute("2.5.4.3", "odd")]]),
      spki,
      extensions: extensions ?? [extension("2.5.29.17", names)],
    });
  }

  /** A certificate whose signed part was changed before it was signed. */
  changed(spki: Uint8Array, change: (tbs: DerNode) => void): Uint8Array {
    const [tbs, algorithm] = readTree(this.certificate(spki)).members ?? [];
    if (tbs === undefined || algorithm === undefined) throw new Error("No certificate");
    change(tbs);
    const signed = writeTree(tbs);
    const signature = sign("sha256", signed, this.#ca.privateKey);
    return sequence(signed, writeTree(algorithm), bitString(signature));
  }

  #build(
    parts: {
      readonly subject: Uint8Array;
      readonly spki: Uint8Array;
      readonly extensions: readonly Uint8Array[];
    },
  ): Uint8Array {
    const now = Math.floor(Date.now() / 1000);
    return buildCertificate({
      version: 2,
      serial: Uint8Array.of(5),
      issuer: CA_NAME,
      notBefore: time(now - DAY),
      notAfter: time(now + DAY),
      signing: { key: this.#ca, hash: "sha256" },
      ...parts,
    });
  }
}
