/**
 * An exporter in Prometheus' multi-target pattern: `/probe?target=HOST:PORT` checks that peer and answers with the
 * metrics of this one check. The configuration says which targets there are; nothing else can be reached, and no file.
 */

import type { MetricFamily } from "../report/mod.ts";
import type { Listening } from "../transport/types.ts";
import { budgetSeconds } from "./budget.ts";
import type { HttpRequest } from "./http_request.ts";
import { type HttpResponse, textResponse } from "./http_response.ts";
import { serveHttp } from "./http_server.ts";
import { OwnMetrics } from "./own_metrics.ts";
import { probedPeer } from "./probe_query.ts";
import { Prober } from "./prober.ts";
import type { ExporterMeans } from "./types.ts";

/** What renders metrics. */
type MetricsText = Awaited<ReturnType<ExporterMeans["reports"]["loadMetrics"]>>;

interface Exporter {
  readonly means: ExporterMeans;
  readonly prober: Prober;
  readonly own: OwnMetrics;
  readonly text: MetricsText;
}

/** Serves metrics on `listening`; resolves when the signal has ended it and every connection is closed. */
export async function serveMetrics(listening: Listening, means: ExporterMeans): Promise<void> {
  const { reports, reportSettings, settings, clock, wallTime, signal, notice } = means;
  const exporter: Exporter = {
    means,
    prober: new Prober(means),
    own: new OwnMetrics(reportSettings.program, wallTime()),
    text: await reports.loadMetrics(),
  };
  const close = () => exporter.prober.close();
  signal.addEventListener("abort", close);
  if (signal.aborted) close();
  await serveHttp(listening, {
    answer: (request, gone) => answer(exporter, { request, gone }),
    maxConnections: settings.maxConnections,
    clock,
    wallTime,
    signal,
    answered: (status) => exporter.own.answered(status),
    dropped: () => exporter.own.dropped(),
    failed: (error) => notice({ type: "defect", error }),
  });
  signal.removeEventListener("abort", close);
}

interface Asked {
  readonly request: HttpRequest;
  /** Raised when the client has gone. */
  readonly gone: AbortSignal;
}

async function answer(exporter: Exporter, asked: Asked): Promise<HttpResponse> {
  const { prober, own } = exporter;
  switch (asked.request.path) {
    case "/probe":
      return await answerProbe(exporter, asked);
    case "/metrics":
      return metrics(exporter, own.families(prober));
    case "/":
      return { status: 200, type: "text/html; charset=utf-8", body: page(exporter) };
    case "/-/healthy":
      return textResponse(200, "healthy");
    default:
      return textResponse(404, "there is nothing here; / tells what there is");
  }
}

function page({ means: { settings, reportSettings }, text }: Exporter): string {
  return text.renderExporterPage({
    program: reportSettings.program,
    peers: settings.peers.map(({ name }) => name),
    modules: [...settings.modules.keys()],
    patterns: settings.allow.length,
  });
}

async function answerProbe(exporter: Exporter, { request, gone }: Asked): Promise<HttpResponse> {
  const { means, prober, own, text } = exporter;
  const seconds = budgetSeconds(request.headers, means.settings);
  if (seconds === undefined) {
    return refuse(means, {
      status: 400,
      problem: "the scrape timeout must be a number of seconds",
    });
  }
  const peer = probedPeer(request.query, means.settings);
  if ("problem" in peer) return refuse(means, peer);
  const signal = AbortSignal.any([gone, means.signal]);
  const report = await prober.probe(peer, { seconds, signal });
  own.probed(report);
  if (report === undefined) return refuse(means, { status: 503, problem: whyNone(means, gone) });
  means.notice({ type: "probed", target: peer.name, report });
  const body = text.renderProbe(report, means.reportSettings);
  return { status: 200, type: text.EXPOSITION_TYPE, body };
}

/** Why a probe has no result. */
function whyNone({ signal }: ExporterMeans, gone: AbortSignal): string {
  if (signal.aborted) return "the exporter is about to end";
  return gone.aborted ? "the client has gone" : "there was no time for this probe";
}

function refuse(
  { notice }: ExporterMeans,
  { status, problem }: { readonly status: number; readonly problem: string },
): HttpResponse {
  notice({ type: "refused", status, reason: problem });
  return textResponse(status, problem);
}

function metrics({ text }: Exporter, families: readonly MetricFamily[]): HttpResponse {
  return { status: 200, type: text.EXPOSITION_TYPE, body: text.exposition(families) };
}
