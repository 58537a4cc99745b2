/** As much of the ELF format as it takes to find the end of a program. */

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
