/** The file for a vendor: `--bundle`. Loaded when it is given. */

import {
  type Bundle,
  BUNDLE_VERSION,
  BundleCollector,
  type BundleLookup,
  maskIdentity,
  type Redactor,
  renderBundleHtml,
} from "../capture/mod.ts";
import type { CheckEvent, CheckTrace } from "../check/mod.ts";
import { bareHost } from "../common/host.ts";
import { jsonText } from "../common/visible.ts";
import { loadTlsLines, type LogSink } from "../log/mod.ts";
import { COMMIT, OPTION_ROWS, type OptionRow, VERSION } from "../options/mod.ts";
import { loadReports } from "../report/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import type { ExpectedPeer, ModeContext, RecordingEnd } from "./context.ts";
import { logTrace } from "./logging.ts";
import { learnReport, shownArgument } from "./redaction.ts";
import { settingsOf } from "./reports.ts";

/** A bundle while it is filled. */
export interface OpenBundle {
  /** Takes what goes over connections. */
  readonly collector: BundleCollector;
  /** Logs the events of a check of `peer` in it, next to what `trace` does. */
  readonly traceOf: (trace: CheckTrace, peer: ExpectedPeer) => CheckTrace;
  /** Writes it. */
  readonly write: (end: RecordingEnd) => Promise<WriteOutcome>;
}

/** Begins the bundle that goes to `file`. */
export async function openBundle(
  file: string,
  context: ModeContext & { readonly redactor: Redactor | undefined },
): Promise<OpenBundle> {
  const { world, redactor } = context;
  const collector = new BundleCollector();
  let peer = "";
  const hosts = new Set<string>();
  const log: LogSink = {
    isEnabled: () => true,
    close: () => {},
    log({ level, text, time }) {
      collector.line({ at: new Date(time).toISOString(), level, peer, text });
    },
  };
  const { tlsMessagesOf } = await loadTlsLines();
  const own = await logTrace({ ...context, log, special: tlsMessagesOf });
  return {
    collector,
    traceOf(trace, { name, check }) {
      if (hosts.size < MOST_LOOKUPS) hosts.add(bareHost(check.target.host));
      return (event) => {
        trace(event);
        peer = name;
        own(cleaned(event, redactor));
      };
    },
    async write(end) {
      const lookups = await lookUpAll([...hosts], context);
      const bundle = await bundleOf(end, { ...context, collector, lookups });
      const text = /\.html?$/i.test(file) ? renderBundleHtml(bundle) : `${jsonText(bundle, 2)}\n`;
      return await world.writeReport(file, new TextEncoder().encode(text));
    },
  };
}

/** An event whose bytes hold no secret, for dumps in hex. */
function cleaned(event: CheckEvent, redactor: Redactor | undefined): CheckEvent {
  if (event.type !== "pdu-received" && event.type !== "pdu-sent") return event;
  const masked = maskIdentity(event.bytes);
  return { ...event, bytes: redactor?.bytes(masked) ?? masked };
}

async function bundleOf(
  { report, obstacle, exitCode }: RecordingEnd,
  { options, world, redactor, collector, lookups }: ModeContext & {
    readonly redactor: Redactor | undefined;
    readonly collector: BundleCollector;
    readonly lookups: readonly BundleLookup[];
  },
): Promise<Bundle> {
  const result = report === undefined ? undefined : JSON.parse(
    (await (await loadReports()).loadRenderer("json"))(report, settingsOf({ options, world })),
  );
  if (redactor !== undefined) learnReport(redactor, result);
  const words = argumentsOf(world.args, redactor);
  const { conversations, log, isCut } = collector.kept();
  const clean = <Value>(value: Value): Value =>
    redactor === undefined ? value : redactor.value(value) as Value;
  return {
    version: BUNDLE_VERSION,
    kind: "bundle",
    madeAt: new Date(world.wallTime()).toISOString(),
    redacted: redactor !== undefined,
    program: `echoscu ${VERSION}`,
    ...(COMMIT === undefined ? {} : { commit: COMMIT }),
    runtime: `Deno ${world.runtimeVersion}`,
    system: world.target,
    arguments: clean(words),
    exitCode,
    ...(result === undefined ? {} : { report: clean(result) }),
    ...(obstacle === undefined ? {} : { obstacle: clean(obstacle) }),
    lookups: clean(lookups),
    conversations,
    log: clean(log),
    isCut,
  };
}

/** What was typed; secrets, and what is in command files, are not shown. */
function argumentsOf(words: readonly string[], redactor: Redactor | undefined): readonly string[] {
  const rows: readonly OptionRow[] = OPTION_ROWS;
  const shown: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? "";
    const row = rows.find(({ long, short }) => word === long || word === short);
    if (row === undefined) {
      shown.push(
        word.startsWith("@") && redactor !== undefined ? redactor.learn("file", word) : word,
      );
      continue;
    }
    shown.push(word);
    for (const spec of row.values) {
      at += 1;
      shown.push(shownArgument(words[at] ?? "", { row, spec, redactor }));
    }
  }
  return shown;
}

/** Names that are looked up at most, and how long that may take in all. */
const MOST_LOOKUPS = 100;
const LOOKUP_MS = 2000;

/** What the names stand for now; the runtime does not say what it tried. */
async function lookUpAll(
  hosts: readonly string[],
  { options: { family }, world }: ModeContext,
): Promise<readonly BundleLookup[]> {
  const { promise: late, resolve } = Promise.withResolvers<void>();
  const stop = world.clock.after(LOOKUP_MS, resolve);
  const lookups = await Promise.all(hosts.map(async (host): Promise<BundleLookup> => {
    const found = world.lookUp(host, family)
      .then((addresses) => ({ host, addresses }), (error) => ({ host, error: wordsOf(error) }));
    return await Promise.race([found, late.then(() => ({ host, error: "no answer in time" }))]);
  }));
  stop();
  return lookups;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
