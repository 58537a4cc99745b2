/** What a scan holds certificates against. */

import type { TlsRefusal } from "../tls/mod.ts";
import type { ChainFinding } from "../tls_scan/mod.ts";
import { loadTls, type ReadyTls } from "./tls.ts";

/** Holds a chain against what the options trust. */
export async function trustBy(
  { settings }: ReadyTls,
  host: string,
): Promise<(chain: readonly Uint8Array[]) => ChainFinding["trust"]> {
  const { suiteByCode, versionName } = await loadTls();
  // Only the certificate shall decide: version and suite are those of the profile.
  const { versions: [version = 0], suites: [suite = 0] } = settings.offer;
  const allowed = {
    protocol: versionName(version),
    cipherSuite: suiteByCode(suite)?.logName ?? "",
  };
  return (chain) => {
    const { refusal, facts } = settings.judge({
      engine: "own",
      ...allowed,
      chain,
      host,
    });
    if (refusal === undefined) {
      return facts.trust === "trusted" ? { isTrusted: true, why: undefined } : undefined;
    }
    return { isTrusted: false, why: whyOf(refusal) };
  };
}

function whyOf(refusal: TlsRefusal): string {
  switch (refusal.kind) {
    case "certificate":
      return refusal.sentence;
    case "host-name":
      return `it is not for ${refusal.wanted}`;
    case "trust-file":
      return `${refusal.path} cannot be read`;
    default:
      return "it cannot be read";
  }
}
