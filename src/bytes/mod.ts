/** Bounded reading and growing writing of bytes, in both byte orders. Knows nothing of DICOM. */
export { ByteReader, ByteReaderError } from "./reader.ts";
export { ByteWriter, ByteWriterError } from "./writer.ts";
export type { ByteOrder } from "./writer.ts";
