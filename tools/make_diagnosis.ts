/** Writes `docs/diagnosis.md` from the table of situations: `deno run --allow-write tools/make_diagnosis.ts`. */

import { PLACEHOLDERS, type Situation, SITUATIONS } from "../src/diagnosis/mod.ts";
import type { Stage } from "../src/errors.ts";
import { exitCodeOf, type ExitCodes } from "../src/report/mod.ts";
import { EXAMPLES, troubledCheck } from "./diagnosis_examples.ts";

/** The page in the repository. */
export const DIAGNOSIS_PAGE = new URL("../docs/diagnosis.md", import.meta.url);

const HEAD = `# Diagnosis

When a check fails, the lines of DCMTK's echoscu say that it failed; this page says what that means
and what to try. On a terminal the hint follows as \`hint: ...\` on standard error, broken at the end
of a word (not with \`-q\`); \`--explain\` brings it anywhere, in one line, and adds stage, fault and
the name of the situation:

\`\`\`
$ echoscu --explain -aec WRONG pacs 104
F: Association Rejected:
F: Result: Rejected Permanent, Source: Service User
F: Reason: Called AE Title Not Recognized
hint: the called AE title sent was "WRONG": change -aec (letter case counts), or have the peer's administrator add it; some peers mean the calling title, "ECHOSCU"
stage: associate, fault: peer, situation: called-title-unknown
\`\`\`

Otherwise nothing is added, so that captured output stays what scripts know.

In the reports of a plan hints name its settings (\`called\`, \`timeouts.acse\`) where they name options
here.

- **Stage** (the chapters below) is how far the check got.
- **Fault** is the side on which the failure arose: \`user\` (what was asked for), \`network\` (what
  lies between, or what cannot be told from it), \`peer\`, \`program\` (this program or its machine).
- **Exit** is the exit code by default and with \`--exit-codes detailed\` (see
  [exit-codes.md](exit-codes.md)); several where it depends. By default it is 1 in place of 70 or 71
  where the association could not be ended properly after the failure.
- Words in capitals stand for what belongs to the check or was sent: \`CALLED\` and \`CALLING\` are the
  AE titles, \`LIMIT\` is a time. What the peer sent is printed with its control characters escaped.

This page is made from \`src/diagnosis/\` by \`tools/make_diagnosis.ts\`. The names are stable.
`;

const LINE_WIDTH = 100;

const STAGES: Readonly<Record<string, string>> = {
  resolve: "finding the peer's address",
  connect: "connecting",
  associate: "requesting the association",
  echo: "the echo",
  release: "the release, after all echoes: the peer is verified all the same",
  abort: "the abort of `--abort`, after all echoes: the peer is verified all the same",
};

/** The page as it should be. */
export function diagnosisPage(): string {
  const stages = [...new Set(SITUATIONS.map(({ stage }) => stage))];
  return [HEAD, ...stages.map(chapter)].join("\n");
}

function chapter(stage: Stage): string {
  const rows = SITUATIONS.filter((situation) => situation.stage === stage).map(row);
  return `## \`${stage}\`: ${STAGES[stage] ?? stage}\n\n${rows.join("\n")}`;
}

function row(situation: Situation): string {
  const { id, fault, title, hint } = situation;
  const codes = `exit ${codesOf(id, "default")}, detailed ${codesOf(id, "detailed")}`;
  const text = wrapped(`**\`${id}\`** (fault: ${fault}; ${codes}): ${title}`);
  return `${text}\n\n    hint: ${hint(PLACEHOLDERS)}\n`;
}

/** Breaks lines where the formatter does. */
function wrapped(text: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && line.length + 1 + word.length > LINE_WIDTH) {
      lines.push(line);
      line = "";
    }
    line += line === "" ? word : ` ${word}`;
  }
  return [...lines, line].join("\n");
}

function codesOf(id: string, codes: ExitCodes): string {
  const results = (EXAMPLES[id] ?? []).map(troubledCheck);
  return [...new Set(results.map((result) => exitCodeOf(result, codes)))].join(" or ");
}

if (import.meta.main) await Deno.writeTextFile(DIAGNOSIS_PAGE, diagnosisPage());
