/** Looks at an executable that was made, for any system: its format, what it may do, and what must not be in it. */

import { elfLength, isInMappedNote } from "./elf.ts";
import { type Embedded, embeddedIn, permissionFaults, textsIn } from "./embedded.ts";
import { segmentsOf } from "./macho.ts";
import { signatureFaults } from "./macho_signature.ts";
import { readPe } from "./pe.ts";
import type { Target } from "./targets.ts";

/** What an executable is judged by. */
export interface Measure {
  /** What it was made for. */
  readonly target: Target;
  /** Texts that must not be in the program's part, such as folders of the machine that made it. */
  readonly foreign: readonly string[];
}

/** Nobody downloads more: a runtime has some 90 MB. */
const MOST_BYTES = 200e6;

/** Everything that is wrong with an executable, one sentence each; nothing when it can be shipped. */
export function structureFaults(
  bytes: Uint8Array,
  { target, foreign }: Measure,
): readonly string[] {
  const embedded = embeddedIn(bytes);
  if (embedded === undefined) return ["there is not exactly one program inside"];
  const { offset } = embedded;
  const found = textsIn(bytes, { offset, texts: foreign });
  return [
    ...formatFaults(bytes, { target, embedded }),
    ...permissionFaults(embedded),
    ...found.map((text) => `it has ${JSON.stringify(text)} inside`),
    ...(bytes.length > MOST_BYTES ? [`it has ${bytes.length} bytes`] : []),
  ];
}

interface Part {
  readonly target: Target;
  readonly embedded: Embedded;
}

/** A file that is not of the format at all is one fault. */
function formatFaults(bytes: Uint8Array, { target, embedded }: Part): readonly string[] {
  try {
    const processor = target.triple.startsWith("aarch64") ? "aarch64" : "x86_64";
    if (target.triple.includes("windows")) return peFaults(bytes, { processor, embedded });
    if (target.triple.includes("apple")) return machoFaults(bytes, { processor, embedded });
    return elfFaults(bytes, { processor, embedded });
  } catch (error) {
    if (error instanceof RangeError) return [`its format is broken: ${error.message}`];
    throw error;
  }
}

interface Format {
  readonly processor: "x86_64" | "aarch64";
  readonly embedded: Embedded;
}

const MACHINES = {
  elf: { x86_64: 62, aarch64: 183 },
  pe: { x86_64: 0x8664, aarch64: 0xaa64 },
  macho: { x86_64: 0x01000007, aarch64: 0x0100000c },
} as const;

function elfFaults(bytes: Uint8Array, { processor, embedded }: Format): readonly string[] {
  const faults: string[] = [];
  const end = elfLength(bytes);
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint16(18, true);
  if (machine !== MACHINES.elf[processor]) faults.push(`it is for processor ${machine}`);
  // The runtime of the laboratory is older, and looks after all sections.
  if (embedded.offset < end && !isInMappedNote(bytes, embedded.offset)) {
    faults.push("the program is not where the runtime looks for it");
  }
  return faults;
}

const CONSOLE = 3;

function peFaults(bytes: Uint8Array, { processor, embedded }: Format): readonly string[] {
  const faults: string[] = [];
  const { machine, subsystem, resource, imageSize, sectionsEnd } = readPe(bytes, "D3N0L4ND");
  if (machine !== MACHINES.pe[processor]) faults.push(`it is for processor ${machine}`);
  if (subsystem !== CONSOLE) faults.push(`its subsystem is ${subsystem}, not the console`);
  if (resource !== embedded.offset) faults.push("the program is not the resource that is read");
  // What Windows does not map cannot be read: Windows Server 2022 ends such a program at its start.
  if (sectionsEnd > imageSize) {
    faults.push(`Windows maps ${imageSize} bytes of it, and its sections have ${sectionsEnd}`);
  }
  return faults;
}

function machoFaults(bytes: Uint8Array, { processor, embedded }: Format): readonly string[] {
  const faults: string[] = [];
  const segments = segmentsOf(bytes);
  const machine = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  if (machine !== MACHINES.macho[processor]) faults.push(`it is for processor ${machine}`);
  const own = segments.filter(({ name }) => name === "__SUI");
  if (own.length !== 1) faults.push(`it has ${own.length} segments __SUI`);
  for (const { offset, fileSize } of own) {
    if (embedded.offset < offset || embedded.offset >= offset + fileSize) {
      faults.push("the program is not in its segment");
    }
  }
  for (const name of ["__TEXT", "__LINKEDIT"]) {
    if (!segments.some((one) => one.name === name)) faults.push(`it has no segment ${name}`);
  }
  const inFile = segments.filter(({ fileSize }) => fileSize > 0)
    .toSorted((one, other) => one.offset - other.offset);
  for (const [index, { name, offset, fileSize }] of inFile.entries()) {
    const next = inFile[index + 1]?.offset ?? bytes.length;
    if (offset + fileSize > next) faults.push(`segment ${name} reaches into what follows`);
  }
  // Only Macs with Apple silicon demand a signature; the compiler signs for no others.
  return processor === "aarch64" ? [...faults, ...signatureFaults(bytes)] : faults;
}
