/**
 * A TLS engine of our own, for what the runtime's TLS does not speak: TLS 1.0 to 1.3 as a client, without socket, clock
 * or randomness of its own.
 *
 * Heavy: import it only when a connection needs it.
 */

export { ALERT, EXTENSION, MESSAGE, RECORD, VERSION } from "./codes.ts";
export { type Step, TlsClient } from "./client.ts";
export { EngineError } from "./failure.ts";
export { makeShare } from "./groups.ts";
export {
  type ClientHello,
  composeHello,
  exactNumber,
  type Extensions,
  type HelloParts,
  type HelloSettings,
  type OfferedShare,
  readExtensions,
  RETRY,
} from "./hello.ts";
export { type CertificateRequest, readLegacyCertificates, readLegacyRequest } from "./identity.ts";
export type { KeyShare, Random } from "./group_numbers.ts";
export type { Message } from "./link.ts";
export { plainProtection, type Protection, type TypedBytes } from "./protection.ts";
export { MessageReader, RecordReader } from "./records.ts";
export { join, number, vector, WireReader } from "./wire.ts";
export { withExchange } from "../tls/mod.ts";
export type * from "./types.ts";
