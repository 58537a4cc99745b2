/** What notices are made with. */

export { summaryOf } from "./document.ts";
export { failureText } from "./failure.ts";
export { NOTICE, NOTICE_SCHEMA } from "./notice_schema.ts";
export { durationText, oneLine } from "./values.ts";
