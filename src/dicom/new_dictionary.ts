import type { DataDictionary } from "./data_dictionary.ts";

/** An empty dictionary for dictionary files; its code is loaded only when there are any. */
export async function newDataDictionary(): Promise<DataDictionary> {
  const { DataDictionary } = await import("./data_dictionary.ts");
  return new DataDictionary();
}
