/** Reports what a history holds: `--since`. Nobody is contacted. Loaded when it is given. */

import { isAsciiOnly } from "../common/locale.ts";
import { type Zone, zoneOfMachine } from "../availability/mod.ts";
import { loadHistoryReader } from "../history/mod.ts";
import type { HistoryMode, Moment } from "../options/mod.ts";
import { loadOverTimeReport } from "../report/mod.ts";
import type { ModeContext } from "./context.ts";
import type { CannotBegin, Outcome } from "./outcome.ts";
import { complain, deliverTexts, settingsOf } from "./reports.ts";

/** Reads the history of `mode`, and prints or writes what it says. */
export async function runHistoryMode(mode: HistoryMode, context: ModeContext): Promise<Outcome> {
  const { world } = context;
  const nowMs = world.wallTime();
  const zone = ownZone(nowMs);
  const sinceMs = momentOf(mode.since, { zone, nowMs });
  const untilMs = Math.min(
    nowMs,
    mode.until === undefined ? nowMs : momentOf(mode.until, { zone, nowMs, isEnd: true }),
  );
  if (sinceMs >= untilMs) {
    const reason = mode.until === undefined
      ? "--since names a time that is to come"
      : "--since does not name a time before --until and now";
    return refuse("usage", { reason, context });
  }
  const { openHistoryReader, readOverTime, isHistoryError } = await loadHistoryReader();
  try {
    const reader = await openHistoryReader(mode.file);
    try {
      const found = await readOverTime(reader, { sinceMs, untilMs, zone, signal: world.signal });
      const { overTimeDocument, renderOverTime } = await loadOverTimeReport();
      const settings = settingsOf(context);
      const document = overTimeDocument(found, { history: mode.file, settings });
      const glyphs = isAsciiOnly(world.env) ? "ascii" : "blocks";
      const unwritten = await deliverTexts(
        (format) => renderOverTime(format, { document, glyphs }),
        context,
      );
      return { kind: "reported", unwritten };
    } finally {
      reader.close();
    }
  } catch (error) {
    if (!isHistoryError(error)) throw error;
    const reason = `cannot read the history '${mode.file}': ${error.message}`;
    return refuse("input", { reason, context });
  }
}

/** In spite of its type the runtime has no name for a `TZ` that it does not know. */
function ownZone(atMs: number): Zone {
  const name: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zoneOfMachine({ name, offsetMinutes: 0 - new Date(atMs).getTimezoneOffset(), atMs });
}

function refuse(
  obstacle: CannotBegin["obstacle"],
  { reason, context }: { readonly reason: string; readonly context: ModeContext },
): CannotBegin {
  complain(reason, context);
  return { kind: "cannot-begin", obstacle, reason };
}

/** In milliseconds since 1970; `isEnd`: a day is meant up to its end. */
function momentOf(
  moment: Moment,
  { zone, nowMs, isEnd = false }: {
    readonly zone: Zone;
    readonly nowMs: number;
    readonly isEnd?: boolean;
  },
): number {
  switch (moment.kind) {
    case "ago":
      return nowMs - moment.ms;
    case "at":
      return moment.ms;
    case "time":
      return zone.firstMoment(moment);
    case "day": {
      const day = moment.day + (isEnd ? 1 : 0);
      return zone.firstMoment({ ...moment, day, hour: 0, minute: 0, second: 0 });
    }
  }
}
