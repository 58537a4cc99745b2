/** The reference's lines about its data dictionary files. */

import type { DictionaryFault } from "../dicom/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { LOGGERS, type LogMessage, messageTo } from "./message.ts";
import type { LogLevel } from "./types.ts";

/** What happens while dictionary files are loaded. */
export type DictionaryEvent =
  | { readonly type: "loading"; readonly file: string }
  | { readonly type: "cannot-open"; readonly file: string }
  | { readonly type: "fault"; readonly file: string; readonly fault: DictionaryFault }
  /** Nothing could be loaded, or the last file had faults. */
  | { readonly type: "not-loaded" };

/** The message for `event`. */
export function dictionaryMessage(event: DictionaryEvent): LogMessage {
  switch (event.type) {
    case "loading":
      return data("debug", `DcmDataDictionary: Loading file: ${event.file}`);
    case "cannot-open":
      return data("error", `DcmDataDictionary: Cannot open file: ${event.file}`);
    case "fault":
      return data("error", `DcmDataDictionary: ${faultText(event.fault, event.file)}`);
    case "not-loaded": {
      const text = "no data dictionary loaded, check environment variable: DCMDICTPATH";
      return messageTo(LOGGERS.app, { level: "warn", text });
    }
  }
}

function faultText({ kind, line, field }: DictionaryFault, file: string): string {
  const shown = escapeControls(field);
  switch (kind) {
    case "unknown range restrictor":
      return `Unknown range restrictor: ${shown}`;
    case "too few fields":
      return `${file}: too few fields (line ${line})`;
    default:
      return `${file}: ${kind} (line ${line}): ${shown}`;
  }
}

function data(level: LogLevel, text: string): LogMessage {
  return messageTo(LOGGERS.data, { level, text });
}
