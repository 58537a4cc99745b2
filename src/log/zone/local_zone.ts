/** Local time as the C library finds it: the variable TZ, else the system's zone file. */
import type { ZoneMoment } from "../host.ts";
import { parseZoneRule, zoneByRule } from "./posix_rule.ts";
import { parseZoneFile, zoneByFile } from "./zone_file.ts";

/** Reads a whole file; `undefined` when that is not possible. */
export type FileReader = (path: string) => Uint8Array | undefined;

const SYSTEM_ZONE = "/etc/localtime";
const ZONE_DIRECTORY = "/usr/share/zoneinfo";

/**
 * Finds local time.
 *
 * `tz` is the value of TZ: a rule, or the name of a zone file, either with a colon in front or without; empty is
 * UTC, `undefined` the system's zone. A value that is neither counts as UTC under the letters it begins with. Without
 * any zone file the runtime's own idea of local time is used, and offsets stand in for names.
 */
export function localZone(
  tz: string | undefined,
  readFile: FileReader,
): (seconds: number) => ZoneMoment {
  if (tz === undefined) return zoneOfFile(SYSTEM_ZONE, readFile) ?? runtimeZone;
  const value = tz.replace(/^:/, "");
  if (value === "") return () => ({ offsetSeconds: 0, name: "UTC" });
  const path = value.startsWith("/") ? value : `${ZONE_DIRECTORY}/${value}`;
  const byFile = value.split("/").includes("..") ? undefined : zoneOfFile(path, readFile);
  if (byFile !== undefined) return byFile;
  const rule = parseZoneRule(value);
  if (rule !== undefined) return (seconds) => zoneByRule(rule, seconds);
  if (readFile(SYSTEM_ZONE) === undefined) return runtimeZone;
  const name = /^(?:<([A-Za-z0-9+-]{3,})>|([A-Za-z]{3,}))/.exec(value);
  return () => ({ offsetSeconds: 0, name: name?.[1] ?? name?.[2] ?? "" });
}

function zoneOfFile(
  path: string,
  readFile: FileReader,
): ((seconds: number) => ZoneMoment) | undefined {
  const bytes = readFile(path);
  const file = bytes === undefined ? undefined : parseZoneFile(bytes);
  return file === undefined ? undefined : (seconds) => zoneByFile(file, seconds);
}

function runtimeZone(seconds: number): ZoneMoment {
  const minutes = 0 - new Date(seconds * 1000).getTimezoneOffset();
  if (minutes === 0) return { offsetSeconds: 0, name: "UTC" };
  const size = Math.abs(minutes);
  const hours = String(Math.floor(size / 60)).padStart(2, "0");
  const rest = size % 60 === 0 ? "" : String(size % 60).padStart(2, "0");
  return { offsetSeconds: minutes * 60, name: `${minutes < 0 ? "-" : "+"}${hours}${rest}` };
}
