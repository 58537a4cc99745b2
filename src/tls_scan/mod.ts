/**
 * What TLS a port speaks: decides what to ask next from the answers so far, asks, and says what all answers mean.
 *
 * Pure: connections are opened elsewhere. Heavy: import it only when a scan is wanted.
 */

export { type Answer, type HandshakeAnswer, type HelloAnswer } from "./answer.ts";
export { askByTls, type AskDeps, type TalkLimits } from "./ask_peer.ts";
export { CATALOGUE, type ScanSuite } from "./catalogue.ts";
export type { HandshakeProbe, HelloProbe, PlainProbe, Probe } from "./probe.ts";
export type { ResultDeps } from "./result.ts";
export { MOST_CONNECTIONS, Scan, type ScanSettings } from "./scanner.ts";
export type * from "./types.ts";
