/** Runs the reference and ours with the same `DCMDICTPATH`, and compares every byte they write. */

import assert from "node:assert/strict";
import { askReference } from "../support/ask_reference.ts";
import { normalise } from "../support/normalise.ts";
import { ourProgram, type Program, referenceProgram, runProgram } from "../support/run_program.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import {
  ACCEPT,
  ascii,
  commandPdu,
  echoResponse,
  element,
  RELEASE_RP,
  UNDEFINED_LENGTH,
} from "../support/wire_bytes.ts";

const reference = await referenceProgram();
const FILES = findFiles();

/** The dictionary files of the reference, on a Debian system. */
function findFiles(): string[] {
  try {
    const folder = [...Deno.readDirSync("/usr/share")]
      .find(({ name }) => /^libdcmtk\d+$/.test(name))?.name;
    return ["dicom.dic", "private.dic"].map((name) => `/usr/share/${folder}/${name}`)
      .filter((file) => Deno.statSync(file).isFile);
  } catch {
    return [];
  }
}

const missing = "missing" in reference
  ? reference.missing
  : FILES.length === 0
  ? "the dictionary files of the reference are not installed"
  : undefined;

const MODALITY = element(0x0008_0060, ascii("CT"));
const SEQUENCE_END = element(0xfffe_e0dd, "");

function openItem(content: string): string {
  return element(0xfffe_e000, content, { length: UNDEFINED_LENGTH }) + element(0xfffe_e00d, "");
}

/** Left-over elements, by what they show. */
const DETAILS: Readonly<Record<string, readonly string[]>> = {
  "an element of another group": [MODALITY],
  "group lengths, which are not shown": [element(0x0008_0000, "04000000"), MODALITY],
  "elements without a value": [
    ...[0x901, 0x902, 0x903, 0x1000, 0x4000, 0x5555].map((number) => element(number, "")),
    ...[[8, 0x16], [8, 0x1140], [0x14, 0x2210], [0x28, 0x1201], [0x72, 0x81], [0x72, 0x82]]
      .map(([group = 0, number = 0]) => element(group * 0x10000 + number, "")),
  ],
  "sequences of undefined length": [
    element(0x0008_1140, openItem(MODALITY) + openItem("") + SEQUENCE_END, {
      length: UNDEFINED_LENGTH,
    }),
    element(0x0009_1140, openItem(MODALITY) + SEQUENCE_END, { length: UNDEFINED_LENGTH }),
  ],
  "sequences of explicit length, nested and empty": [
    element(
      0x0008_1115,
      element(0xfffe_e000, MODALITY + element(0x0008_1140, element(0xfffe_e000, ""))),
    ),
    element(0x0008_1140, ""),
  ],
  "private elements with and without their creator": [
    element(0x0029_0010, ascii("SIEMENS CSA HEADER")),
    element(0x0029_1008, ascii("IMAGE NUM 4 ")),
    element(0x0029_1010, "0102"),
    element(0x0029_2010, "0102"),
    element(0x002b_1010, "0102"),
  ],
  "repeating groups": [
    ...[0x5000, 0x501e, 0x5002].map((group) => element(group * 0x10000 + 5, "0100")),
    ...[0x6000, 0x601e, 0x6001].map((group) => element(group * 0x10000 + 0x10, "3132")),
  ],
  "many values": [
    element(0x0000_0902, ascii("one\\two ")),
    element(0x0000_0903, "0100ffff"),
    element(0x0008_0090, ascii("A^B\\C^D ")),
    element(0x0018_9219, "ffff0080"),
  ],
};

/** One element of each representation that files know, with the same bytes. */
const OF_EACH_KIND: readonly (readonly [number, number])[] = [
  ...[[4, 0x1130], [4, 0x1200], [4, 0x1212], [8, 0x12], [8, 0x13], [8, 0x15], [8, 0x50]] as const,
  ...[[8, 0x54], [8, 0x70], [8, 0x81], [8, 0x90], [8, 0x108], [8, 0x10e], [8, 0x119]] as const,
  ...[[8, 0x309], [8, 0x30e], [8, 0x1160], [8, 0x2130], [8, 0x9459]] as const,
  ...[[0x10, 0x1010], [0x14, 0x2210], [0x14, 0x3050], [0x18, 0x1638], [0x18, 0x6020]] as const,
  ...[[0x18, 0x9219], [0x18, 0x9810], [0x20, 0x9165], [0x28, 0x1201], [0x28, 0x3006]] as const,
  ...[[0x66, 0x40], [0x72, 0x6d], [0x72, 0x81], [0x72, 0x82], [0x72, 0x83]] as const,
  [0x7fe0, 0x10],
];

/** The reference prints most numbers of 64 bits with a wrong 17th digit: only those it prints right are compared. */
const DOUBLES: readonly (readonly [number, number])[] = [[8, 0x1163], [0x66, 0x22]];

const VALUES = [
  "2031325c33342020",
  "415e423d435e445c45205c47",
  "3132",
  "31323334",
  "333333333333f33f",
];

testWith({
  name: "details of a response are shown as the reference shows them",
  missing,
  fn: async (t) => {
    const all = { ...DETAILS };
    for (const value of VALUES) {
      const kinds = value.endsWith("f33f") ? [...DOUBLES, ...OF_EACH_KIND] : OF_EACH_KIND;
      all[`every kind of value over ${value}`] = kinds.toSorted(byTag).map(([group, number]) =>
        element(group * 0x10000 + number, value)
      );
    }
    for (const [name, details] of Object.entries(all)) {
      await t.step(name, () => compare({ details, path: FILES.join(":") }));
    }
  },
});

