/**
 * The status page of watched peers: pages, JSON and metrics of what is known already.
 *
 * Nothing that is asked for here contacts a peer, reads a file or changes anything.
 */

import {
  hostProblem,
  type HttpDeps,
  type HttpRequest,
  type HttpResponse,
  serveHttp,
  siteProblem,
  textResponse,
} from "../http/mod.ts";
import { timesOf } from "../runner/mod.ts";
import type { Renderer, StatusFacts } from "../report/mod.ts";
import type { Listening } from "../transport/types.ts";
import { Gate } from "./gate.ts";
import { Listeners } from "./listeners.ts";
import type { StatusDeps } from "./types.ts";

/** A page that is served. */
export interface StatusServer {
  /** To be called when the board has taken note of a run: who waits is told. */
  readonly changed: () => void;
  /** Resolves when the signal has ended the service and every connection is closed. */
  readonly done: Promise<void>;
}

/** What clients know it as. */
const OWN = { name: "this status page", option: "--serve-host" } as const;

const HTML = "text/html; charset=utf-8";
const JSON_TYPE = "application/json; charset=utf-8";

/** What pages may load: their own script, style and icon; nothing from elsewhere, and nothing that is written into them. */
const HEADERS: NonNullable<HttpDeps["headers"]> = {
  "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; " +
    "img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** A run that is late by so many times its interval, and a minute, is not late but missing. */
const LATE_INTERVALS = 3;

interface Serving {
  readonly deps: StatusDeps;
  readonly gate: Gate;
  readonly listeners: Listeners;
  readonly metrics: Renderer;
  readonly metricsType: string;
  readonly beganAt: number;
}

/** Serves the page on `listening`. */
export async function serveStatus(listening: Listening, deps: StatusDeps): Promise<StatusServer> {
  const { settings, reports, clock, signal, notice } = deps;
  const { renderPrometheus, EXPOSITION_TYPE } = await reports.loadMetrics();
  const serving: Serving = {
    deps,
    gate: new Gate(settings.token, settings.port),
    listeners: new Listeners(settings.maxListeners, clock),
    metrics: renderPrometheus,
    metricsType: EXPOSITION_TYPE,
    beganAt: deps.wallTime(),
  };
  const done = serveHttp(listening, {
    answer: (request) => Promise.resolve(answer(request, serving)),
    maxConnections: settings.maxConnections,
    headers: HEADERS,
    clock,
    signal,
    answered: () => {},
    dropped: () =>
      notice({ type: "refused", status: 503, reason: "there are too many connections" }),
    failed: (error) => notice({ type: "defect", error }),
  });
  const changed = () => {
    const { newest } = deps.board;
    if (newest !== undefined) {
      serving.listeners.tell({ startedAt: new Date(newest.startedAt).toISOString() });
    }
  };
  return { changed, done };
}

function answer(request: HttpRequest, serving: Serving): HttpResponse {
  const { deps, gate } = serving;
  const problem = hostProblem(request, deps.settings.hosts, OWN);
  if (problem !== undefined) return refuse(problem, deps);
  const open = answerEverybody(request, serving);
  if (open !== undefined) return open;
  if (!gate.lets(request)) return turnAway(request, serving);
  return answerReader(request, serving);
}

/** What is for everybody: nothing of it says anything about a peer. */
function answerEverybody(request: HttpRequest, serving: Serving): HttpResponse | undefined {
  const { deps: { pages }, gate } = serving;
  switch (request.path) {
    case "/": {
      const cookie = gate.entry(request);
      return cookie === undefined ? undefined : {
        ...page(pages.enteredPage()),
        headers: { "Set-Cookie": cookie },
      };
    }
    case "/healthz":
      return health(serving);
    case "/status.css":
      return { status: 200, type: "text/css; charset=utf-8", body: pages.STATUS_STYLE };
    case "/status.js":
      return { status: 200, type: "text/javascript; charset=utf-8", body: pages.STATUS_SCRIPT };
    case "/icon-good.svg":
      return { status: 200, type: "image/svg+xml", body: pages.goodIcon };
    case "/icon-bad.svg":
      return { status: 200, type: "image/svg+xml", body: pages.badIcon };
    default:
      return undefined;
  }
}

/** Whether the checks go on: not whether peers are up. */
function health({ deps: { board, settings, wallTime }, beganAt }: Serving): HttpResponse {
  const { newest } = board;
  const endedAt = newest === undefined ? beganAt : newest.startedAt + newest.elapsedMs;
  const ageSeconds = (wallTime() - endedAt) / 1000;
  return ageSeconds > settings.everySeconds * LATE_INTERVALS + 60
    ? textResponse(503, `no run has ended for ${Math.round(ageSeconds)} s`)
    : textResponse(200, "healthy");
}

/** For who is not let in: a page in a browser, a line for programs. */
function turnAway(request: HttpRequest, { deps }: Serving): HttpResponse {
  const reason = "this takes the token of --serve-token-file";
  const headers = { "WWW-Authenticate": 'Bearer realm="echoscu"' };
  const refused = refuse({ status: 401, problem: reason }, deps);
  return isForPeople(request.path)
    ? { ...page(deps.pages.doorPage()), status: 401, headers }
    : { ...refused, headers };
}

function isForPeople(path: string): boolean {
  return path === "/" || path.startsWith("/peers/");
}

const PEER_PATH = /^\/(peers|api\/v1\/peers)\/([~A-Za-z0-9._-]{1,64})$/;

function answerReader(request: HttpRequest, serving: Serving): HttpResponse {
  const { deps, metrics, metricsType } = serving;
  const { pages, reportSettings: settings, board } = deps;
  const source = { facts: factsOf(deps), settings };
  switch (request.path) {
    case "/":
      return page(pages.overviewPage(request.query, source));
    case "/api/v1/status":
      return { status: 200, type: JSON_TYPE, body: pages.statusJson(source) };
    case "/events":
      return events(request, serving);
    case "/metrics":
      return board.newest === undefined
        ? textResponse(503, "no run has ended yet")
        : { status: 200, type: metricsType, body: metrics(board.newest, settings) };
  }
  const [, kind, id = ""] = PEER_PATH.exec(request.path) ?? [];
  const found = kind === undefined
    ? undefined
    : kind === "peers"
    ? pages.peerPage(id, source)
    : pages.peerJson(id, source);
  if (found === undefined) return textResponse(404, "there is nothing here; / lists all peers");
  return kind === "peers" ? page(found) : { status: 200, type: JSON_TYPE, body: found };
}

/** The stream of events; pages of other sites would keep others from it. */
function events(request: HttpRequest, { deps, listeners }: Serving): HttpResponse {
  const problem = siteProblem(request);
  if (problem !== undefined) return refuse(problem, deps);
  const body = listeners.stream();
  if (body === undefined) {
    return refuse({ status: 503, problem: "too many wait for events already" }, deps);
  }
  return { status: 200, type: "text/event-stream", body, headers: { "X-Accel-Buffering": "no" } };
}

function factsOf({ board, linesOf, pastOf, settings, wallTime }: StatusDeps): StatusFacts {
  return {
    newest: board.newest,
    peers: board.peers().map((state) => ({
      state,
      times: timesOf(state.samples),
      past: pastOf(state.entry.name),
    })),
    linesOf,
    everySeconds: settings.everySeconds,
    now: wallTime(),
  };
}

function page(body: string): HttpResponse {
  return { status: 200, type: HTML, body };
}

function refuse(
  { status, problem }: { readonly status: number; readonly problem: string },
  { notice }: StatusDeps,
): HttpResponse {
  notice({ type: "refused", status, reason: problem });
  return textResponse(status, problem);
}
