/** Finds out whether a peer looks at AE titles: `--probe-titles`. Loaded when it is given. */

import type { CheckResult } from "../check/mod.ts";
import { hostAndPort } from "../common/host.ts";
import { escapeControls, jsonText, shortened } from "../common/visible.ts";
import {
  acceptsTitles,
  diagnose,
  MOST_PROBES,
  nextTitles,
  type Probed,
  type TitlePair,
  titleVerdict,
} from "../diagnosis/mod.ts";
import type { ProbeTitlesMode } from "../options/mod.ts";
import { checkOf } from "../plan/mod.ts";
import { pause } from "../runner/mod.ts";
import { checkPeer, securityOf } from "./check_mode.ts";
import type { ModeContext } from "./context.ts";
import { logTrace, wantsLog } from "./logging.ts";
import { type CannotBegin, isObstacle, type Outcome } from "./outcome.ts";

/** Before all but the first: some peers limit how fast connections may come. */
const PAUSE_SECONDS = 0.25;
/** For one association, where `--peer-deadline` says nothing. */
const PROBE_SECONDS = 15;
/** For the connection, where `-to` says nothing. */
const CONNECT_SECONDS = 10;
const LONGEST = 64;

/** Asks the peer of `mode` with other titles; prints what came of each, and one sentence. */
export async function runProbeTitles(
  mode: ProbeTitlesMode,
  context: ModeContext,
): Promise<Outcome> {
  const { options, world } = context;
  const ask = await asker(mode, context);
  if (isObstacle(ask)) return ask;
  const isJson = options.reports.length > 0;
  const say = (line: string) => {
    if (!isJson) world.writeOut(new TextEncoder().encode(`${escapeControls(line)}\n`));
  };
  say(openingLine(mode));
  const own = { calling: options.callingAeTitle, called: options.calledAeTitle };
  const asked: Probed[] = [];
  let first: CheckResult | undefined;
  for (let next = nextTitles(own, asked); next !== undefined; next = nextTitles(own, asked)) {
    if (first !== undefined) await pause(PAUSE_SECONDS, world);
    if (world.signal.aborted) return { kind: "ended" };
    const result = await ask.with(next);
    if (world.signal.aborted) return { kind: "ended" };
    first ??= result;
    asked.push({ ...next, accepted: acceptsTitles(result) });
    say(`  ${titlesText(next)}: ${answerText(result)}`);
  }
  if (first === undefined) return { kind: "ended" };
  const verdict = titleVerdict(asked);
  say(`verdict: ${verdict.sentence}`);
  if (isJson) {
    const document = { peer: mode.peer, port: mode.port, ...verdict, asked };
    world.writeOut(new TextEncoder().encode(`${jsonText(document, 2)}\n`));
  }
  return { kind: "diagnosed", result: first };
}

/** Said before anybody is contacted. */
function openingLine({ peer, port }: ProbeTitlesMode): string {
  return `${hostAndPort({ host: peer, port })}: at most ${MOST_PROBES} associations, one after ` +
    `another, with other AE titles, each for at most ${PROBE_SECONDS} s`;
}

/** Asks with titles. */
interface Asker {
  readonly with: (titles: TitlePair) => Promise<CheckResult>;
}

async function asker(
  mode: ProbeTitlesMode,
  context: ModeContext,
): Promise<Asker | CannotBegin> {
  const { options, world } = context;
  const secured = await securityOf(context);
  if (isObstacle(secured)) return secured;
  const { secure } = secured;
  const trace = wantsLog(options) ? await logTrace({ ...context, ...secured }) : () => {};
  const { connectTimeoutSeconds = CONNECT_SECONDS } = options;
  const deadlineSeconds = options.peerDeadlineSeconds ?? PROBE_SECONDS;
  return {
    async with({ calling, called }) {
      const titles = { callingAeTitle: calling, calledAeTitle: called };
      const check = checkOf(
        { ...mode, kind: "check" },
        { ...options, ...titles, connectTimeoutSeconds, repeat: 1 },
      );
      return await checkPeer(check, { world, trace, secure, deadlineSeconds });
    },
  };
}

function titlesText({ calling, called }: TitlePair): string {
  return `calling "${shortened(calling, LONGEST)}", called "${shortened(called, LONGEST)}"`;
}

function answerText(result: CheckResult): string {
  return result.outcome === "verified" ? "accepted" : diagnose(result).title;
}