function byTag(one: readonly [number, number], other: readonly [number, number]): number {
  return one[0] - other[0] || one[1] - other[1];
}

const LINES = [
  "(0000,0902)\tLO",
  "(0000,0902)\tLO\tX\t1\tDICOM\tmore",
  "(0000,0902)\tLO\tX\tabc\tDICOM",
  "(0000,0902\tLO\tX\t1",
  "(0000-z-0010,0902)\tLO\tX\t1",
  "# (0000,0902)\tLO\tComment\t1",
  "",
  "(0000,0902)\tZZ\tX\t1",
  "(0000,0902)\t??\tQuestion\t1",
  "(0000,0902) LO X 1",
  ...["1x", "1-2x", "1-2-3", "1-x", "n1", "", "-1", "2-2n", "3n"].map((vm) =>
    `(9,8)\tLO\tX\t${vm}`
  ),
  '(0009,"A,10)\tLO\tX\t1',
  '(0009,"A" 10)\tLO\tX\t1',
  '(0009, "A" ,zz)\tLO\tX\t1',
  "()\tLO\tX",
  "(0000,0902)x\tLO\tX",
  "  (0008 , 0060 )\tC S\tMod al ity\t1",
];

testWith({
  name: "DCMDICTPATH is read, and complained about, as the reference does",
  missing,
  fn: async (t) => {
    const folder = await Deno.makeTempDir();
    const faulty = `${folder}/faulty.dic`;
    await Deno.writeTextFile(faulty, LINES.join("\n"));
    const [standard = ""] = FILES;
    const paths = {
      "unset or empty": "",
      "one file": standard,
      "two files and empty places": `:${FILES.join("::")}:`,
      "nothing but a separator": ":",
      "a missing file and one that is there": `${folder}/none.dic:${standard}`,
      "a folder": folder,
      "a missing file": `${folder}/none.dic`,
      "a file with faults, then one without": `${faulty}:${standard}`,
      "a file with faults at last": `${standard}:${faulty}`,
    };
    for (const [name, path] of Object.entries(paths)) {
      await t.step(name, () => compare({ details: [MODALITY], path }));
    }
    await Deno.remove(folder, { recursive: true });
  },
});

interface Comparison {
  readonly details: readonly string[];
  readonly path: string;
}

async function compare(comparison: Comparison): Promise<void> {
  if ("missing" in reference) return;
  for (const level of ["-v", "-d"]) {
    const asked = `${comparison.path} ${level}`;
    const theirs = await askReference(asked, () => outputOf(reference, { ...comparison, level }));
    if (theirs === undefined) continue;
    const ours = await outputOf(ourProgram(), { ...comparison, level });
    const { exit, text } = withoutDictionaryLoss(theirs, comparison.path);
    assert.equal(ours.text, text);
    assert.equal(ours.exit, exit);
  }
}

interface Output {
  readonly exit: number;
  readonly text: string;
  readonly signal: string | null;
}

async function outputOf(
  program: Program,
  { details, path, level }: Comparison & { level: string },
): Promise<Output> {
  await using peer = await startScriptedPeer([
    { expect: "A-ASSOCIATE-RQ", send: ACCEPT },
    { expect: "P-DATA-TF", send: commandPdu(echoResponse(details)) },
    { expect: "PDU", send: RELEASE_RP },
    { send: "close" },
  ]);
  const args = [level, "-ta", "30", peer.host, `${peer.port}`];
  const run = await runProgram(program, { args, env: { DCMDICTPATH: path } });
  const text = normalise(run.stderr, ["identification line", "implementation identity"]);
  return { exit: run.code, text, signal: run.signal };
}

/** D26: without files the reference has its own, and where nothing was loaded it fails; ours goes on. */
function withoutDictionaryLoss(
  { exit, text }: Output,
  path: string,
): Pick<Output, "exit" | "text"> {
  if (path === "") {
    const plain = normalise(text).replace(/^D: \(0008,0060\) CS \[CT\] .*$/m, UNKNOWN_MODALITY);
    return { exit, text: plain };
  }
  if (!/ 0006:02(?:04|13) /.test(text)) return { exit, text };
  const from = text.indexOf("E: Echo Failed:");
  const rest = text.includes("D: ")
    ? `D: DcmDataset::read() TransferSyntax="Little Endian Implicit"\n${detailOf(path)}`
    : "I: Received Echo Response (Success)\n";
  return { exit: 0, text: `${text.slice(0, from)}${rest}I: Releasing Association\n` };
}

const UNKNOWN_MODALITY = `D: (0008,0060) ?? ${"43\\54".padEnd(40)} #   2, 1 Unknown Tag & Data`;

function detailOf(path: string): string {
  const known = path.includes(".dic") && path !== "" && !path.endsWith("none.dic")
    ? `D: (0008,0060) CS ${"[CT]".padEnd(40)} #   2, 1 Modality`
    : UNKNOWN_MODALITY;
  return [
    "I: Received Echo Response (Success)",
    "D: Status Detail (should never be any):",
    "D: ",
    "D: # Dicom-Data-Set",
    "D: # Used TransferSyntax: Little Endian Implicit",
    known,
    "D: ",
    "",
  ].join("\n");
}
