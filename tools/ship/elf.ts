/** As much of the ELF format as it takes to find the end of a program, and what the system maps of it. */

/** Length of the ELF part of a file, whatever follows it: the end of the section header table (64 bit, little endian). */
export function elfLength(bytes: Uint8Array): number {
  const magic = [0x7f, 0x45, 0x4c, 0x46, 2, 1];
  if (bytes.length < 64 || magic.some((byte, index) => bytes[index] !== byte)) {
    throw new RangeError("Not a 64 bit little endian ELF file");
  }
  const header = new DataView(bytes.buffer, bytes.byteOffset, 64);
  const start = Number(header.getBigUint64(40, true));
  const end = start + header.getUint16(58, true) * header.getUint16(60, true);
  if (start === 0 || end > bytes.length) throw new RangeError("The section headers are not there");
  return end;
}

/** Kinds of segments: what is mapped, and notes. */
const [LOAD, NOTE] = [1, 4];

/** Whether a place in the file is in a note that the system maps: there Deno 2.9 puts a program, and looks for it. */
export function isInMappedNote(bytes: Uint8Array, place: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start = Number(view.getBigUint64(32, true));
  const [size, count] = [view.getUint16(54, true), view.getUint16(56, true)];
  const kinds = Array.from({ length: count }, (_, index) => {
    const at = start + size * index;
    const offset = Number(view.getBigUint64(at + 8, true));
    const length = Number(view.getBigUint64(at + 32, true));
    return place >= offset && place < offset + length ? view.getUint32(at, true) : undefined;
  });
  return kinds.includes(LOAD) && kinds.includes(NOTE);
}
