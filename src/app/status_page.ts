/** Serves the status page of watched peers: `--serve`. Loaded when it is given. */

import { TimerPool } from "../association/mod.ts";
import { escapeControls } from "../common/visible.ts";
import { hostAndPort } from "../common/host.ts";
import { ownHosts } from "../http/mod.ts";
import { HEADER, type ServeSettings } from "../options/mod.ts";
import { loadReports, loadStatusPages } from "../report/mod.ts";
import { Board, type RunReport } from "../runner/mod.ts";
import { serveStatus, type StatusEvent, type StatusSettings } from "../status/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import type { Endpoint, Listening } from "../transport/types.ts";
import type { ModeContext } from "./context.ts";
import type { FailureLogs } from "./failure_logs.ts";
import { openListening } from "./listen_mode.ts";
import { logMessage } from "./logging.ts";
import type { CannotBegin } from "./outcome.ts";
import type { StatusPast } from "./status_past.ts";
import { settingsOf, type WatchOutputs } from "./reports.ts";

/** HTTP connections at once: more than a department opens, far fewer than there are descriptors. */
const MAX_CONNECTIONS = 300;

/** Of them, those that wait for the next run. */
const MAX_LISTENERS = 150;

/** Fewest and most characters of a token. */
const TOKEN_LENGTH = { least: 16, most: 512 };

/** A status page that is served. */
export interface StatusPage {
  /** Gets each run once it is over. */
  readonly seen: (report: RunReport) => void;
  /** Ends it; resolves when every connection is closed. */
  readonly close: () => Promise<void>;
}

/** What it is served with. */
export interface StatusPageOptions {
  /** From the beginning of one run to that of the next. */
  readonly everySeconds: number;
  /** Where to say that it is there. */
  readonly outputs: WatchOutputs;
  /** What keeps the log lines of failures. */
  readonly logs: FailureLogs | undefined;
  /** The program. */
  readonly context: ModeContext;
}

/** Opens the status page as `serve` says; or says why there cannot be one. */
export async function openStatusPage(
  serve: ServeSettings,
  { everySeconds, outputs, logs, context }: StatusPageOptions,
): Promise<StatusPage | CannotBegin> {
  const token = await readToken(serve, context);
  if (typeof token === "object") return token;
  const listening = await openListening(serve, { context });
  if (listening === undefined) return { kind: "cannot-begin", obstacle: "local-network" };
  sayWhere(listening.local, { outputs, context, isOpen: token === undefined });
  return await served(listening, { serve, token, everySeconds, logs, context });
}

/** The page on `listening`. */
async function served(
  listening: Listening,
  { serve, token, everySeconds, logs, context }: Omit<StatusPageOptions, "outputs"> & {
    readonly serve: ServeSettings;
    readonly token: string | undefined;
  },
): Promise<StatusPage> {
  const { world } = context;
  const clock = new TimerPool(world.clock);
  const ended = new AbortController();
  const board = new Board();
  const past = await openPast({ board, everySeconds, context });
  const server = await serveStatus(listening, {
    settings: statusSettings(listening.local, { serve, token, everySeconds, context }),
    board,
    pastOf: (name) => past?.figuresOf(name),
    linesOf: (entry) => logs?.linesOf(entry) ?? [],
    pages: await loadStatusPages(),
    reports: await loadReports(),
    reportSettings: settingsOf(context),
    clock,
    wallTime: world.wallTime,
    signal: AbortSignal.any([world.signal, ended.signal]),
    notice: (event) => logMessage(context, messageOf(event)),
  });
  return {
    seen(report) {
      logs?.take(report);
      board.add(report);
      past?.refresh();
      server.changed();
    },
    async close() {
      ended.abort("the watch has ended");
      await Promise.all([server.done, past?.close()]);
      clock.stop();
    },
  };
}

/** How the page at `local` is served. */
function statusSettings(
  local: Endpoint,
  { serve, token, everySeconds, context }: Pick<StatusPageOptions, "everySeconds" | "context"> & {
    readonly serve: ServeSettings;
    readonly token: string | undefined;
  },
): StatusSettings {
  const machine = context.world.machineName();
  return {
    hosts: ownHosts(local, { given: serve.hosts, address: serve.address, machine }),
    token,
    port: local.port,
    everySeconds,
    maxConnections: MAX_CONNECTIONS,
    maxListeners: MAX_LISTENERS,
  };
}

/** What the history says, where one is kept; loaded only then. */
async function openPast(
  how: Parameters<typeof StatusPast.open>[1],
): Promise<StatusPast | undefined> {
  const { history } = how.context.options;
  if (history === undefined) return undefined;
  return await (await import("./status_past.ts")).StatusPast.open(history, how);
}

/** The token of the file; or says what is wrong with it, but never what it is. */
async function readToken(
  { tokenFile }: ServeSettings,
  context: ModeContext,
): Promise<string | undefined | CannotBegin> {
  if (tokenFile === undefined) return undefined;
  const content = await context.world.readFile(tokenFile);
  if (!(content instanceof Uint8Array)) {
    return refuse(`${tokenFile} ${FILE_FAULTS[content.error]}`, context);
  }
  const token = new TextDecoder().decode(content).trim();
  const { least, most } = TOKEN_LENGTH;
  if (!/^[!-~]+$/.test(token) || token.length < least || token.length > most) {
    const wanted = `one line of ${least} to ${most} ASCII characters without blanks`;
    return refuse(`${tokenFile} is not a token: it must be ${wanted}`, context);
  }
  return token;
}

function refuse(reason: string, context: ModeContext): CannotBegin {
  const { world } = context;
  const text = `${HEADER}error: ${escapeControls(reason)}\n`;
  world.writeErr(new TextEncoder().encode(text));
  return { kind: "cannot-begin", obstacle: "input", reason };
}

/** Says where the page is, and that everybody who reaches it may read it where that is so. */
function sayWhere(
  local: Endpoint,
  { outputs, context, isOpen }: {
    readonly outputs: WatchOutputs;
    readonly context: ModeContext;
    readonly isOpen: boolean;
  },
): void {
  const everywhere = local.host === "0.0.0.0" || local.host === "::";
  const host = everywhere ? context.world.machineName() ?? "localhost" : local.host;
  const address = `http://${hostAndPort({ host, port: local.port })}/`;
  const text = escapeControls(`Status page on ${address}`);
  outputs.say({
    lines: () => `${text}\n`,
    events: () => [{ level: "info", text, fields: { address } }],
  });
  const isLocal = local.host.startsWith("127.") || local.host === "::1";
  if (isOpen && !isLocal) {
    logMessage(context, {
      level: "warn",
      text: "Everybody who reaches the status page can read it: see --serve-token-file",
    });
  }
}

/** What the log says of an event. */
function messageOf(
  event: StatusEvent,
): { readonly level: "info" | "error"; readonly text: string } {
  if (event.type === "refused") {
    return {
      level: "info",
      text: `Refused with ${event.status}: ${escapeControls(event.reason)}`,
    };
  }
  const { error } = event;
  const stack = error instanceof Error ? error.stack ?? error.message : String(error);
  return { level: "error", text: escapeControls(stack) };
}
