/**
 * The operating system as all rooms see it: files that are read, streams that are written, errors by their codes.
 *
 * @module
 */

export { FILE_FAULTS, MOST_CERTIFICATE_BYTES, MOST_TEXT_BYTES } from "./limits.ts";
export {
  type Files,
  type Hangup,
  type Links,
  loadFiles,
  loadHangup,
  loadLinks,
  loadSeedWriter,
  loadTerminal,
  type SeedWriter,
  type Terminals,
} from "./load.ts";
export type { ReadLimits } from "./files.ts";
export type { Output, OutputHost, WriteFailure } from "./output.ts";
export type { ScreenSize, TerminalUse } from "./terminal.ts";
export { openOutput, openPipe, type Pipe } from "./standard_streams.ts";
export { type Ending, type EndReason, type SignalHost, watchSignals } from "./signals.ts";
export { isNullDevice } from "./null_device.ts";
export { errorCode, errorNumber, errorWords, type SystemKind } from "./words.ts";
export type { FileContent, FileFault, FileReader, StreamName, WriteOutcome } from "./types.ts";
