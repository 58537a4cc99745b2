/** The PDUs of PS3.8 9.3: their types, decoding, encoding, and finding them in a stream. */
export { decodePdu } from "./decode.ts";
export type { DecodeOptions } from "./decode.ts";
export { encodePdu } from "./encode.ts";
export { PduDecodeError, PduEncodeError } from "./errors.ts";
export type { PduFault } from "./errors.ts";
export { DEFAULT_LIMITS, PduFramer } from "./framer.ts";
export type { PduFramerOptions, PduLimits } from "./framer.ts";
export { PduFramerStream } from "./framer_stream.ts";
export { answerFor, lastItem, peerMaximumLength } from "./negotiation.ts";
export { PDU_TYPES } from "./types.ts";
export type * from "./types.ts";

/** Loads what makes user identities unreadable: for those who send one, or keep bytes of many. */
export async function loadUserIdentityMask(): Promise<typeof import("./mask_user_identity.ts")> {
  return await import("./mask_user_identity.ts");
}
