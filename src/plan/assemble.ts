/** From what the files hold to a plan: defaults and groups are applied, names are compared. */

import { bareHost } from "../common/host.ts";
import {
  checkExpectations,
  checkTls,
  checkUser,
  checkValidity,
  hasWholeTls,
  type Origin,
} from "./conflicts.ts";
import type { Options } from "../options/mod.ts";
import { planModule, planPeer } from "./peer_options.ts";
import { knownNames, type Problems } from "./problem.ts";
import type { PeerEntry, PlanFile, Settings } from "./schema_rows.ts";
import { mergeSettings } from "./settings.ts";
import { nodeAt, placeAt, type SourceNode } from "./source.ts";
import type { Place, Plan } from "./types.ts";

/** A file that was read. */
export interface PlanDocument {
  readonly file: string;
  readonly node: SourceNode;
  /** What the schema made of it; incomplete when there were problems. */
  readonly content: PlanFile;
  /** SHA-256 of its bytes. */
  readonly sha256: string;
}

/** A peer with its places. */
interface PlacedPeer extends Origin {
  readonly entry: PeerEntry;
  /** Where its settings come from, next to itself: group and defaults. */
  readonly inherited: readonly Origin[];
  /** Its own name, or what it is called without one; `undefined` while host or port are missing. */
  readonly name: string | undefined;
  readonly settings: Settings;
}

/** A group with its place. */
interface Group extends Origin {
  readonly settings: Settings;
}

/** Makes the plan of `documents`; `undefined` when there were or are problems. `file` is the first one. */
export function assemble(
  documents: readonly PlanDocument[],
  given: { readonly problems: Problems; readonly options: Options; readonly file: string },
): Plan | undefined {
  const { problems, options, file } = given;
  const groups = groupsOf(documents, problems);
  const defaults = {
    settings: documents.map(({ content }) => content.defaults ?? {}).reduce(mergeSettings, {}),
    origins: documents.toReversed().flatMap(({ node }) => originOf(node, ["defaults"])),
  };
  const written = new Set(documents.flatMap(({ node }) => keysAt(node, "groups")));
  const peers = documents.flatMap((document) =>
    peersOf(document, { groups, written, defaults, problems })
  );
  compareNames(peers, problems);
  const others = [...defaults.origins, ...groups.values()];
  checkTogether({ peers, others }, { problems, options });
  if (peers.length === 0 && problems.count === 0) {
    problems.add({ file, line: 1, column: 1 }, { path: "peers", message: "there is no peer" });
  }
  if (problems.count > 0) return undefined;
  return {
    title: documents.at(-1)?.content.title ?? file,
    ...siteOf(documents),
    sources: documents.map(({ file, sha256 }) => ({ file, sha256 })),
    modules: [
      ["default", {}] as const,
      ...[...groups].map(([name, group]) => [name, group.settings] as const),
    ]
      .map(([name, settings]) => ({ name, settings: mergeSettings(defaults.settings, settings) }))
      // A group that only its peers complete says nothing by itself.
      .filter(({ settings }) => hasWholeTls(settings, options))
      .map(({ name, settings }) => planModule(name, { settings, options })),
    peers: peers.map(({ entry, name = "", settings }) =>
      planPeer(entry, { name, settings, options })
    ),
  };
}

/** The site that the last file names that names one: includes come first. */
function siteOf(documents: readonly PlanDocument[]): Pick<Plan, "site"> {
  const site = documents.findLast(({ content }) => content.site !== undefined)?.content.site;
  return site === undefined ? {} : { site };
}

/** What does not go together in a peer, or in the settings of several. */
function checkTogether(
  { peers, others }: { readonly peers: readonly PlacedPeer[]; readonly others: readonly Origin[] },
  about: { readonly problems: Problems; readonly options: Options },
): void {
  const { problems } = about;
  for (const origin of others) checkExpectations(origin, { problems });
  for (const origin of [...others, ...peers]) checkUser(origin, { problems });
  for (const peer of peers) {
    checkTls(peer, about);
    checkValidity(peer, about);
    checkExpectations(peer, { problems, expect: peer.settings.expect });
  }
}

