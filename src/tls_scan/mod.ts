/**
 * What TLS a port speaks: decides what to ask next from the answers so far, and what all of them mean.
 *
 * Pure: connections are made elsewhere. Heavy: import it only when a scan is wanted.
 */

export { type Answer, type HandshakeAnswer, type HelloAnswer } from "./answer.ts";
export { CATALOGUE, type ScanSuite } from "./catalogue.ts";
export type { HandshakeProbe, HelloProbe, PlainProbe, Probe } from "./probe.ts";
export type { ResultDeps } from "./result.ts";
export { MOST_CONNECTIONS, Scan, type ScanSettings } from "./scanner.ts";
export { type Talk, talkOf, type TalkStep } from "./talk.ts";
export type * from "./types.ts";
