/** Changes of watched peers as messages for people who do not look. Loaded for `--notify` only. */

export { Courier, type CourierDeps, type SendOutcome } from "./courier.ts";
export { eventOf, type NoticeFrame, noticeOf, type Words } from "./notice.ts";
export { type Happening, Rules, type RuleSettings, type SeenPeer } from "./rules.ts";
export { opener, type Sender, type SenderDeps } from "./senders.ts";
