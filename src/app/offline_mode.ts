/**
 * What is asked without any connection: certificate files (`--verify-cert`, `--is-root-cert`), lists of what TLS speaks,
 * and what codes and lines of logs mean (`--explain-code`).
 */

import type { Explanation, PossibleSituation } from "../codes/mod.ts";
import { escapeControls, jsonText } from "../common/visible.ts";
import { LOGGERS } from "../log/mod.ts";
import {
  type CommandLine,
  type ExplainCodeMode,
  HEADER,
  type IsRootCertificateMode,
  type VerifyCertificateMode,
} from "../options/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import type { OfflineResult } from "../tls/mod.ts";
import type { ModeContext, World } from "./context.ts";
import { explainOffline } from "./explanation.ts";
import { logMessages } from "./logging.ts";
import { isObstacle, type Outcome } from "./outcome.ts";

/** Checks the file of `mode`; gives what came of it. All that TLS needs is prepared first, as for a check. */
export async function runOfflineMode(
  mode: VerifyCertificateMode | IsRootCertificateMode,
  context: ModeContext,
): Promise<Outcome> {
  const { options, world } = context;
  const { loadTls, makeTlsReady, tlsFileReader } = await import("./tls.ts");
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
      const { code, sentence } = tls.explainRefusal(verdict, { ...settings, side: "file" });
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
  const { SPOKEN, SUITES } = await import("../tls/mod.ts");
  return SUITES.map(({ name, code }) => ({ line: `  ${name}`, isSpoken: SPOKEN.includes(code) }));
}

async function profiles(): Promise<readonly Listed[]> {
  const { isSpoken, PROFILES } = await import("../tls/mod.ts");
  return PROFILES.map((row) => {
    const remark = row.option === "bcp195-nd" ? " (default)" : row.isRetired ? " (retired)" : "";
    return { line: `- ${row.name}${remark}`, isSpoken: isSpoken(row) };
  });
}

/** So many situations are shown with their hints; of more only what they mean. */
const MOST_HINTS = 3;

/** Explains the words of `mode`, or standard input for `-`. */
export async function runExplainCode(
  mode: ExplainCodeMode,
  { options, world }: ModeContext,
): Promise<Outcome> {
  const { explainText, LONGEST_TEXT } = await import("../codes/mod.ts");
  const say = (stream: "writeOut" | "writeErr", text: string) =>
    void world[stream](new TextEncoder().encode(text));
  const isInput = mode.words.length === 1 && mode.words[0] === "-";
  const content = isInput ? await world.readInput() : undefined;
  if (content !== undefined && "error" in content) {
    say("writeErr", `error: standard input ${FILE_FAULTS[content.error]}\n`);
    return { kind: "cannot-begin", obstacle: "input" };
  }
  const text = content === undefined ? mode.words.join(" ") : new TextDecoder().decode(content);
  const found = text.length > LONGEST_TEXT ? [] : explainText(text);
  if (options.reports.length > 0) {
    say("writeOut", `${jsonText({ text, explanations: found }, 2)}\n`);
  } else if (found.length > 0) {
    say("writeOut", found.map(paragraphOf).join("\n"));
  }
  if (found.length > 0) return { kind: "done" };
  const tooLong = `nothing is explained: the text has more than ${LONGEST_TEXT} characters`;
  say("writeErr", `error: ${text.length > LONGEST_TEXT ? tooLong : UNKNOWN}\n`);
  return { kind: "not-explained" };
}

const UNKNOWN =
  "nothing in this is known: give a code (rj 1/1/7, abort 2/1, status 0122, tls 46, exit 62, " +
  "0006:0317), the name of a situation, or a line of the log of DCMTK or of echoscu";

/** The lines about one code. */
function paragraphOf({ code, meaning, saidBy, situations }: Explanation): string {
  const lines = [`${code}: ${meaning}`, `said by: ${saidBy}`, ...linesOf(situations)];
  return lines.map((line) => `${escapeControls(line)}\n`).join("");
}

function linesOf(situations: readonly PossibleSituation[]): readonly string[] {
  if (situations.length <= MOST_HINTS) {
    return situations.flatMap(({ stage, fault, situation, hint }) => [
      `stage: ${stage}, fault: ${fault}, situation: ${situation}`,
      `hint: ${hint}`,
    ]);
  }
  return [
    `one of ${situations.length} situations; a check with --explain says which:`,
    ...situations.map(({ stage, situation, title }) => `  ${stage}: ${title} (${situation})`),
    "hint: give the name of one of them for what to try",
  ];
}
