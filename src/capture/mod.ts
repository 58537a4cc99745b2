/** Conversations of this program as files: what was sent and what came, tapped, without secrets. Bytes in, bytes out. */
export { BUNDLE_VERSION, BundleCollector } from "./bundle.ts";
export type { Bundle, BundleConversation, BundleLine, BundleLookup, BundleUnit } from "./bundle.ts";
export { renderBundleHtml } from "./bundle_html.ts";
export { FileNames } from "./file_name.ts";
export { learnPeer, learnReport, redactorFor, shownArgument } from "./learn.ts";
export { MOST_FILE_BYTES } from "./limits.ts";
export { maskIdentity } from "./mask.ts";
export { Redactor } from "./redactor.ts";
export type { SecretKind } from "./redactor.ts";
export { PcapWriter } from "./pcap_writer.ts";
export { type Begin, newTalk, recordedCheck, recordedListen, type Talk, type Tap } from "./tap.ts";
export { TraceWriter } from "./trace_writer.ts";
export type * from "./types.ts";
