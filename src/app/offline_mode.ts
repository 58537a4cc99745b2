/** What is asked of TLS without any connection: certificate files (`--verify-cert`, `--is-root-cert`) and lists. */

import { LOGGERS } from "../log/mod.ts";
import {
  type CommandLine,
  HEADER,
  type IsRootCertificateMode,
  type VerifyCertificateMode,
} from "../options/mod.ts";
import type { OfflineResult } from "../tls/mod.ts";
import type { ModeContext, World } from "./context.ts";
import { explainOffline } from "./explanation.ts";
import { logMessages } from "./logging.ts";
import { isObstacle, type Outcome } from "./outcome.ts";
import { loadTls, makeTlsReady, tlsFileReader } from "./tls.ts";

/** Checks the file of `mode`; gives what came of it. All that TLS needs is prepared first, as for a check. */
export async function runOfflineMode(
  mode: VerifyCertificateMode | IsRootCertificateMode,
  context: ModeContext,
): Promise<Outcome> {
  const { options, world } = context;
  const wanted = options.tls.mode === "off" ? undefined : options.tls;
  const prepared = wanted && await makeTlsReady(wanted, { ...context, side: "client" });
  if (prepared !== undefined && isObstacle(prepared)) return prepared;
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
  if (result.isAccepted) return outcome;
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

function tell({ isAccepted, output, errorLine }: OfflineResult, context: ModeContext): Outcome {
  if (errorLine !== undefined) {
    const message = { logger: LOGGERS.tls, level: "error", text: () => errorLine } as const;
    logMessages(context, [message]);
  }
  context.world.writeOut(new TextEncoder().encode(`${output}\n`));
  return { kind: isAccepted ? "done" : "certificate-refused" };
}

/** What is to be listed. */
type ListRequest = Extract<CommandLine, { kind: "list-ciphers" | "list-profiles" }>;

/** A line of a list, and whether the runtime's TLS can speak it. */
interface Listed {
  readonly line: string;
  readonly isSpoken: boolean;
}

/**
 * Prints the cipher suites, or the profiles, as the reference does.
 *
 * On a terminal, or when asked to explain, standard error says which engine speaks them.
 */
export async function printTlsList(
  { kind, explain }: ListRequest,
  world: Pick<
    World,
    "target" | "runtimeVersion" | "writeOut" | "writeErr" | "stderrIsTerminal"
  >,
): Promise<void> {
  const host = `${HEADER}\nHost type: ${world.target}\nCharacter encoding: UTF-8\n`;
  const list = kind === "list-ciphers" ? await suites() : await profiles();
  const heading = kind === "list-ciphers"
    ? `${host}\nSupported TLS ciphersuites are:\n`
    : `${host}Cryptographic algorithms implemented by: Deno ${world.runtimeVersion}\n\n` +
      "Supported TLS Secure Transport Connection Profiles are:\n";
  const encoder = new TextEncoder();
  world.writeOut(encoder.encode(heading + textOf(list)));
  if (!explain && !world.stderrIsTerminal) return;
  world.writeErr(encoder.encode(
    "\nThe runtime's TLS speaks these, and our own engine where that fails:\n" +
      textOf(list.filter(({ isSpoken }) => isSpoken)) +
      "Our own engine alone speaks the others (--tls-engine).\n",
  ));
}

function textOf(list: readonly Listed[]): string {
  return list.map(({ line }) => `${line}\n`).join("");
}

async function suites(): Promise<readonly Listed[]> {
  const { SPOKEN, SUITES } = await loadTls();
  return SUITES.map(({ name, code }) => ({ line: `  ${name}`, isSpoken: SPOKEN.includes(code) }));
}

async function profiles(): Promise<readonly Listed[]> {
  const { isSpoken, PROFILES } = await loadTls();
  return PROFILES.map((row) => {
    const remark = row.option === "bcp195-nd" ? " (default)" : row.isRetired ? " (retired)" : "";
    return { line: `- ${row.name}${remark}`, isSpoken: isSpoken(row) };
  });
}
