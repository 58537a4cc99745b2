/** The answering side: a Verification SCP (PS3.4 Annex A) for many peers at once. */

export { type AcceptorPolicy, answerRequest } from "./acceptor.ts";
export type { Behavior } from "./behavior.ts";
export type * from "./events.ts";
export { type RequestFinding } from "./findings.ts";
export { type ForeignCaller } from "./foreign.ts";
export type { ServiceLimits } from "./limits.ts";
export type { Dismissal } from "./places.ts";

export type { SecureServer } from "./session.ts";
export { type ScpDeps, type ScpTotals, serveAssociations } from "./server.ts";
