/** Time zones as compiled files (RFC 8536), versions 1 to 4. */
import type { ZoneMoment } from "../host.ts";
import { parseZoneRule, zoneByRule, type ZoneRule } from "./posix_rule.ts";

/** A zone read from a file. */
export interface ZoneFile {
  /** Moments of change in seconds since 1970, ascending. */
  readonly changes: readonly number[];
  /** What each change leads to; as long as `changes`. */
  readonly moments: readonly ZoneMoment[];
  /** What held before the first change. */
  readonly before: ZoneMoment;
  /** What holds after the last change. */
  readonly rule: ZoneRule | undefined;
}

const HEADER_BYTES = 44;

/** Counts of a header, in the order of the standard. */
interface Counts {
  readonly utFlags: number;
  readonly standardFlags: number;
  readonly leaps: number;
  readonly changes: number;
  readonly types: number;
  readonly names: number;
}

/** Reads a zone file; `undefined` when it is none. */
export function parseZoneFile(bytes: Uint8Array): ZoneFile | undefined {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const first = readCounts(view, 0);
    if (first === undefined) return undefined;
    if (view.getUint8(4) === 0) {
      return readBlock(view, { at: HEADER_BYTES, counts: first, wide: false });
    }
    const second = HEADER_BYTES + blockBytes(first, 4);
    const counts = readCounts(view, second);
    if (counts === undefined) return undefined;
    const footer = second + HEADER_BYTES + blockBytes(counts, 8);
    const rule = new TextDecoder().decode(bytes.subarray(footer)).split("\n")[1] ?? "";
    const block = readBlock(view, { at: second + HEADER_BYTES, counts, wide: true });
    return block === undefined ? undefined : { ...block, rule: parseZoneRule(rule) };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The zone that a file gives at a moment in seconds since 1970. */
export function zoneByFile(file: ZoneFile, seconds: number): ZoneMoment {
  const last = file.changes.at(-1);
  if ((last === undefined || seconds >= last) && file.rule !== undefined) {
    return zoneByRule(file.rule, seconds);
  }
  let low = 0;
  let high = file.changes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((file.changes[middle] ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  return file.moments[low - 1] ?? file.before;
}

function readCounts(view: DataView, at: number): Counts | undefined {
  const isZoneFile = view.getUint32(at) === 0x545a_6966; // "TZif"
  if (!isZoneFile) return undefined;
  return {
    utFlags: view.getUint32(at + 20),
    standardFlags: view.getUint32(at + 24),
    leaps: view.getUint32(at + 28),
    changes: view.getUint32(at + 32),
    types: view.getUint32(at + 36),
    names: view.getUint32(at + 40),
  };
}

function blockBytes(counts: Counts, timeBytes: number): number {
  return counts.changes * (timeBytes + 1) + counts.types * 6 + counts.names +
    counts.leaps * (timeBytes + 4) + counts.standardFlags + counts.utFlags;
}

function readBlock(
  view: DataView,
  block: { readonly at: number; readonly counts: Counts; readonly wide: boolean },
): ZoneFile | undefined {
  const { at, counts, wide } = block;
  const timeBytes = wide ? 8 : 4;
  const indexesAt = at + counts.changes * timeBytes;
  const typesAt = indexesAt + counts.changes;
  const namesAt = typesAt + counts.types * 6;
  if (namesAt + counts.names > view.byteLength) return undefined;
  const types = Array.from({ length: counts.types }, (_, index) => ({
    offsetSeconds: view.getInt32(typesAt + index * 6),
    name: nameAt(view, namesAt + view.getUint8(typesAt + index * 6 + 5)),
  }));
  const before = types[0];
  if (before === undefined) return undefined;
  const changes: number[] = [];
  const moments: ZoneMoment[] = [];
  for (let index = 0; index < counts.changes; index++) {
    const timeAt = at + index * timeBytes;
    changes.push(wide ? Number(view.getBigInt64(timeAt)) : view.getInt32(timeAt));
    moments.push(types[view.getUint8(indexesAt + index)] ?? before);
  }
  return { changes, moments, before, rule: undefined };
}

function nameAt(view: DataView, at: number): string {
  let name = "";
  for (let index = at; view.getUint8(index) !== 0; index++) {
    name += String.fromCharCode(view.getUint8(index));
  }
  return name;
}
