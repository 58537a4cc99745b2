/** What is asked of TLS without any connection: certificate files (`--verify-cert`, `--is-root-cert`) and lists. */

import { LOGGERS } from "../log/mod.ts";
import { HEADER, type IsRootCertificateMode, type VerifyCertificateMode } from "../options/mod.ts";
import type { OfflineResult } from "../tls/mod.ts";
import type { ModeContext, World } from "./context.ts";
import { explainOffline } from "./explanation.ts";
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
  const tls = await loadTls();
  const { checkCertificateFile, checkRootFile, crlCheckOf } = tls;
  const settings = {
    reader: await tlsFileReader(undefined, { ...context, more: [mode.path] }),
    format: wanted?.fileFormat ?? "pem",
    nowMs: world.wallTime(),
  };
  const result = mode.kind === "is-root-cert"
    ? checkRootFile(mode.path, settings)
    : checkCertificateFile(mode.path, {
      ...settings,
      store: prepared?.store,
      crlCheck: wanted === undefined ? "none" : crlCheckOf(wanted),
    });
  const outcome = tell(result, context);
  if (result.exitCode === 0) return outcome;
  await explainOffline(mode.kind, {
    context,
    find: () => {
      const { verdict } = result;
      const isUntrusting = mode.kind === "verify-cert" && prepared === undefined;
      if (isUntrusting) return { kind: "no-trust" };
      if (verdict === undefined || verdict.ok) {
        return { kind: "file", trouble: tls.troubleOf(mode.path, settings) };
      }
      const { nowMs } = settings;
      const { code, sentence } = tls.explainRefusal(verdict, { nowMs, side: "file" });
      return { kind: "refused", code, sentence, unloaded: prepared?.unloaded ?? [] };
    },
  });
  return outcome;
}

function tell({ exitCode, output, errorLine }: OfflineResult, context: ModeContext): Outcome {
  if (errorLine !== undefined) {
    const message = { logger: LOGGERS.tls, level: "error", text: () => errorLine } as const;
    logMessages(context, [message]);
  }
  context.world.writeOut(new TextEncoder().encode(`${output}\n`));
  return { kind: exitCode === 0 ? "done" : "certificate-refused" };
}

/** Prints the cipher suites, or the profiles, as the reference does. */
export async function printTlsList(
  what: "list-ciphers" | "list-profiles",
  world: World,
): Promise<void> {
  const { PROFILES, SUITES } = await loadTls();
  const host = `${HEADER}\nHost type: ${world.target}\nCharacter encoding: UTF-8\n`;
  const suites = SUITES.map(({ name }) => `  ${name}\n`);
  const profiles = PROFILES.map(({ option, name, isRetired }) =>
    `- ${name}${option === "bcp195-nd" ? " (default)" : isRetired ? " (retired)" : ""}\n`
  );
  const text = what === "list-ciphers"
    ? `${host}\nSupported TLS ciphersuites are:\n${suites.join("")}`
    : `${host}Cryptographic algorithms implemented by: Deno ${world.runtimeVersion}\n\n` +
      `Supported TLS Secure Transport Connection Profiles are:\n${profiles.join("")}`;
  world.writeOut(new TextEncoder().encode(text));
}
