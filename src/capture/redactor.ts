/**
 * Replaces what says where and whose something is by names that mean the same all through a run: `host-1`, `title-2`.
 *
 * What is to be replaced is learned first. Texts of three characters and more are replaced wherever they are, in any
 * letter case; shorter ones and numbers only where they are a word, for they are in everything.
 */

import { beforeNul, bytesOfByteString, byteStringOf, textOfByteString } from "../dicom/mod.ts";
import { trimOf } from "../common/trim.ts";
import { addressBytes } from "./address.ts";
import { identityRanges, type Range } from "./mask.ts";
import type { Parties, Side } from "./types.ts";

/** What is learned, by the names that take its place. */
export type SecretKind =
  | "host"
  | "title"
  | "user"
  | "peer"
  | "operator"
  | "machine"
  | "text"
  | "file";

/** Titles that are the defaults of DCMTK's echoscu and of this program: they are nobody's. */
const NOBODYS = ["ANY-SCP", "ECHOSCU"];

/** One text as it is searched for. */
interface Search {
  readonly pattern: RegExp;
  readonly names: ReadonlyMap<string, string>;
}

/** Knows what to replace, and by what. */
export class Redactor {
  readonly #names = new Map<string, string>();
  readonly #addresses = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  #searches: { readonly text: Search; readonly bytes: Search } | undefined;

  /** Learns `value`; gives what takes its place. Empty ones, and titles that are nobody's, stay. */
  learn(kind: SecretKind, value: string): string {
    const bare = trimOf(value, " ");
    if (bare === "" || (kind === "title" && NOBODYS.includes(bare))) return value;
    if (addressBytes(bare) !== undefined) return this.address(bare);
    const key = bare.toLowerCase();
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const name = this.#next(kind) + (kind === "file" ? extensionOf(bare) : "");
    this.#names.set(key, name);
    this.#searches = undefined;
    return name;
  }

  /** The address of a documentation range (RFC 5737, RFC 3849, after those RFC 2544) that takes the place of one. */
  address(text: string): string {
    const bytes = addressBytes(text);
    if (bytes === undefined || bytes.every((byte) => byte === 0)) return text;
    const key = bytes.join(".");
    const known = this.#addresses.get(key);
    if (known !== undefined) return known;
    const made = bytes.length === 4
      ? documentationAddress(this.#count("ipv4"))
      : `2001:db8::${this.#count("ipv6").toString(16)}`;
    this.#addresses.set(key, made);
    return made;
  }

  /** One side of a connection, of which the port stays. */
  side({ host, port }: Side): Side {
    return { host: this.learn("host", host), port };
  }

  /** Whom a conversation is between. */
  parties(parties: Parties): Parties {
    const { local, remote, name } = parties;
    return {
      ...parties,
      local: this.side(local),
      remote: this.side(remote),
      name: this.text(name),
    };
  }

  /** `text` with everything replaced that is known, and every address. */
  text(text: string): string {
    const { pattern, names } = this.#search().text;
    return this.#withoutAddresses(
      text.replace(pattern, (found) => names.get(found.toLowerCase()) ?? found),
    );
  }

