/**
 * Prints what an executable consists of, as SPDX 2.3 in JSON: the program, the runtime, and the packages that `main.ts`
 * reaches. Needs `--allow-all`: it asks Deno for the module graph and Git for commit and time.
 */

import config from "../deno.json" with { type: "json" };
import { type Component, embeddedComponents, TOP } from "./ship/components.ts";
import { findOrigin, type Origin } from "./ship/stage.ts";

/** The document. */
export function spdxDocument(components: readonly Component[], { commit, epochSeconds }: Origin) {
  const { version, license } = config;
  const program = element("echoscu", { version, license });
  const runtime = {
    ...element("deno", { version: Deno.version.deno, license: "MIT" }),
    ...packageUrl(`pkg:github/denoland/deno@v${Deno.version.deno}`),
  };
  const packages = components.map((component) => ({
    ...element(component.name, component),
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

function element(
  name: string,
  { version, license }: { readonly version: string; readonly license?: string },
) {
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
  const document = spdxDocument(await embeddedComponents(), await findOrigin(TOP, {}));
  console.log(JSON.stringify(document, undefined, 2));
}

if (import.meta.main) await main();
