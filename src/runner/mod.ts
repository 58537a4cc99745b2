/** Many checks in order: places, deadlines, retries, expectations, events; and one check again and again. */

export { Board, type PeerState, type Sample, timesOf } from "./board.ts";
export { type Limit, limitSeconds, withinDeadline } from "./deadline.ts";
export { Places, type TakenPlace } from "./places.ts";
export { pause } from "./pause.ts";
export { isWorthRetrying } from "./retry.ts";
export { type PlanOfRun, runPlan } from "./run_plan.ts";
export type * from "./result.ts";
export type * from "./types.ts";
export {
  type StateChange,
  waitUntilUp,
  type WatchEnvironment,
  watchPeer,
  type WatchTotals,
} from "./watch.ts";
export { type PeerChange, type WatchedRun, watchPlan } from "./watch_plan.ts";
