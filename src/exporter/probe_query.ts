/** What a client asks to have probed. */

import { hasLeadingZeros, NO_LEADING_ZEROS } from "../common/ipv4.ts";
import type { PlanPeer } from "../plan/types.ts";
import type { Endpoint } from "../transport/types.ts";
import { isAllowed, isSameTarget, parseTarget } from "./target.ts";
import type { ExporterPlan, ExporterSettings } from "./types.ts";

/** Why a probe is not made. */
export interface ProbeRefusal {
  /** Status code of the answer. */
  readonly status: 400 | 403;
  /** One sentence. */
  readonly problem: string;
}

/** The peers, and what else may be probed. */
export type ProbeSettings =
  & Pick<ExporterPlan, "peers" | "modules">
  & Pick<ExporterSettings, "allow">;

const PARAMETERS = ["target", "called", "calling", "module"];

/** The peer that `query` means, with all settings applied, or why there is none. */
export function probedPeer(
  query: URLSearchParams,
  settings: ProbeSettings,
): PlanPeer | ProbeRefusal {
  for (const name of query.keys()) {
    if (!PARAMETERS.includes(name)) {
      return refuse(`there is no parameter ${shown(name)}, only ${PARAMETERS.join(", ")}`);
    }
    if (query.getAll(name).length > 1) return refuse(`the parameter ${name} is there twice`);
  }
  const target = query.get("target") ?? "";
  if (target === "") return refuse("the parameter target is missing: /probe?target=HOST:PORT");
  const found = peerAt(target, { settings, module: query.get("module") });
  return "problem" in found ? found : withTitles(found, query);
}

/** A peer of the plan by its name or place; else any allowed target with the settings of the module. */
function peerAt(
  target: string,
  given: { readonly settings: ProbeSettings; readonly module: string | null },
): PlanPeer | ProbeRefusal {
  const { settings: { peers, modules, allow }, module } = given;
  const endpoint = parseTarget(target);
  const peer = peers.find(({ name }) => name === target) ??
    peers.find(({ check }) => endpoint !== undefined && isSameTarget(check.target, endpoint));
  if (peer !== undefined && module === null) return peer;
  if (peer === undefined && endpoint !== undefined && hasLeadingZeros(endpoint.host)) {
    return refuse(`the target ${target}: ${NO_LEADING_ZEROS}`);
  }
  const template = modules.get(module ?? "default");
  if (template === undefined) return refuse(`there is no module ${shown(module ?? "default")}`);
  if (peer !== undefined) return atEndpoint(template, { ...peer.check.target, name: peer.name });
  if (endpoint === undefined) {
    return refuse(
      "the target is neither the name of a known peer nor HOST:PORT, with brackets around IPv6",
    );
  }
  if (!isAllowed(endpoint, allow)) {
    return { status: 403, problem: `the configuration does not allow the target ${target}` };
  }
  return atEndpoint(template, { ...endpoint, name: target });
}

function atEndpoint(
  template: PlanPeer,
  { host, port, name }: Endpoint & { readonly name: string },
): PlanPeer {
  const { check } = template;
  return { ...template, name, check: { ...check, target: { ...check.target, host, port } } };
}

/** AE titles of the query, in the default repertoire of PS3.5 6.2. */
function withTitles(peer: PlanPeer, query: URLSearchParams): PlanPeer | ProbeRefusal {
  const titles = { calledAeTitle: query.get("called"), callingAeTitle: query.get("calling") };
  let { check } = peer;
  for (const [member, title] of Object.entries(titles)) {
    if (title === null) continue;
    if (!/^[\x20-\x5b\x5d-\x7e]{1,16}$/.test(title) || title.trim() === "") {
      return refuse("an AE title has 1 to 16 printable ASCII characters without backslash");
    }
    check = { ...check, [member]: title };
  }
  return { ...peer, check };
}

function refuse(problem: string): ProbeRefusal {
  return { status: 400, problem };
}

/** What a client sent, cut and without anything that is not printable. */
function shown(text: string): string {
  return `"${text.slice(0, 40).replace(/[^\x20-\x7e]/g, "?")}"`;
}
