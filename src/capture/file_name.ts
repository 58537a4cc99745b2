/** Names of peers in names of files. */

/** What in the name of a file is replaced by the name of the peer. */
const NAME_PLACE = "{name}";

/** Longest name of a peer in a file name, in characters. */
const LONGEST = 100;

/** Names that Windows keeps for devices, whatever follows after a full stop. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/**
 * Gives the file of each peer of a recording: the same for the same peer, another for every other.
 *
 * Letters, digits, `-`, `_` and full stops inside stay, all else is `_`; where that makes two names the same (also on
 * file systems that take `A` for `a`), `-2`, `-3` and so on are added in the order in which they are asked for.
 */
export class FileNames {
  readonly #pattern: string;
  readonly #byPeer = new Map<string, string>();
  readonly #taken = new Set<string>();

  /** `pattern` is a path, with or without `{name}`. */
  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  /** Whether it is one file for all peers. */
  get isOne(): boolean {
    return !this.#pattern.includes(NAME_PLACE);
  }

  /** The file of the peer with this name. */
  of(name: string): string {
    if (this.isOne) return this.#pattern;
    const known = this.#byPeer.get(name);
    if (known !== undefined) return known;
    const base = safeName(name);
    let free = base;
    for (let count = 2; this.#taken.has(free.toLowerCase()); count += 1) free = `${base}-${count}`;
    this.#taken.add(free.toLowerCase());
    const file = this.#pattern.replaceAll(NAME_PLACE, () => free);
    this.#byPeer.set(name, file);
    return file;
  }
}

/** `name` as part of a file name on every system. */
export function safeName(name: string): string {
  const kept = Array.from(name.normalize("NFC"), (one) => /[\p{L}\p{N}._-]/u.test(one) ? one : "_")
    .slice(0, LONGEST).join("");
  const inside = kept.replace(/^\./, "_").replace(/\.$/, "_");
  return inside === "" || RESERVED.test(inside) ? `_${inside}` : inside;
}
