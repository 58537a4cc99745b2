/** DIMSE of PS3.7: command sets, C-ECHO, and their way through PDVs. */
export { decodeCommandSet } from "./decode.ts";
export type { CommandSetOptions } from "./decode.ts";
export { encodeCommandSet } from "./encode.ts";
export { DimseError } from "./errors.ts";
export type { DimseErrorDetails } from "./errors.ts";
export { commandSetWarnings } from "./warnings.ts";
export { COMMANDS } from "./commands.ts";
export type { CommandRow } from "./commands.ts";
export { parseCEchoRq, parseCEchoRsp } from "./c_echo.ts";
export type { ParsedCEchoRq, ParsedCEchoRsp } from "./c_echo.ts";
export { fragmentCommand, maxSendPdv } from "./fragment.ts";
export type { MaxSendPdv, MaxSendPdvWarning } from "./fragment.ts";
export { CommandAssembler } from "./assembler.ts";
export type { AssembledCommand, CommandAssemblerOptions } from "./assembler.ts";
export type * from "./types.ts";
