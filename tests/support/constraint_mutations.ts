/** Ways to make name constraints of a chain wrong, or odd but right. */

import { encodeDer, TAG } from "../../src/tls/mod.ts";
import { attribute, bytesOf, extension, name, sequence } from "./cert_builder.ts";
import type { Mutation } from "./chain_mutations.ts";
import type { World } from "./chain_world.ts";

const NAMES: readonly Uint8Array[] = [
  encodeDer(0x82, bytesOf("a.example.org")),
  encodeDer(0x82, bytesOf("EXAMPLE.org")),
  encodeDer(0x82, bytesOf("notexample.org")),
  encodeDer(0x81, bytesOf("me@example.org")),
  encodeDer(0x81, bytesOf("nobody")),
  encodeDer(0x86, bytesOf("https://a.example.org:8080/x")),
  encodeDer(0x86, bytesOf("urn:x")),
  encodeDer(0x87, Uint8Array.of(192, 0, 2, 7)),
  encodeDer(0x87, new Uint8Array(16).fill(1)),
  encodeDer(0x87, Uint8Array.of(1, 2, 3)),
  encodeDer(0x88, Uint8Array.of(0x2a, 0x03)),
  encodeDer(0xa4, name([[attribute("2.5.4.10", "generated")], [attribute("2.5.4.3", "x")]])),
];

const BASES: readonly Uint8Array[] = [
  encodeDer(0x82, bytesOf("example.org")),
  encodeDer(0x82, bytesOf(".example.org")),
  encodeDer(0x82, bytesOf("")),
  encodeDer(0x81, bytesOf("example.org")),
  encodeDer(0x81, bytesOf("me@example.org")),
  encodeDer(0x81, bytesOf(".org")),
  encodeDer(0x86, bytesOf(".example.org")),
  encodeDer(0x86, bytesOf("a.example.org")),
  encodeDer(0x87, Uint8Array.of(192, 0, 2, 0, 255, 255, 255, 0)),
  encodeDer(0x87, Uint8Array.of(10, 0, 0, 0, 255, 0, 0, 0)),
  encodeDer(0x87, new Uint8Array(32)),
  encodeDer(0x87, new Uint8Array(5)),
  encodeDer(0x88, Uint8Array.of(0x2a, 0x03)),
  encodeDer(0xa4, name([[attribute("2.5.4.10", "GENERATED")]])),
  encodeDer(0xa4, name([[attribute("2.5.4.10", "Others")]])),
  encodeDer(0xa4, name([])),
];

function addNames(world: World): void {
  const count = 1 + world.random.below(3);
  const names = Array.from({ length: count }, () => world.random.pick(NAMES));
  world.certs[0]?.extra.push(extension("2.5.29.17", sequence(...names)));
}

function constrain(options: { readonly tag: number; readonly tail?: Uint8Array }): Mutation {
  return (world) => {
    const ca = world.random.pick(world.certs.slice(-2));
    const tail = options.tail === undefined ? [] : [options.tail];
    const bases = [world.random.pick(BASES), world.random.pick(BASES)];
    const list = bases.map((base) => sequence(base, ...tail));
    ca.extra.push(extension("2.5.29.30", sequence(encodeDer(options.tag, ...list)), true));
    if (!world.random.oneIn(4)) addNames(world);
  };
}

function renameLeaf(...rdns: readonly ReturnType<typeof attribute>[]): Mutation {
  return (world, ring) => {
    const [leaf] = world.certs;
    const subject = name([[attribute("2.5.4.10", "Generated")], ...rdns.map((item) => [item])]);
    if (leaf) leaf.spec = { ...leaf.spec, subject };
    constrain({ tag: world.random.oneIn(2) ? 0xa0 : 0xa1 })(world, ring);
  };
}

/** Name constraints. */
export const CONSTRAINT_MUTATIONS: Readonly<Record<string, Mutation>> = {
  "permitted names": constrain({ tag: 0xa0 }),
  "permitted names again": constrain({ tag: 0xa0 }),
  "excluded names": constrain({ tag: 0xa1 }),
  "excluded names again": constrain({ tag: 0xa1 }),
  "permitted with a minimum": constrain({ tag: 0xa0, tail: encodeDer(0x80, Uint8Array.of(1)) }),
  "permitted with minimum 0": constrain({ tag: 0xa0, tail: encodeDer(0x80, Uint8Array.of(0)) }),
  "excluded with a maximum": constrain({ tag: 0xa1, tail: encodeDer(0x81, Uint8Array.of(5)) }),
  "host as common name": renameLeaf(attribute("2.5.4.3", "a.example.org")),
  "odd common name": renameLeaf(attribute("2.5.4.3", "a.-example.org")),
  "common name with a zero": renameLeaf(attribute("2.5.4.3", "a\0.example.org")),
  "mail address in the name": renameLeaf({
    type: "1.2.840.113549.1.9.1",
    tag: TAG.ia5String,
    value: bytesOf("me@example.org"),
  }),
  "mail address in another type": renameLeaf(attribute("1.2.840.113549.1.9.1", "me@example.org")),
  "damaged name constraints": (world) => {
    world.random.pick(world.certs).extra.push(
      extension("2.5.29.30", sequence(encodeDer(0xa7)), true),
    );
  },
};
