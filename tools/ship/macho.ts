/** As much of the Mach-O format as it takes to take a program out again, and to look at what was made. */

const MAGIC_64 = 0xfeedfacf;
const HEADER = 32;
const SEGMENT_64 = 0x19;
/** Commands that hold offsets into `__LINKEDIT`, and at which words of the command these are. */
const LINK_EDIT_WORDS: Readonly<Record<number, readonly number[]>> = {
  0x2: [2, 4], // LC_SYMTAB
  0xb: [8, 10, 12, 14, 16, 18], // LC_DYSYMTAB
  0x1d: [2], // LC_CODE_SIGNATURE
  0x26: [2], // LC_FUNCTION_STARTS
  0x29: [2], // LC_DATA_IN_CODE
  0x80000022: [2, 4, 6, 8, 10], // LC_DYLD_INFO_ONLY
  0x80000033: [2], // LC_DYLD_EXPORTS_TRIE
  0x80000034: [2], // LC_DYLD_CHAINED_FIXUPS
};

/** A segment of 64 bits. */
export interface Segment {
  readonly name: string;
  /** Where its load command is in the file. */
  readonly command: number;
  readonly commandSize: number;
  /** Address in memory. */
  readonly address: number;
  readonly memorySize: number;
  /** Offset in the file. */
  readonly offset: number;
  readonly fileSize: number;
}

/** The segments of a program of one processor, in order; `RangeError` for anything else. */
export function segmentsOf(bytes: Uint8Array): readonly Segment[] {
  return [...commands(bytes)].flatMap(({ at, kind, size, view }) => {
    if (kind !== SEGMENT_64) return [];
    const number = (offset: number) => Number(view.getBigUint64(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 8, at + 24)).replace(/\0+$/, "");
    const place = { address: number(24), memorySize: number(32) };
    const file = { offset: number(40), fileSize: number(48) };
    return [{ name, command: at, commandSize: size, ...place, ...file }];
  });
}

/** Offset and length of the code signature; `undefined` when there is none. */
export function signatureOf(bytes: Uint8Array): { offset: number; length: number } | undefined {
  for (const { at, kind, view } of commands(bytes)) {
    if (kind !== 0x1d) continue;
    return { offset: view.getUint32(at + 8, true), length: view.getUint32(at + 12, true) };
  }
  return undefined;
}

/**
 * The program without one of its segments: its load command goes, its bytes go, and what comes after it moves up, in the
 * file and in memory. The signature is no longer right: whoever adds a segment signs anew.
 */
export function withoutSegment(bytes: Uint8Array, name: string): Uint8Array {
  const segments = segmentsOf(bytes);
  const gone = segments.find((segment) => segment.name === name);
  if (gone === undefined) throw new RangeError(`There is no segment ${name}`);
  const { command, commandSize, offset, fileSize, address, memorySize } = gone;
  const made = new Uint8Array(bytes.length - fileSize);
  made.set(bytes.subarray(0, offset));
  made.set(bytes.subarray(offset + fileSize), offset);
  const view = new DataView(made.buffer);
  for (const { command: at, offset: place, address: where } of segments) {
    if (place > offset) view.setBigUint64(at + 40, BigInt(place - fileSize), true);
    if (where > address) view.setBigUint64(at + 24, BigInt(where - memorySize), true);
  }
  for (const { at, kind } of commands(bytes)) {
    for (const word of LINK_EDIT_WORDS[kind] ?? []) {
      const place = view.getUint32(at + 4 * word, true);
      if (place > offset) view.setUint32(at + 4 * word, place - fileSize, true);
    }
  }
  const end = HEADER + view.getUint32(20, true);
  made.copyWithin(command, command + commandSize, end);
  made.fill(0, end - commandSize, end);
  view.setUint32(16, view.getUint32(16, true) - 1, true);
  view.setUint32(20, view.getUint32(20, true) - commandSize, true);
  return made;
}

interface Command {
  readonly at: number;
  readonly kind: number;
  readonly size: number;
  readonly view: DataView;
}

function* commands(bytes: Uint8Array): Generator<Command> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < HEADER || view.getUint32(0, true) !== MAGIC_64) {
    throw new RangeError("Not a 64 bit little endian Mach-O file");
  }
  const end = HEADER + view.getUint32(20, true);
  let at = HEADER;
  for (let left = view.getUint32(16, true); left > 0; left--) {
    if (at + 8 > end || end > bytes.length) throw new RangeError("The load commands are cut off");
    const size = view.getUint32(at + 4, true);
    if (size < 8 || at + size > end) throw new RangeError("A load command is cut off");
    yield { at, kind: view.getUint32(at, true), size, view };
    at += size;
  }
}
