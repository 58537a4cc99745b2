/** DER as a tree that can be changed anywhere, and random changes to it: most of what an encoder or an attacker can get wrong. */

import { encodeDer } from "../../src/tls/mod.ts";
import { bytesOf, oid } from "./cert_builder.ts";
import type { Random } from "./chain_world.ts";

/** One element. */
export interface DerNode {
  /** Identifier octets, several for high tag numbers. */
  tag: Uint8Array;
  /** How its length is written; default: as DER wants it. */
  length: LengthForm;
  /** Octets before the members, such as the count of unused bits of a BIT STRING. */
  before: Uint8Array;
  /** Its contents as elements; `undefined`: `contents` counts. */
  members: DerNode[] | undefined;
  /** Its contents as octets. */
  contents: Uint8Array;
}

/** `der`, one or more octets too many, indefinite with its end, or a wrong number. */
export type LengthForm =
  | { readonly kind: "der" }
  | { readonly kind: "long"; readonly octets: number }
  | { readonly kind: "indefinite"; readonly ends: boolean }
  | { readonly kind: "wrong"; readonly by: number };

const DER_LENGTH: LengthForm = { kind: "der" };
const NOTHING = new Uint8Array();

/** Reads well-formed DER; what lies inside of OCTET STRINGs and BIT STRINGs is read too where it is DER. */
export function readTree(der: Uint8Array): DerNode {
  const [node, end] = readNode(der, 0);
  if (end !== der.length) throw new Error("Trailing bytes");
  return node;
}

function readNode(der: Uint8Array, at: number): readonly [DerNode, number] {
  const tag = der[at] ?? 0;
  if ((tag & 0x1f) === 0x1f) throw new Error("High tag");
  let length = der[at + 1] ?? 0;
  let bodyAt = at + 2;
  if (length >= 0x80) {
    const count = length & 0x7f;
    if (count === 0 || count > 3) throw new Error("Length");
    length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + (der[bodyAt + i] ?? 0);
    bodyAt += count;
  }
  const end = bodyAt + length;
  if (end > der.length) throw new Error("Too long");
  const contents = der.slice(bodyAt, end);
  const skipped = tag === 3 && contents[0] === 0 ? 1 : 0;
  const isConstructed = (tag & 0x20) !== 0;
  const mayHold = isConstructed || tag === 4 || (tag === 3 && skipped === 1);
  const members = mayHold ? readMembers(contents.subarray(skipped), isConstructed) : undefined;
  return [{
    tag: Uint8Array.of(tag),
    length: DER_LENGTH,
    before: members === undefined ? NOTHING : contents.slice(0, skipped),
    members,
    contents,
  }, end];
}

function readMembers(contents: Uint8Array, isConstructed: boolean): DerNode[] | undefined {
  const members: DerNode[] = [];
  try {
    for (let at = 0; at < contents.length;) {
      const [member, end] = readNode(contents, at);
      members.push(member);
      at = end;
    }
  } catch (error) {
    if (isConstructed) throw error;
    return undefined;
  }
  return isConstructed || members.length === 1 ? members : undefined;
}

