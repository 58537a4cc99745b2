/** Checks certificate files without any connection: `--verify-cert` and `--is-root-cert`. */

import type { IsRootCertificateMode, VerifyCertificateMode } from "../options/mod.ts";
import { LOGGERS } from "../log/mod.ts";
import type { OfflineResult } from "../tls/mod.ts";
import type { ModeContext } from "./context.ts";
import { logMessages } from "./logging.ts";
import { type Outcome, WITHOUT_TLS } from "./outcome.ts";
import { loadTls, prepareTlsMeans, tlsFileReader } from "./tls.ts";

/** Checks the file of `mode`; gives what came of it. All that TLS needs is prepared first, as for a check. */
export async function runOfflineMode(
  mode: VerifyCertificateMode | IsRootCertificateMode,
  context: ModeContext,
): Promise<Outcome> {
  const { options, world } = context;
  const wanted = options.tls.mode === "off" ? undefined : options.tls;
  const prepared = wanted && await prepareTlsMeans(wanted, { ...context, side: "client" });
  if (wanted !== undefined && prepared === undefined) return WITHOUT_TLS;
  const { checkCertificateFile, checkRootFile, crlCheckOf } = await loadTls();
  const settings = {
    reader: await tlsFileReader(undefined, { ...context, more: [mode.path] }),
    format: wanted?.fileFormat ?? "pem",
    nowMs: world.wallTime(),
  };
  return tell(
    mode.kind === "is-root-cert" ? checkRootFile(mode.path, settings) : checkCertificateFile(
      mode.path,
      {
        ...settings,
        store: prepared?.store,
        crlCheck: wanted === undefined ? "none" : crlCheckOf(wanted),
      },
    ),
    context,
  );
}

function tell({ exitCode, output, errorLine }: OfflineResult, context: ModeContext): Outcome {
  if (errorLine !== undefined) {
    const message = { logger: LOGGERS.tls, level: "error", text: () => errorLine } as const;
    logMessages(context, [message]);
  }
  context.world.writeOut(new TextEncoder().encode(`${output}\n`));
  return { kind: exitCode === 0 ? "done" : "certificate-refused" };
}
