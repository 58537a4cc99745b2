/** What people see of many checks, and of one again and again. */

export {
  type ChangeEvent,
  changeEvent,
  runChangeEvents,
  runsEndEvent,
  watchEndEvent,
} from "./change_events.ts";
export { changeLines, runChanges, runsSummary, watchSummary } from "./changes.ts";
export { type Stream, usesColor } from "./color.ts";
export { passedLine, softwareLine } from "./passed.ts";
export { ERASE_LINE, RunProgress } from "./progress.ts";
export { echoAverageMs, echoLine } from "./statistics.ts";
export { renderClosing, renderLine, renderTable, summaryLine, type TextLook } from "./text.ts";
export { durationText } from "./values.ts";
