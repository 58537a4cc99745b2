/** The layout of the JSON of `--diagnose`: one value for the published schema and for the types of our own code. */

import type { ClaimedSoftware } from "../common/products.ts";
import { type Asked, diagnose, type Verdict } from "../diagnosis/mod.ts";
import { SOFTWARE } from "./report_schema.ts";
import {
  choice,
  constant,
  integer,
  type JsonSchema,
  list,
  number,
  orNull,
  record,
  reference,
  schemaFile,
  text,
  type TypeOf,
} from "./schema.ts";

/** Version of the layout: members are added, never renamed or removed, while it stays. */
const DIAGNOSE_LAYOUT_VERSION = 1;

const SITUATION = record("What failed, and what to try.", {
  required: {
    situation: text("Stable name of the situation, as docs/diagnosis.md lists them."),
    title: text("What the situation means, as a clause."),
    stage: text("How far the check got."),
    fault: text("On whose side it arose."),
    hint: text("One sentence: what to try."),
  },
  optional: {},
});

const WAY = record("One way in which the peer was asked.", {
  required: {
    port: integer("TCP port.", { minimum: 1 }),
    security: choice("How the connection was secured.", [
      "plain",
      "tls",
      "tls-with-certificate",
      "tls-unverified",
    ]),
    calling: text("Our AE title, as it was given."),
    called: text("The peer's AE title, as it was given."),
    outcome: choice("What came of it.", ["verified", "failed"]),
    elapsedMs: number("How long it took, in milliseconds.", { minimum: 0 }),
    diagnosis: orNull(reference("situation", SITUATION)),
  },
  optional: {},
});

const DIAGNOSE = record("A peer that was asked in several ways.", {
  required: {
    version: constant("Version of this layout.", DIAGNOSE_LAYOUT_VERSION),
    kind: constant("What this is.", "diagnose"),
    peer: text("Name or address of the peer, as it was given."),
    works: choice("Whether it works as asked, in another way only, or not at all.", [
      "as-asked",
      "otherwise",
      "not",
    ]),
    verdict: text("The verdict, as a clause."),
    command: orNull(list("The command line that works, word by word.", text("A word."))),
    ask: orNull(text("Whom to ask what.")),
    software: orNull(reference("software", SOFTWARE)),
    ways: list("All ways that were tried, in that order; the first is as asked.", WAY),
  },
  optional: {},
});

/** What `--diagnose --json` prints, as data. */
type DiagnoseDocument = TypeOf<typeof DIAGNOSE>;

/** Its schema, for the file in `docs/`. */
export const DIAGNOSE_SCHEMA: JsonSchema = schemaFile({
  title: "echoscu diagnose",
  description: "What `echoscu --diagnose --json` prints.",
  alternatives: ["diagnose"],
  definitions: { diagnose: DIAGNOSE, situation: SITUATION, software: SOFTWARE },
});

/** What came of asking a peer in several ways, as data. */
export function diagnoseDocument(
  { asked, verdict, words, host, software }: {
    readonly asked: readonly Asked[];
    readonly verdict: Verdict;
    readonly words: readonly string[] | undefined;
    readonly host: string;
    readonly software: ClaimedSoftware | undefined;
  },
): DiagnoseDocument {
  return {
    version: DIAGNOSE_LAYOUT_VERSION,
    kind: "diagnose",
    peer: host,
    works: verdict.works,
    verdict: verdict.sentence,
    command: words === undefined ? null : ["echoscu", ...words],
    ask: verdict.ask ?? null,
    software: software ?? null,
    ways: asked.map(({ way, result }) => {
      const isTroubled = result.outcome === "failed" || result.endingError !== undefined;
      return {
        ...way,
        outcome: result.outcome,
        elapsedMs: Math.round(result.elapsedMs * 1000) / 1000,
        diagnosis: isTroubled ? diagnose(result) : null,
      };
    }),
  };
}
