/**
 * Makes `tests/fuzz/corpus.json` from the recorded network cases: every PDU, and every stray piece of bytes, that either side sent.
 *
 *     deno run --allow-read --allow-write=tests/fuzz tools/make_corpus.ts
 */

import cases from "../tests/golden/net-cases.json" with { type: "json" };

/** Longer ones teach a fuzzer nothing. */
const LONGEST = 2_048;

interface Recorded {
  readonly scriptedPeer: readonly { readonly send?: string }[];
  readonly client?: readonly { readonly hex?: string }[];
}

/** All pieces of bytes of one case. */
function sentIn({ scriptedPeer, client = [] }: Recorded): string[] {
  return [
    ...scriptedPeer.map(({ send = "" }) => send),
    ...client.map(({ hex = "" }) => hex),
  ].map((hex) => hex.replaceAll(/\s/g, "")).filter((hex) => /^(?:[0-9a-f]{2})+$/.test(hex));
}

/** The PDUs that `hex` is made of; what is none stays as it is. */
function pdusIn(hex: string): string[] {
  const pdus: string[] = [];
  for (let rest = hex; rest !== "";) {
    const length = parseInt(rest.slice(4, 12), 16);
    const end = 12 + 2 * length;
    const isWhole = /^0[1-7]/.test(rest) && end <= rest.length;
    pdus.push(isWhole ? rest.slice(0, end) : rest);
    rest = isWhole ? rest.slice(end) : "";
  }
  return pdus;
}

/** All different pieces, the short ones first. */
export function makeCorpus(recorded: readonly object[]): string[] {
  const all = new Set((recorded as readonly Recorded[]).flatMap(sentIn).flatMap(pdusIn));
  return [...all].filter((hex) => hex.length <= 2 * LONGEST)
    .sort((one, other) => one.length - other.length || (one < other ? -1 : 1));
}

if (import.meta.main) {
  const text = JSON.stringify(makeCorpus(cases), undefined, 1);
  await Deno.writeTextFile(new URL("../tests/fuzz/corpus.json", import.meta.url), `${text}\n`);
}