/** Writes a tree. */
export function writeTree(node: DerNode): Uint8Array {
  const body = node.members === undefined
    ? node.contents
    : join([node.before, ...node.members.map(writeTree)]);
  switch (node.length.kind) {
    case "der":
      return join([node.tag, encodeDer(0, body).subarray(1)]);
    case "wrong": {
      const count = Math.max(0, body.length + node.length.by);
      const header = encodeDer(0, new Uint8Array(count)).subarray(1);
      return join([node.tag, header.subarray(0, header.length - count), body]);
    }
    case "long": {
      const { octets } = node.length;
      const digits = Array.from(
        { length: octets },
        (_, i) => Math.floor(body.length / 256 ** (octets - 1 - i)) & 0xff,
      );
      return join([node.tag, Uint8Array.of(0x80 | octets, ...digits), body]);
    }
    case "indefinite":
      return join([
        node.tag,
        Uint8Array.of(0x80),
        body,
        node.length.ends ? Uint8Array.of(0, 0) : NOTHING,
      ]);
  }
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** All elements of a tree, the outermost first. */
export function allNodes(node: DerNode): readonly DerNode[] {
  return [node, ...(node.members ?? []).flatMap(allNodes)];
}

function leafOf(tag: number, contents: Uint8Array): DerNode {
  return {
    tag: Uint8Array.of(tag),
    length: DER_LENGTH,
    before: NOTHING,
    members: undefined,
    contents,
  };
}

/** Object identifiers that mean something to who checks certificates. */
const TELLING_OIDS = [
  "2.5.29.14",
  "2.5.29.15",
  "2.5.29.17",
  "2.5.29.18",
  "2.5.29.19",
  "2.5.29.20",
  "2.5.29.21",
  "2.5.29.27",
  "2.5.29.28",
  "2.5.29.29",
  "2.5.29.30",
  "2.5.29.31",
  "2.5.29.32",
  "2.5.29.32.0",
  "2.5.29.33",
  "2.5.29.35",
  "2.5.29.36",
  "2.5.29.37",
  "2.5.29.37.0",
  "2.5.29.46",
  "2.5.29.54",
  "1.3.6.1.5.5.7.1.1",
  "1.3.6.1.5.5.7.1.7",
  "1.3.6.1.5.5.7.1.8",
  "1.3.6.1.5.5.7.1.14",
  "1.3.6.1.5.5.7.1.24",
  "1.3.6.1.5.5.7.48.1.5",
  "2.16.840.1.113730.1.1",
  "2.16.840.1.113730.1.13",
  "1.3.6.1.5.5.7.3.1",
  "1.3.6.1.5.5.7.3.2",
  "1.2.840.113549.1.1.1",
  "2.5.8.1.1",
  "1.2.840.113549.1.1.4",
  "1.2.840.113549.1.1.5",
  "1.2.840.113549.1.1.7",
  "1.2.840.113549.1.1.10",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.14",
  "1.3.14.3.2.29",
  "1.3.36.3.3.1.2",
  "2.16.840.1.101.3.4.3.14",
  "1.2.840.10040.4.1",
  "1.2.840.10040.4.3",
  "2.16.840.1.101.3.4.3.2",
  "1.2.840.10045.2.1",
  "1.2.840.10045.3.1.7",
  "1.3.132.0.34",
  "1.3.132.0.33",
  "1.2.840.10045.3.1.1",
  "1.2.840.10045.4.1",
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.4",
  "2.16.840.1.101.3.4.3.10",
  "1.2.156.10197.1.301",
  "1.2.156.10197.1.501",
  "1.2.643.7.1.1.1.1",
  "1.2.643.7.1.1.3.2",
  "1.2.840.10046.2.1",
  "1.3.101.110",
  "1.3.101.112",
  "1.3.101.113",
  "1.2.3.4.5.6.7.8",
] as const;

const TELLING_TAGS = [
  ...[0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17],
  ...[0x18, 0x1a, 0x1b, 0x1c, 0x1e, 0x23, 0x24, 0x2c, 0x30, 0x31, 0x33, 0x70, 0x80, 0x81, 0x82],
  ...[0x83, 0x84, 0x86, 0x87, 0x88, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa9, 0xc0],
];

const TELLING_OCTETS = [0x00, 0x01, 0x02, 0x7f, 0x80, 0x81, 0xfe, 0xff];

const TIMES = [
  "500101000000Z",
  "491231235959Z",
  "0101010000Z",
  "010101000000+0000",
  "010101000000+0100",
  "991332000000Z",
  "20010101000000Z",
  "20400101000000.5Z",
  "20400101000000",
  "99991231235959Z",
  "00000101000000Z",
  "4001010000xxZ",
  "400101000060Z",
  "400229000000Z",
  "410229000000Z",
  "",
];

/** One way to change a tree: how it is called, and the change. */
interface Change {
  readonly name: string;
  readonly apply: (root: DerNode, random: Random) => void;
}

function anyOf(root: DerNode, random: Random): DerNode {
  return random.pick(allNodes(root));
}

function withMembers(root: DerNode, random: Random): DerNode & { members: DerNode[] } {
  const some = allNodes(root).filter((node) => (node.members?.length ?? 0) > 0);
  return random.pick(some) as DerNode & { members: DerNode[] };
}

function ofTag(root: DerNode, tags: readonly number[]): readonly DerNode[] {
  return allNodes(root).filter((node) => tags.includes(node.tag[0] ?? 0));
}

function setContents(node: DerNode, contents: Uint8Array): void {
  node.members = undefined;
  node.before = NOTHING;
  node.contents = contents;
}

function contentsOf(node: DerNode): Uint8Array {
  return node.members === undefined
    ? node.contents
    : join([node.before, ...node.members.map(writeTree)]);
}

function foreign(random: Random): DerNode {
  const tag = random.pick(TELLING_TAGS);
  const contents = random.pick([
    NOTHING,
    Uint8Array.of(0),
    Uint8Array.of(0xff),
    Uint8Array.of(1, 2, 3),
    Uint8Array.of(0x05, 0x00),
    Uint8Array.of(0x02, 0x01, 0x05),
  ]);
  return leafOf(tag, contents);
}

const CHANGES: readonly Change[] = [
  {
    name: "another tag",
    apply: (root, random) => anyOf(root, random).tag = Uint8Array.of(random.pick(TELLING_TAGS)),
  },
  {
    name: "constructed bit",
    apply(root, random) {
      const node = anyOf(root, random);
      node.tag = Uint8Array.of((node.tag[0] ?? 0) ^ 0x20, ...node.tag.slice(1));
    },
  },
  {
    name: "high tag form",
    apply(root, random) {
      const node = anyOf(root, random);
      const tag = node.tag[0] ?? 0;
      const pad = random.oneIn(3) ? [0x80] : [];
      node.tag = Uint8Array.of(tag | 0x1f, ...pad, tag & 0x1f);
    },
  },
  {
    name: "length in more octets",
    apply: (root, random) =>
      anyOf(root, random).length = { kind: "long", octets: random.pick([1, 2, 3, 4, 5, 8, 9]) },
  },
  {
    name: "indefinite length",
    apply: (root, random) =>
      anyOf(root, random).length = { kind: "indefinite", ends: !random.oneIn(4) },
  },
  {
    name: "wrong length",
    apply: (root, random) =>
      anyOf(root, random).length = { kind: "wrong", by: random.pick([-2, -1, 1, 2, 100]) },
  },
  {
    name: "member removed",
    apply(root, random) {
      const { members } = withMembers(root, random);
      members.splice(random.below(members.length), 1);
    },
  },
  {
    name: "member twice",
    apply(root, random) {
      const { members } = withMembers(root, random);
      const at = random.below(members.length);
      members.splice(at, 0, ...members.slice(at, at + 1).map((node) => readAgain(node)));
    },
  },
  {
    name: "members swapped",
    apply(root, random) {
      const node = withMembers(root, random);
      node.members = random.shuffle(node.members);
    },
  },
  {
    name: "foreign member",
    apply(root, random) {
      const { members } = withMembers(root, random);
      members.splice(random.below(members.length + 1), 0, foreign(random));
    },
  },
  {
    name: "member at the end",
    apply: (root, random) => withMembers(root, random).members.push(foreign(random)),
  },
  {
    name: "member from elsewhere",
    apply(root, random) {
      const { members } = withMembers(root, random);
      const other = readAgain(anyOf(root, random));
      members[random.below(members.length)] = other;
    },
  },
  { name: "empty", apply: (root, random) => setContents(anyOf(root, random), NOTHING) },
  {
    name: "octet at the end",
    apply(root, random) {
      const node = anyOf(root, random);
      setContents(node, join([contentsOf(node), Uint8Array.of(random.pick(TELLING_OCTETS))]));
    },
  },
  {
    name: "octet in front",
    apply(root, random) {
      const node = anyOf(root, random);
      setContents(node, join([Uint8Array.of(random.pick(TELLING_OCTETS)), contentsOf(node)]));
    },
  },
  {
    name: "last octet missing",
    apply(root, random) {
      const node = anyOf(root, random);
      setContents(node, contentsOf(node).slice(0, -1));
    },
  },
  {
    name: "octet changed",
    apply(root, random) {
      const nodes = allNodes(root).filter(({ members, contents }) =>
        members === undefined && contents.length > 0
      );
      if (nodes.length === 0) return;
      const node = random.pick(nodes);
      const at = random.below(node.contents.length);
      const bytes = node.contents.slice();
      bytes[at] = random.oneIn(2)
        ? random.pick(TELLING_OCTETS)
        : (bytes[at] ?? 0) ^ (1 << random.below(8));
      node.contents = bytes;
    },
  },
  {
    name: "object identifier",
    apply(root, random) {
      const nodes = ofTag(root, [6]);
      if (nodes.length === 0) return;
      setContents(random.pick(nodes), oid(random.pick(TELLING_OIDS)).subarray(2));
    },
  },
  {
    name: "boolean",
    apply(root, random) {
      const nodes = ofTag(root, [1]);
      if (nodes.length > 0) {
        setContents(random.pick(nodes), Uint8Array.of(random.pick([0, 1, 0x80, 0xff])));
      }
    },
  },
  {
    name: "integer",
    apply(root, random) {
      const nodes = ofTag(root, [2, 0x0a, 0x80, 0x82]);
      if (nodes.length === 0) return;
      const node = random.pick(nodes);
      const old = contentsOf(node);
      setContents(
        node,
        random.pick([
          join([Uint8Array.of(0), old]),
          join([Uint8Array.of(0xff), old]),
          Uint8Array.of(0),
          Uint8Array.of(0x80),
          Uint8Array.of(0xff),
          Uint8Array.of(1),
          Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 0xff),
          new Uint8Array(9).fill(0x7f),
          old.slice(old[0] === 0 ? 1 : 0),
        ]),
      );
    },
  },
  {
    name: "unused bits",
    apply(root, random) {
      const nodes = ofTag(root, [3]);
      if (nodes.length === 0) return;
      const node = random.pick(nodes);
      const old = contentsOf(node);
      setContents(node, join([Uint8Array.of(random.pick([1, 3, 7, 8, 0x80])), old.slice(1)]));
    },
  },
  {
    name: "time",
    apply(root, random) {
      const nodes = ofTag(root, [0x17, 0x18]);
      if (nodes.length === 0) return;
      const node = random.pick(nodes);
      if (random.oneIn(2)) node.tag = Uint8Array.of(random.pick([0x17, 0x18]));
      setContents(node, bytesOf(random.pick(TIMES)));
    },
  },
  {
    name: "algorithm parameters",
    apply(root, random) {
      const nodes = allNodes(root).filter(({ members }) =>
        members?.[0]?.tag[0] === 6 && members.length <= 2
      );
      if (nodes.length === 0) return;
      const { members = [] } = random.pick(nodes);
      const parameters = random.pick([
        [],
        [leafOf(5, NOTHING)],
        [leafOf(5, Uint8Array.of(0))],
        [leafOf(0x30, NOTHING)],
        [leafOf(4, NOTHING)],
        [leafOf(6, oid("1.3.132.0.34").subarray(2))],
        [leafOf(0x80, NOTHING)],
        [leafOf(5, NOTHING), leafOf(5, NOTHING)],
      ]);
      members.splice(1, members.length, ...parameters);
    },
  },
  {
    name: "string in pieces",
    apply(root, random) {
      const nodes = ofTag(root, [3, 4, 0x0c, 0x13, 0x16, 0x17, 0x18]);
      if (nodes.length === 0) return;
      const node = random.pick(nodes);
      const old = contentsOf(node);
      const half = old.length >> 1;
      const inner = random.pick([4, node.tag[0] ?? 4]);
      node.members = [leafOf(inner, old.slice(0, half)), leafOf(inner, old.slice(half))];
      node.before = NOTHING;
      node.tag = Uint8Array.of((node.tag[0] ?? 0) | 0x20);
      if (random.oneIn(3)) node.length = { kind: "indefinite", ends: true };
    },
  },
];

function readAgain(node: DerNode): DerNode {
  return {
    ...node,
    tag: node.tag.slice(),
    members: node.members?.map(readAgain),
  };
}

/** Makes one or two random changes somewhere in a tree; gives their names. */
export function mutateTree(root: DerNode, random: Random): readonly string[] {
  const names: string[] = [];
  for (let left = random.oneIn(4) ? 2 : 1; left > 0; left--) {
    if ((root.members?.length ?? 0) === 0) break;
    const change = random.pick(CHANGES);
    change.apply(root, random);
    names.push(change.name);
  }
  return names;
}
