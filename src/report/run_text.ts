/** What people see of many checks, and of one again and again. */

export {
  type ChangeEvent,
  changeEvent,
  runChangeEvents,
  runsEndEvent,
  watchEndEvent,
} from "./change_events.ts";
export { changeLines, runChanges, runsSummary, stateText, watchSummary } from "./changes.ts";
export { paintWith, type Stream, usesColor } from "./color.ts";
export { cutTo, fillTo, widthOf, wrapTo } from "./columns.ts";
export { passedLine, softwareLine } from "./passed.ts";
export { ERASE_LINE, RunProgress } from "./progress.ts";
export { stagesLine } from "./stages.ts";
export { echoAverageMs, echoLine } from "./statistics.ts";
export {
  detailsOf,
  hintOf,
  renderClosing,
  renderLine,
  renderTable,
  summaryLine,
  type TextLook,
} from "./text.ts";
export { durationText, oneLine, peerText } from "./values.ts";
