/** Writes `docs/diagnosis.md` from the table of situations: `deno run --allow-write tools/make_diagnosis.ts`. */

import {
  CALLER_SITUATIONS,
  type CallerSituation,
  type Situation,
  SITUATIONS,
} from "../src/diagnosis/mod.ts";
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
here, in those of a list (\`--peers\`) its columns \`called\` and \`calling\`.

- **Stage** (the chapters below) is how far the check got.
- **Fault** is the side on which the failure arose: \`user\` (what was asked for), \`network\` (what
  lies between, or what cannot be told from it), \`peer\`, \`program\` (this program or its machine).
- **Exit** is the exit code by default and with \`--exit-codes detailed\` (see
  [exit-codes.md](exit-codes.md)); several where it depends. By default it is 1 in place of 70 or 71
  where the association could not be ended properly after the failure.
- Words in capitals mean what belongs to the check or was sent: \`CALLED\` and \`CALLING\` are the AE
  titles, \`LIMIT\` is a time. What the peer sent is printed with its control characters escaped.

This page is made from \`src/diagnosis/\` by \`tools/make_diagnosis.ts\`. The names are stable.
`;

const ASKING = `## Asking further

What the hints leave open \`--diagnose\` asks the peer itself: it checks as asked, and where that
fails at most 8 times more, one after another with a pause in between, each for at most 15 s and no
step of it for more than 5. Which ways it tries follows from what came of those before: plain where
TLS was asked, TLS (with any certificate) where plain was, TLS without our certificate where that is
refused; the AE titles swapped, in capital letters, then the defaults; ports 104, 2762 and 11112
where nothing of DICOM is on the port that was given. It ends with the first that works.

\`\`\`
$ echoscu --diagnose -aet ARCHIVE -aec STATION pacs 104
pacs: one check as asked; if it fails, at most 8 more, one after another, each for at most 15 s, as far as the failure leaves it open: TLS or plain, with our certificate or without, other AE titles, ports 104, 2762 and 11112
  port 104, plain, calling "ARCHIVE", called "STATION": the peer does not go by the called AE title
  port 104, plain, calling "STATION", called "ARCHIVE": verified
verdict: the peer answers as "ARCHIVE", called by "STATION" (the titles are swapped)
command: echoscu -aet STATION -aec ARCHIVE pacs 104
ask the peer's administrator: by which AE title does it go ("ARCHIVE" works), and under which does it know this machine ("STATION" works)
\`\`\`

The exit code is that of the check as asked: 0 only where that works. \`--json\` prints the same as an
object, which [diagnose.schema.json](diagnose.schema.json) describes: \`software\` (what the peer
names itself), \`works\` (\`as-asked\`, \`otherwise\` or \`not\`), \`verdict\`, \`command\` (a list of words),
\`ask\`, and \`ways\` with a diagnosis for each that failed. Lines of the log come with \`-v\` and \`-d\`
only. A password of \`+pw\` is not repeated in the command line: it is asked for there.
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
  return [HEAD, ASKING, ...stages.map(chapter), callers()].join("\n");
}

function chapter(stage: Stage): string {
  const rows = SITUATIONS.filter((situation) => situation.stage === stage).map(row);
  return `## \`${stage}\`: ${STAGES[stage] ?? stage}\n\n${rows.join("\n")}`;
}

function callers(): string {
  return `${CALLERS_HEAD}\n${CALLER_SITUATIONS.map(callerRow).join("\n")}`;
}

const CALLERS_HEAD = `## Callers of \`--listen\`

${
  wrapped(
    "What the answering side refuses is explained in the same way: on a terminal or with `--explain` after the " +
      "line about the connection, in a JSON log in the fields `hint`, `fault` and `situation` of that event. Nothing " +
      "is added where nothing went wrong.",
  )
}

${
  wrapped(
    "Two kinds of requests that DCMTK's storescp accepts are refused, since others refuse them as well and it is " +
      "better to learn that from here: a context with an even ID (PS3.8 9.3.2.2), and a requestor that offers to be " +
      "SCP of Verification and not SCU (PS3.7 D.3.3.4). Of items that share an ID each is answered by itself.",
  )
}
`;

function callerRow({ id, fault, title, hint }: CallerSituation): string {
  return `${wrapped(`**\`${id}\`** (fault: ${fault}): ${title}`)}\n\n    hint: ${hint.outline}\n`;
}

function row(situation: Situation): string {
  const { id, fault, title, hint } = situation;
  const codes = `exit ${codesOf(id, "default")}, detailed ${codesOf(id, "detailed")}`;
  const text = wrapped(`**\`${id}\`** (fault: ${fault}; ${codes}): ${title}`);
  return `${text}\n\n    hint: ${hint.outline}\n`;
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
