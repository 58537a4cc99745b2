/** The upper layer of PS3.8: transition table, driver, readings. */

export * from "./abort_reason.ts";
export * from "./events.ts";
export type { Indication } from "./indication.ts";
export * from "./negotiation.ts";
export { answerFor, lastItem, loadUserIdentityMask, peerMaximumLength } from "../pdu/mod.ts";
export * from "./pdu_reader.ts";
export * from "./pdu_writer.ts";
export * from "./timer_pool.ts";
export * from "./transitions.ts";
export * from "./upper_layer.ts";
export * from "./wire.ts";
