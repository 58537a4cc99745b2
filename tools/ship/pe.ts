/** As much of the PE format as it takes to look at a program for Windows. */

/** What is looked at. */
export interface PeProgram {
  /** Number of the processor: 0x8664 is x86_64, 0xaa64 aarch64. */
  readonly machine: number;
  /** 3 is a program of the console. */
  readonly subsystem: number;
  /** Where the resource of the name begins in the file; `undefined` when there is none. */
  readonly resource: number | undefined;
  /** How many bytes Windows maps. */
  readonly imageSize: number;
  /** How many bytes the sections reach to, in whole pages. */
  readonly sectionsEnd: number;
}

/** Kind of the resources that are plain bytes. */
const RAW_DATA = 10;

interface Section {
  readonly address: number;
  /** In the file. */
  readonly size: number;
  /** In memory. */
  readonly mappedSize: number;
  readonly offset: number;
}

/** Reads the headers of a 64 bit program and looks for a resource of raw data; `RangeError` for anything else. */
export function readPe(bytes: Uint8Array, resourceName: string): PeProgram {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = view.getUint32(0x3c, true);
  const isProgram = view.getUint16(0, true) === 0x5a4d && view.getUint32(start, true) === 0x4550;
  const optional = start + 24;
  if (!isProgram || view.getUint16(optional, true) !== 0x20b) {
    throw new RangeError("Not a 64 bit PE file");
  }
  const table = optional + view.getUint16(start + 20, true);
  const sections: Section[] = Array.from(
    { length: view.getUint16(start + 6, true) },
    (_, index) => {
      const at = table + 40 * index;
      const [size, offset] = [view.getUint32(at + 16, true), view.getUint32(at + 20, true)];
      if (offset + size > bytes.length) throw new RangeError("A section is cut off");
      const [mappedSize, address] = [view.getUint32(at + 8, true), view.getUint32(at + 12, true)];
      return { address, size, mappedSize, offset };
    },
  );
  const place = (address: number) => {
    const home = sections.find((one) => address >= one.address && address < one.address + one.size);
    return home && home.offset + address - home.address;
  };
  const page = view.getUint32(optional + 32, true);
  // Entry 2 of the data directories are the resources.
  const root = place(view.getUint32(optional + 112 + 2 * 8, true));
  const data = root === undefined ? undefined : rawData(view, { root, name: resourceName });
  return {
    machine: view.getUint16(start + 4, true),
    subsystem: view.getUint16(optional + 68, true),
    resource: data === undefined ? undefined : place(view.getUint32(data, true)),
    imageSize: view.getUint32(optional + 56, true),
    sectionsEnd: endOf(sections, page),
  };
}

/** A size of 0 in memory means that in the file. */
function endOf(sections: readonly Section[], page: number): number {
  const ends = sections.map(({ address, size, mappedSize }) => address + (mappedSize || size));
  return Math.ceil(Math.max(0, ...ends) / page) * page;
}

/** Where the data entry of a resource is: kind, then name, then the first language. */
function rawData(
  view: DataView,
  { root, name }: { readonly root: number; readonly name: string },
): number | undefined {
  const kinds = entriesOf(view, root);
  const kind = kinds.find(({ key }) => key === RAW_DATA);
  if (kind === undefined) return undefined;
  const names = entriesOf(view, root + kind.offset);
  const named = names.find(({ key }) =>
    key > 0x7fffffff && textAt(view, root + key % 2 ** 31) === name
  );
  if (named === undefined) return undefined;
  const [language] = entriesOf(view, root + named.offset);
  return language && root + language.offset;
}

function entriesOf(view: DataView, at: number) {
  const count = view.getUint16(at + 12, true) + view.getUint16(at + 14, true);
  return Array.from({ length: count }, (_, index) => ({
    key: view.getUint32(at + 16 + 8 * index, true),
    // The top bit says that another directory is there.
    offset: view.getUint32(at + 20 + 8 * index, true) % 2 ** 31,
  }));
}

function textAt(view: DataView, at: number): string {
  const units = Array.from(
    { length: view.getUint16(at, true) },
    (_, index) => view.getUint16(at + 2 + 2 * index, true),
  );
  return String.fromCharCode(...units);
}
