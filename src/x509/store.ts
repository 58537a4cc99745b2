/**
 * The trust store: what `+cf`, `+crl` and `+cd` name, and nothing else.
 *
 * Files are read when they are added. Directories are hashed ones: they are looked into when a name is wanted,
 * for `HHHHHHHH.N` (certificates) and `HHHHHHHH.rN` (CRLs), N counting from 0 without gaps, where HHHHHHHH is
 * the hash of the canonical name. Files with other names in them are never read ("plain" directories give
 * nothing), a missing directory is not an error. As in the reference a certificate that is already known under the
 * wanted name keeps the directories from being asked, while CRLs are always looked for.
 */

import { type Certificate, sameCertificate } from "./certificate.ts";
import type { Crl } from "./crl.ts";
import { equalBytes } from "./bytes.ts";
import {
  ERRNO,
  type FileFormat,
  type FileReader,
  type LibraryError,
  loadTrustFile,
  readDirectoryCertificates,
  readDirectoryCrls,
  type TrustFile,
} from "./load.ts";
import { type DistinguishedName, nameHash } from "./name.ts";

/** Whether a file or directory could be added; if not, the library's errors, oldest first. */
export type Added =
  | { readonly ok: true }
  | { readonly ok: false; readonly errors: readonly LibraryError[] };

/** A file of a hashed directory that was found under its name but holds nothing usable. */
export interface UnusableFile {
  /** Its path. */
  readonly path: string;
  /** What the reference then shows as the failure of a handshake. */
  readonly error: LibraryError;
}

/** A directory never holds this many files of one hash; it keeps a reader without an end from hanging us. */
const MAX_FILES_PER_HASH = 10_000;

/** Certificates and CRLs to decide with. */
export class TrustStore {
  readonly #reader: FileReader;
  readonly #format: FileFormat;
  readonly #directories: string[] = [];
  readonly #certificates = new Map<string, Certificate[]>();
  readonly #crls = new Map<string, Crl[]>();
  readonly #unusable: UnusableFile[] = [];
  readonly #nextCrl = new Map<string, number>();

  /** Makes an empty store that reads all its files through `reader` in one format. */
  constructor(reader: FileReader, format: FileFormat) {
    this.#reader = reader;
    this.#format = format;
  }

  /** Adds a `+cf` or `+crl` file; both load certificates and CRLs alike. */
  addFile(path: string): Added {
    const loaded = loadTrustFile(this.#reader.read(path), this.#format);
    if (loaded.ok) this.addLoaded(loaded);
    return loaded.ok ? { ok: true } : loaded;
  }

  /** Adds what was loaded elsewhere. */
  addLoaded(file: TrustFile): void {
    for (const certificate of file.certificates) this.#addCertificate(certificate);
    for (const crl of file.crls) this.#addCrl(crl);
  }

  /** Adds a `+cd` argument: one hashed directory, or several joined with `:`. Only an empty text fails. */
  addDirectory(path: string): Added {
    if (path === "") {
      return { ok: false, errors: [{ code: 0x05800071, reason: "invalid directory" }] };
    }
    for (const part of path.split(":")) {
      if (part !== "" && !this.#directories.includes(part)) this.#directories.push(part);
    }
    return { ok: true };
  }

  /** All certificates known so far, files of directories only once they were looked for. */
  get certificates(): readonly Certificate[] {
    return [...this.#certificates.values()].flat();
  }

  /** All lists known so far, files of directories only once they were looked for. */
  get crls(): readonly Crl[] {
    return [...this.#crls.values()].flat();
  }

  /** Files of hashed directories that were read and hold nothing usable. */
  get unusableFiles(): readonly UnusableFile[] {
    return this.#unusable;
  }

  /** Certificates of this subject, in the order they were added. */
  certificatesOf(subject: DistinguishedName): readonly Certificate[] {
    if (!this.#certificates.has(subject.canonical)) {
      this.#searchDirectories(subject, {
        prefix: "",
        firstFile: () => 0,
        read: (bytes) => readDirectoryCertificates(bytes, this.#format),
        add: (certificate) => this.#addCertificate(certificate),
        isFound: () => this.#certificates.has(subject.canonical),
      });
    }
    return this.#certificates.get(subject.canonical) ?? [];
  }

  /** CRLs of this issuer, in the order they were added. */
  crlsOf(issuer: DistinguishedName): readonly Crl[] {
    this.#searchDirectories(issuer, {
      prefix: "r",
      firstFile: (stem) => this.#nextCrl.get(stem) ?? 0,
      read: (bytes) => readDirectoryCrls(bytes, this.#format),
      add: (crl) => this.#addCrl(crl),
      isFound: () => this.#crls.has(issuer.canonical),
    });
    return this.#crls.get(issuer.canonical) ?? [];
  }

  #addCertificate(certificate: Certificate): void {
    const known = this.#certificates.get(certificate.subject.canonical) ?? [];
    if (known.some((other) => sameCertificate(other, certificate))) return;
    this.#certificates.set(certificate.subject.canonical, [...known, certificate]);
  }

  #addCrl(crl: Crl): void {
    const known = this.#crls.get(crl.issuer.canonical) ?? [];
    if (known.some((other) => equalBytes(other.der, crl.der))) return;
    this.#crls.set(crl.issuer.canonical, [...known, crl]);
  }

  /** Reads the files of one name, directory after directory, until one of them had it. */
  #searchDirectories<T>(name: DistinguishedName, search: DirectorySearch<T>): void {
    if (this.#directories.length === 0) return;
    const hash = nameHash(name);
    for (const directory of this.#directories) {
      const stem = `${directory}/${hash}.${search.prefix}`;
      let next = search.firstFile(stem);
      for (; next < MAX_FILES_PER_HASH; next++) {
        const path = `${stem}${next}`;
        const contents = this.#reader.read(path);
        if (!contents.ok && contents.errno === ERRNO.noEntry) break;
        const items = contents.ok ? search.read(contents.bytes) : [];
        if (items.length === 0) this.#unusable.push({ path, error: this.#unusableError() });
        for (const item of items) search.add(item);
      }
      if (search.prefix !== "") this.#nextCrl.set(stem, next);
      if (search.isFound()) return;
    }
  }

  #unusableError(): LibraryError {
    return this.#format === "pem"
      ? { code: 0x0480006c, reason: "no start line" }
      : { code: 0x068000a8, reason: "wrong tag" };
  }
}

interface DirectorySearch<T> {
  readonly prefix: "" | "r";
  readonly firstFile: (stem: string) => number;
  readonly read: (bytes: Uint8Array) => readonly T[];
  readonly add: (item: T) => void;
  readonly isFound: () => boolean;
}
