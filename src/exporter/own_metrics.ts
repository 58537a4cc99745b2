/** Metrics of the exporter itself. */

import type { MetricFamily } from "../report/mod.ts";
import type { RunReport } from "../runner/mod.ts";
import type { Prober } from "./prober.ts";

/** Counts what happens. */
export class OwnMetrics {
  readonly #program: string;
  readonly #startedAt: number;
  readonly #answers = new Map<number, number>();
  readonly #probes = { up: 0, down: 0, none: 0 };
  #probeMs = 0;
  #dropped = 0;

  /** Starts counting for `program` at `startedAt`, in milliseconds since 1970. */
  constructor(program: string, startedAt: number) {
    this.#program = program;
    this.#startedAt = startedAt;
  }

  /** An answer was given. */
  answered(status: number): void {
    this.#answers.set(status, (this.#answers.get(status) ?? 0) + 1);
  }

  /** A connection was closed unanswered. */
  dropped(): void {
    this.#dropped += 1;
  }

  /** A probe ended; `undefined`: without a result. */
  probed(report: RunReport | undefined): void {
    const outcome = report?.entries[0]?.result?.outcome;
    this.#probes[outcome === undefined ? "none" : outcome === "verified" ? "up" : "down"] += 1;
    this.#probeMs += report?.elapsedMs ?? 0;
  }

  /** Everything counted, in the order of the page. */
  families(prober: Prober): readonly MetricFamily[] {
    return [...this.#gauges(prober), ...this.#counters()];
  }

  #gauges(prober: Prober): readonly MetricFamily[] {
    return [
      {
        name: "echoscu_exporter_info",
        help: "The program that answers.",
        type: "gauge",
        samples: [{ labels: { program: this.#program }, value: 1 }],
      },
      {
        // By the name that every exporter has it.
        name: "process_start_time_seconds",
        help: "When the exporter began, in seconds since 1970.",
        type: "gauge",
        samples: one(this.#startedAt / 1000),
      },
      {
        name: "echoscu_exporter_probes_running",
        help: "Probes that run.",
        type: "gauge",
        samples: one(prober.running),
      },
      {
        name: "echoscu_exporter_probes_waiting",
        help: "Probes that wait until others end.",
        type: "gauge",
        samples: one(prober.waiting),
      },
    ];
  }

  #counters(): readonly MetricFamily[] {
    return [
      {
        name: "echoscu_exporter_probes_total",
        help: "Probes by outcome; none: no time was left, or the client went away.",
        type: "counter",
        samples: Object.entries(this.#probes).map(([outcome, value]) => ({
          labels: { outcome },
          value,
        })),
      },
      {
        name: "echoscu_exporter_probe_seconds_total",
        help: "Time spent in all probes.",
        type: "counter",
        samples: one(this.#probeMs / 1000),
      },
      {
        name: "echoscu_exporter_answers_total",
        help: "HTTP answers by status code.",
        type: "counter",
        samples: [...this.#answers].sort(([left], [right]) => left - right)
          .map(([status, value]) => ({ labels: { code: `${status}` }, value })),
      },
      {
        name: "echoscu_exporter_connections_dropped_total",
        help: "Connections closed without an answer because there were too many.",
        type: "counter",
        samples: one(this.#dropped),
      },
    ];
  }
}

function one(value: number): MetricFamily["samples"] {
  return [{ labels: {}, value }];
}
