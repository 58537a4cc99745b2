/** What TLS adds to the check of one peer: the handshake, its lines, its report, the seed that is written at the end. */

import type { CheckResult, CheckTrace, Secure } from "../check/mod.ts";
import { loadTlsLines } from "../log/mod.ts";
import type { Options } from "../options/mod.ts";
import { loadTlsReport } from "../report/mod.ts";
import { logMessage, type LogTo, logTrace } from "./logging.ts";
import { prepareTlsMeans, secureBy } from "./tls.ts";

/** Checks over TLS. */
export interface SecuredChecks {
  /** Puts TLS over a connection. */
  readonly secure: Secure;
  /** Logs the events of a check, those of TLS too. */
  readonly trace: CheckTrace;
  /** What is left to do after a check. */
  readonly finish: (result: CheckResult) => Promise<void>;
}

/** Prepares checks over TLS; `impossible` when that cannot be, which has been said then. */
export async function secureChecks(
  means: LogTo & { readonly options: Options },
): Promise<SecuredChecks | "impossible"> {
  const { options, world } = means;
  if (options.tls.mode === "off") return "impossible";
  const { writeSeedFile } = options.tls;
  const prepared = await prepareTlsMeans(options.tls, { ...means, side: "client" });
  if (prepared === undefined) return "impossible";
  const { tlsMessagesOf } = await loadTlsLines();
  return {
    secure: secureBy(prepared),
    trace: await logTrace(means, tlsMessagesOf),
    async finish(result) {
      await reportTls(result, means);
      if (result.association === undefined || writeSeedFile === undefined) return;
      world.writeSecret(writeSeedFile, crypto.getRandomValues(new Uint8Array(SEED_LENGTH)));
    },
  };
}

async function reportTls(
  result: CheckResult,
  means: LogTo & { readonly options: Options },
): Promise<void> {
  const { tlsReport, expiryWarnDays } = means.options;
  if (tlsReport === undefined && expiryWarnDays === undefined) return;
  const { expiryWarnings, tlsReportLines } = await loadTlsReport();
  const warnings = expiryWarnDays === undefined ? [] : expiryWarnings(result, expiryWarnDays);
  for (const text of warnings) logMessage(means, { level: "warn", text });
  if (tlsReport === undefined) return;
  const lines = tlsReportLines(result).map((line) => `${line}\n`);
  means.world.writeOut(new TextEncoder().encode(lines.join("")));
}

/** As long as the reference's. Nothing reads it here: randomness always comes from the system. */
const SEED_LENGTH = 1024;
