/**
 * Loads the dictionary files that `DCMDICTPATH` names, as the reference does: one after another, each complaint logged.
 *
 * They give names to elements in the log and nothing else. So a file that cannot be loaded is reported and never fatal,
 * while the reference fails every echo without one (0006:0213).
 */

import {
  byteStringOf,
  commandElement,
  type DataDictionary,
  type ElementNames,
  newDataDictionary,
} from "../dicom/mod.ts";
import { type DictionaryEvent, dictionaryMessage } from "../log/mod.ts";
import { logMessages, type LogTo } from "./logging.ts";
import type { World } from "./world.ts";

/** Loads the files of `DCMDICTPATH` and logs how that went; `undefined` when it is unset or empty. */
export async function loadElementNames(to: LogTo): Promise<ElementNames | undefined> {
  const { env, readFile, target } = to.world;
  const path = env("DCMDICTPATH");
  if (path === undefined || path === "") return undefined;
  const files = path.split(target.includes("windows") ? ";" : ":").filter((file) => file !== "");
  const dictionary = await newDataDictionary();
  const report = (event: DictionaryEvent) => logMessages(to, [dictionaryMessage(event)]);
  let loaded = false;
  let failed = false;
  for (const file of files) {
    const outcome = await loadFile(file, { dictionary, readFile, report });
    loaded = outcome === "missing" ? loaded : outcome === "loaded";
    failed ||= outcome !== "loaded";
  }
  if (failed && !loaded) report({ type: "not-loaded" });
  return (tag, creator) => dictionary.find(tag, creator) ?? commandElement(tag);
}

/** Without a complaint the dictionary counts as loaded; a missing file changes nothing, one with faults undoes it. */
async function loadFile(
  file: string,
  into: {
    readonly dictionary: DataDictionary;
    readonly readFile: World["readFile"];
    readonly report: (event: DictionaryEvent) => void;
  },
): Promise<"loaded" | "missing" | "faulty"> {
  const content = await into.readFile(file);
  if (!(content instanceof Uint8Array)) {
    into.report({ type: "cannot-open", file });
    return "missing";
  }
  into.report({ type: "loading", file });
  const faults = into.dictionary.load(byteStringOf(content));
  for (const fault of faults) into.report({ type: "fault", file, fault });
  return faults.length === 0 ? "loaded" : "faulty";
}
