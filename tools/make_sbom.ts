/**
 * Prints what an executable consists of, as SPDX 2.3 in JSON: the program, the runtime, and the packages that `main.ts`
 * reaches. Needs `--allow-all`: it asks Deno for the module graph and Git for commit and time.
 */

import config from "../deno.json" with { type: "json" };
import lockText from "../deno.lock" with { type: "text" };
import { outputOf } from "./ship/commands.ts";
import { findOrigin, type Origin } from "./ship/stage.ts";

/** A package of the npm registry that is compiled in. */
export interface Component {
  /** Name in the registry. */
  readonly name: string;
  /** Exact version. */
  readonly version: string;
  /** SHA-512 of its archive as the lock file has it, in Base64; `undefined` when it has none. */
  readonly sha512?: string;
}

/** The part of `deno info --json` that is read here. */
export interface ModuleGraph {
  /** Everything imported, one by one. */
  readonly modules: readonly { readonly npmPackage?: string }[];
  /** Every package of the lock file. */
  readonly npmPackages: Readonly<
    Record<
      string,
      { readonly name: string; readonly version: string; readonly dependencies: readonly string[] }
    >
  >;
}

/** The packages that the graph reaches, with those that they depend on, sorted. */
export function componentsOf(
  { modules, npmPackages }: ModuleGraph,
  integrity: Readonly<Record<string, { readonly integrity?: string }>>,
): readonly Component[] {
  const reached = new Set<string>();
  const waiting = modules.flatMap(({ npmPackage }) => npmPackage === undefined ? [] : [npmPackage]);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    waiting.push(...npmPackages[id]?.dependencies ?? []);
  }
  return [...reached].sort().map((id) => {
    const found = npmPackages[id];
    if (found === undefined) throw new Error(`${id} is imported but not in the lock file`);
    const sha512 = /^sha512-(.+)$/.exec(integrity[id]?.integrity ?? "")?.[1];
    const { name, version } = found;
    return sha512 === undefined ? { name, version } : { name, version, sha512 };
  });
}

/** The document. */
export function spdxDocument(components: readonly Component[], { commit, epochSeconds }: Origin) {
  const { version, license } = config;
  const program = element("echoscu", { version, license });
  const runtime = {
    ...element("deno", { version: Deno.version.deno, license: "MIT" }),
    ...packageUrl(`pkg:github/denoland/deno@v${Deno.version.deno}`),
  };
  const packages = components.map((component) => ({
    ...element(component.name, { version: component.version }),
    ...packageUrl(`pkg:npm/${component.name.replace("@", "%40")}@${component.version}`),
    ...(component.sha512 === undefined ? {} : {
      checksums: [{
        algorithm: "SHA512",
        checksumValue: Uint8Array.fromBase64(component.sha512).toHex(),
      }],
    }),
  }));
  const parts = [runtime, ...packages];
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: "SPDXRef-DOCUMENT",
    name: `echoscu-${version}`,
    documentNamespace: `https://spdx.org/spdxdocs/echoscu-${version}-${commit ?? "unknown"}`,
    creationInfo: {
      created: new Date(epochSeconds * 1000).toISOString().replace(".000Z", "Z"),
      creators: ["Tool: echoscu-make_sbom"],
    },
    packages: [program, ...parts],
    relationships: [
      relation("SPDXRef-DOCUMENT", { type: "DESCRIBES", to: program.SPDXID }),
      ...parts.map(({ SPDXID }) => relation(program.SPDXID, { type: "CONTAINS", to: SPDXID })),
    ],
  };
}

function element(name: string, { version, license }: { version: string; license?: string }) {
  return {
    SPDXID: `SPDXRef-${`${name}-${version}`.replaceAll(/[^A-Za-z0-9.-]/g, "-")}`,
    name,
    versionInfo: version,
    downloadLocation: "NOASSERTION",
    filesAnalyzed: false,
    licenseConcluded: license ?? "NOASSERTION",
    licenseDeclared: license ?? "NOASSERTION",
    copyrightText: "NOASSERTION",
  };
}

/** What scanners look a part up by. */
function packageUrl(referenceLocator: string) {
  const reference = { referenceCategory: "PACKAGE-MANAGER", referenceType: "purl" };
  return { externalRefs: [{ ...reference, referenceLocator }] };
}

function relation(from: string, { type, to }: { type: string; to: string }) {
  return { spdxElementId: from, relationshipType: type, relatedSpdxElement: to };
}

async function main(): Promise<void> {
  const cwd = decodeURIComponent(new URL("../", import.meta.url).pathname)
    .replace(/^\/([A-Z]:)/, "$1").replace(/\/$/, "");
  const graph = await outputOf(Deno.execPath(), { args: ["info", "--json", "main.ts"], cwd });
  const components = componentsOf(JSON.parse(graph), JSON.parse(lockText).npm);
  console.log(JSON.stringify(spdxDocument(components, await findOrigin(cwd, {})), undefined, 2));
}

if (import.meta.main) await main();