  /** `value` with all its texts replaced; names of members stay. */
  value(value: unknown): unknown {
    if (typeof value === "string") return this.text(value);
    if (Array.isArray(value)) return value.map((one) => this.value(one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, this.value(member)]),
    );
  }

  /** As many bytes as before, in which titles and users of a PDU, and everything that is known, is replaced. */
  bytes(bytes: Uint8Array): Uint8Array {
    const copy = bytes.slice();
    if ((copy[0] === 0x01 || copy[0] === 0x02) && copy.length > CALLED.start) {
      for (const range of [CALLED, CALLING]) this.#replace(copy, { kind: "title", range });
    }
    for (const range of identityRanges(copy).users) this.#replace(copy, { kind: "user", range });
    const { pattern, names } = this.#search().bytes;
    const text = byteStringOf(copy);
    const known = text.replace(pattern, (found) => {
      return fitted(names.get(found.toLowerCase()) ?? "", { length: found.length, padding: "-" });
    });
    const clean = this.#withoutAddresses(
      known,
      ({ length }, stand) => fitted(stand, { length, padding: " " }),
    );
    return clean === text ? copy : bytesOfByteString(clean);
  }

  #replace(
    bytes: Uint8Array,
    { kind, range: { start, end } }: { readonly kind: SecretKind; readonly range: Range },
  ): void {
    const field = bytes.subarray(start, end);
    const text = textOfByteString(byteStringOf(field));
    const name = this.learn(kind, beforeNul(text));
    if (name === text || field.length === 0) return;
    field.set(bytesOfByteString(fitted(name, { length: field.length, padding: " " })));
  }

  #withoutAddresses(text: string, fit?: (found: string, stand: string) => string): string {
    return text.replace(ADDRESS_LIKE, (found) => {
      const bare = /[^:][.:]$/.test(found) ? found.slice(0, -1) : found;
      if (addressBytes(bare) === undefined || UNSPECIFIC.includes(bare)) return found;
      if (this.#isStandIn(bare)) return found;
      const stand = this.address(bare) + found.slice(bare.length);
      return fit === undefined ? stand : fit(found, stand);
    });
  }

  #isStandIn(text: string): boolean {
    return [...this.#addresses.values()].includes(text);
  }

  #next(kind: SecretKind): string {
    return `${kind}-${this.#count(kind)}`;
  }

  #count(what: string): number {
    const count = (this.#counts.get(what) ?? 0) + 1;
    this.#counts.set(what, count);
    return count;
  }

  #search() {
    this.#searches ??= {
      text: searchFor([...this.#names]),
      bytes: searchFor(
        [...this.#names].map(([key, name]) => [byteStringOf(new TextEncoder().encode(key)), name]),
      ),
    };
    return this.#searches;
  }
}

/** Called and calling AE title (PS3.8 Table 9-11). */
const CALLED: Range = { start: 10, end: 26 };
const CALLING: Range = { start: 26, end: 42 };

/** What may be an address; not part of a UID or of a longer number. */
const ADDRESS_LIKE =
  /(?<![\d.])\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?!\.?\d)|(?<![\w:.])[\da-fA-F]{0,4}:[\da-fA-F:.]{1,45}(?![\w])/g;

/** Addresses that are nobody's. */
const UNSPECIFIC = ["::", "0.0.0.0"];

/** Nothing at all. */
const NEVER = /(?!)/g;

/** Texts this short, or all of digits, are replaced as words only. */
const SHORTEST = 3;

function searchFor(known: readonly (readonly [string, string])[]): Search {
  const names = new Map(known.map(([key, name]) => [key.toLowerCase(), name]));
  const parts = [...names.keys()].sort((left, right) => right.length - left.length).map((key) => {
    const literal = key.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
    return key.length < SHORTEST || /^[\d.]+$/.test(key)
      ? `(?<![\\w.-])${literal}(?![\\w-]|\\.\\w)`
      : literal;
  });
  return { names, pattern: parts.length === 0 ? NEVER : new RegExp(parts.join("|"), "gi") };
}

/** RFC 5737, then RFC 2544: 768 and 131072 of them. */
function documentationAddress(count: number): string {
  const blocks = ["192.0.2", "198.51.100", "203.0.113"];
  const block = blocks[Math.floor((count - 1) / 254)];
  const last = (count - 1) % 254 + 1;
  if (block !== undefined) return `${block}.${last}`;
  const more = count % 0x20000;
  return `198.${18 + (more >> 16)}.${(more >> 8) & 0xff}.${more & 0xff}`;
}

function extensionOf(path: string): string {
  return /\.[A-Za-z0-9]{1,8}$/.exec(path)?.[0] ?? "";
}

function fitted(
  text: string,
  { length, padding }: { readonly length: number; readonly padding: string },
): string {
  return text.slice(0, length).padEnd(length, padding);
}