function groupsOf(
  documents: readonly PlanDocument[],
  problems: Problems,
): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>();
  for (const { content, node } of documents) {
    for (const [name, settings] of content.groups ?? []) {
      const [origin = { node, path: "groups" }] = originOf(node, ["groups", name]);
      const other = groups.get(name);
      if (other === undefined) groups.set(name, { settings, ...origin });
      else {
        const message = `the group is there twice: also at ${shown(other.node.place)}`;
        problems.add(origin.node.place, { path: origin.path, message });
      }
    }
  }
  return groups;
}

/** The settings at `keys` of a file, if they are there. */
function originOf(node: SourceNode, keys: readonly string[]): readonly Origin[] {
  const found = nodeAt(node, keys);
  return found === undefined ? [] : [{ node: found, path: keys.join(".") }];
}

function peersOf(
  { content, node }: PlanDocument,
  given: {
    readonly groups: ReadonlyMap<string, Group>;
    /** Names of all groups, also of those whose settings could not be read. */
    readonly written: ReadonlySet<string>;
    readonly defaults: { readonly settings: Settings; readonly origins: readonly Origin[] };
    readonly problems: Problems;
  },
): readonly PlacedPeer[] {
  const { groups, written, defaults, problems } = given;
  const list = nodeAt(node, ["peers"]);
  const items = list?.kind === "list" ? [...list.items.entries()] : [];
  // What is not a mapping was left out when the list was read.
  const nodes = items.filter(([, item]) => item.kind === "mapping");
  return (content.peers ?? []).map((entry, at) => {
    const [index, peerNode] = nodes[at] ?? [at, node];
    const path = `peers[${index}]`;
    const group = entry.group === undefined ? undefined : groups.get(entry.group);
    if (entry.group !== undefined && !written.has(entry.group)) {
      const known = knownNames(entry.group, [...groups.keys()]);
      const message = `there is no group ${entry.group} ${known}`;
      problems.add(placeAt(peerNode, ["group"]), { path: `${path}.group`, message });
    }
    return {
      entry,
      node: peerNode,
      path,
      inherited: group === undefined ? defaults.origins : [group, ...defaults.origins],
      name: isWritten(peerNode, "name") ? entry.name : nameOf(entry),
      settings: [group?.settings ?? {}, entry].reduce(mergeSettings, defaults.settings),
    };
  });
}

function keysAt(node: SourceNode, key: string): readonly string[] {
  const found = nodeAt(node, [key]);
  return found?.kind === "mapping" ? found.entries.map((entry) => entry.key) : [];
}

function isWritten(node: SourceNode, key: string): boolean {
  return nodeAt(node, [key]) !== undefined;
}

/** `HOST:PORT` for a peer without a name, with `CALLED@` before it where the peer says its title. */
function nameOf({ host, port, called }: Partial<PeerEntry>): string | undefined {
  if (host === undefined || port === undefined) return undefined;
  const bare = bareHost(host);
  const address = bare.includes(":") ? `[${bare}]:${port}` : `${bare}:${port}`;
  return called === undefined ? address : `${called.trim()}@${address}`;
}

function compareNames(peers: readonly PlacedPeer[], problems: Problems): void {
  const seen = new Map<string, PlacedPeer>();
  for (const peer of peers) {
    const { name, node, path, entry } = peer;
    if (name === undefined) continue;
    const other = seen.get(name);
    if (other === undefined) {
      seen.set(name, peer);
      continue;
    }
    const place = shown(placeAt(other.node, ["name"]));
    const advice = entry.name === undefined ? "; leave it out, or give it a name of its own" : "";
    const message = `the peer at ${place} is called ${name} too${advice}`;
    problems.add(placeAt(node, ["name"]), { path: `${path}.name`, message });
  }
}

function shown({ file, line }: Place): string {
  return `${file}:${line}`;
}
