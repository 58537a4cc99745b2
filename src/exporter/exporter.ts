/**
 * An exporter in Prometheus' multi-target pattern: `/probe?target=HOST:PORT` checks that peer and answers with the
 * metrics of this one check. The configuration says which targets there are; nothing else can be reached, and no file.
 */

import type { MetricFamily } from "../report/mod.ts";
import type { Listening } from "../transport/types.ts";
import { budgetSeconds } from "./budget.ts";
import {
  hostProblem,
  type HttpClient,
  type HttpRequest,
  type HttpResponse,
  serveHttp,
  siteProblem,
  textResponse,
} from "../http/mod.ts";
import { DISCOVERY_TYPE, discoveryText } from "./discovery.ts";
import { OwnMetrics } from "./own_metrics.ts";
import { probedPeer } from "./probe_query.ts";
import { type ProbeOutcome, Prober } from "./prober.ts";
import type { ExporterDeps } from "./types.ts";

/** The one path that takes a POST. */
const RELOAD_PATH = "/-/reload";

/** What renders metrics. */
type MetricsText = Awaited<ReturnType<ExporterDeps["reports"]["loadMetrics"]>>;

interface Exporter {
  readonly deps: ExporterDeps;
  readonly prober: Prober;
  readonly own: OwnMetrics;
  readonly text: MetricsText;
}

/** Serves metrics on `listening`; resolves when the signal has ended it and every connection is closed. */
export async function serveMetrics(listening: Listening, deps: ExporterDeps): Promise<void> {
  const { reports, reportSettings, settings, clock, wallTime, signal, notice } = deps;
  const exporter: Exporter = {
    deps,
    prober: new Prober(deps),
    own: new OwnMetrics(reportSettings.program, wallTime()),
    text: await reports.loadMetrics(),
  };
  const close = () => exporter.prober.close();
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  await serveHttp(listening, {
    answer: (request, client) => answer(exporter, { request, client }),
    posts: [RELOAD_PATH],
    maxConnections: settings.maxConnections,
    clock,
    signal,
    answered: (status) => exporter.own.answered(status),
    dropped: () => exporter.own.dropped(),
    failed: (error) => notice({ type: "defect", error }),
  });
  signal.removeEventListener("abort", close);
}

/** What clients know it as. */
const OWN = { name: "this exporter", option: "--exporter-host" } as const;

interface Asked {
  readonly request: HttpRequest;
  readonly client: HttpClient;
}

async function answer(exporter: Exporter, asked: Asked): Promise<HttpResponse> {
  const { deps, prober, own } = exporter;
  const { request } = asked;
  const problem = hostProblem(request, deps.settings.hosts, OWN);
  if (problem !== undefined) return refuse(deps, problem);
  switch (request.path) {
    case "/probe":
      return await answerProbe(exporter, asked);
    case "/metrics":
      return metrics(exporter, own.families(prober));
    case "/":
      return { status: 200, type: "text/html; charset=utf-8", body: page(exporter) };
    case "/sd":
      return {
        status: 200,
        type: DISCOVERY_TYPE,
        body: discoveryText(deps.plan().peers),
      };
    case RELOAD_PATH:
      return await answerReload(deps, request);
    case "/-/healthy":
      return textResponse(200, "healthy");
    default:
      return textResponse(404, "there is nothing here; / lists what there is");
  }
}

function page({ deps, text }: Exporter): string {
  const { settings, reportSettings } = deps;
  const plan = deps.plan();
  return text.renderExporterPage({
    program: reportSettings.program,
    peers: plan.peers.map(({ name }) => name),
    modules: [...plan.modules.keys()],
    patterns: settings.allow.length,
  });
}

async function answerProbe(exporter: Exporter, { request, client }: Asked): Promise<HttpResponse> {
  const { deps, prober, own, text } = exporter;
  const problem = siteProblem(request);
  if (problem !== undefined) return refuse(deps, problem);
  const seconds = budgetSeconds(request.headers, deps.settings);
  if (seconds === undefined) {
    return refuse(deps, {
      status: 400,
      problem: "the scrape timeout must be a number of seconds",
    });
  }
  const { peers, modules, check } = deps.plan();
  const { allow } = deps.settings;
  const peer = probedPeer(request.query, { peers, modules, allow });
  if ("problem" in peer) return refuse(deps, peer);
  const signal = AbortSignal.any([client.gone, deps.signal]);
  const outcome = await prober.probe(peer, { seconds, client: client.address, check, signal });
  own.probed(outcome.report);
  if (outcome.report === undefined) {
    return refuse(deps, { status: 503, problem: whyNone(outcome.why, deps.signal) });
  }
  deps.notice({ type: "probed", target: peer.name, report: outcome.report });
  const body = text.renderProbe(outcome.report, deps.reportSettings);
  return { status: 200, type: text.EXPOSITION_TYPE, body };
}

/** Status 500 where the plan is faulty, as Prometheus answers. */
async function answerReload(deps: ExporterDeps, request: HttpRequest): Promise<HttpResponse> {
  const problem = siteProblem(request);
  if (problem !== undefined) return refuse(deps, problem);
  if (request.method !== "POST") {
    const refused = refuse(deps, { status: 405, problem: "only POST reloads the plan" });
    return { ...refused, allow: "POST" };
  }
  if (deps.reload === undefined) {
    const problem = "this exporter reloads its plan at SIGHUP only: see --exporter-reload";
    return refuse(deps, { status: 403, problem });
  }
  const { isDone, text } = await deps.reload();
  return textResponse(isDone ? 200 : 500, text);
}

type WhyNone = Extract<ProbeOutcome, { readonly report?: undefined }>["why"];

/** Why a probe has no result. */
function whyNone(why: WhyNone, signal: AbortSignal): string {
  if (signal.aborted) return "the exporter is about to end";
  if (why === "ended") return "the client has gone";
  return why === "yielded"
    ? "another probe was waiting for this host"
    : "there was no time for this probe";
}

function refuse(
  { notice }: ExporterDeps,
  { status, problem }: { readonly status: number; readonly problem: string },
): HttpResponse {
  notice({ type: "refused", status, reason: problem });
  return textResponse(status, problem);
}

function metrics({ text }: Exporter, families: readonly MetricFamily[]): HttpResponse {
  return { status: 200, type: text.EXPOSITION_TYPE, body: text.exposition(families) };
}
