/**
 * Writes `src/survey/catalogue.json`, the SOP classes and transfer syntaxes that `--survey` asks for:
 *
 *     deno run --allow-read --allow-write=src/survey/catalogue.json tools/make_sop_classes.ts [UID_DICT]
 *
 * Names are those of PS3.6 Table A-1, as the table of pydicom has them (Debian: python3-pydicom). Groups are ours, by
 * rules over UIDs and names; so are the short codes of transfer syntaxes. `deno fmt` makes the layout.
 */

const TABLE = "/usr/lib/python3/dist-packages/pydicom/_uid_dict.py";
const OUTPUT = new URL("../src/survey/catalogue.json", import.meta.url);

/** Transfer syntaxes in the order of columns: code and UID. */
const CODES: readonly (readonly [string, string])[] = [
  ["ILE", "1.2.840.10008.1.2"],
  ["ELE", "1.2.840.10008.1.2.1"],
  ["EBE", "1.2.840.10008.1.2.2"],
  ["DEFL", "1.2.840.10008.1.2.1.99"],
  ["RLE", "1.2.840.10008.1.2.5"],
  ["JPEG8", "1.2.840.10008.1.2.4.50"],
  ["JPEG12", "1.2.840.10008.1.2.4.51"],
  ["JPLL14", "1.2.840.10008.1.2.4.57"],
  ["JPLL", "1.2.840.10008.1.2.4.70"],
  ["JLSL", "1.2.840.10008.1.2.4.80"],
  ["JLS", "1.2.840.10008.1.2.4.81"],
  ["J2KL", "1.2.840.10008.1.2.4.90"],
  ["J2K", "1.2.840.10008.1.2.4.91"],
  ["HTJL", "1.2.840.10008.1.2.4.201"],
  ["HTJR", "1.2.840.10008.1.2.4.202"],
  ["HTJ", "1.2.840.10008.1.2.4.203"],
  ["MPG2", "1.2.840.10008.1.2.4.100"],
  ["MPG2H", "1.2.840.10008.1.2.4.101"],
  ["MPG4", "1.2.840.10008.1.2.4.102"],
  ["MPG4B", "1.2.840.10008.1.2.4.103"],
  ["HEVC", "1.2.840.10008.1.2.4.107"],
  ["HEVC10", "1.2.840.10008.1.2.4.108"],
];

/** Names of PS3.6 2024b that the table does not have yet. */
const NEWER: Readonly<Record<string, string>> = {
  "1.2.840.10008.1.2.4.201": "High-Throughput JPEG 2000 Image Compression (Lossless Only)",
  "1.2.840.10008.1.2.4.202":
    "High-Throughput JPEG 2000 with RPCL Options Image Compression (Lossless Only)",
  "1.2.840.10008.1.2.4.203": "High-Throughput JPEG 2000 Image Compression",
};

function groupOf(uid: string, name: string): string {
  if (uid === "1.2.840.10008.1.1") return "verification";
  if (/Media Creation|Display System/.test(name)) return "other";
  if (uid.startsWith("1.2.840.10008.5.1.1.")) return /Storage/.test(name) ? "storage" : "print";
  if (/Storage Commitment/.test(name)) return "commitment";
  if (/Worklist|Performed Procedure Step|Unified Procedure Step|Scheduled Procedure/.test(name)) {
    return "worklist";
  }
  if (/- (?:FIND|MOVE|GET)|Query/.test(name)) return "query";
  return /Storage/.test(name) ? "storage" : "other";
}

function lines(list: readonly unknown[]): string {
  return list.map((row) => `    ${JSON.stringify(row)}`).join(",\n");
}

const [path = TABLE] = Deno.args;
const rows = [...(await Deno.readTextFile(path)).matchAll(
  /^ {4}'([0-9.]+)': \('((?:[^'\\]|\\.)*)', '([^']*)', '[^']*', '([^']*)'/gm,
)].map(([, uid = "", name = "", type = "", retired = ""]) => ({ uid, name, type, retired }));

const classes = rows
  .filter(({ type, name }) =>
    /SOP Class$/.test(type) && name !== "" && !/Media Storage Directory/.test(name)
  )
  .map(({ uid, name, retired }) => [
    uid,
    name.replace(/ ?\(Retired\)/, "").replace(/ SOP Class\b/, ""),
    groupOf(uid, name),
    ...(retired === "Retired" ? ["retired"] : []),
  ]);

const syntaxes = CODES.map(([code, uid]) => [
  uid,
  code,
  NEWER[uid] ?? rows.find((row) => row.uid === uid)?.name.replace(/ ?[:(].*Default.*/, "") ?? uid,
]);

const source =
  "PS3.6 Table A-1 by way of pydicom 2.3.1 (MIT), _uid_dict.py; tools/make_sop_classes.ts";
await Deno.writeTextFile(
  OUTPUT,
  `{\n  "source": ${JSON.stringify(source)},\n  "syntaxes": [\n${lines(syntaxes)}\n  ],\n` +
    `  "classes": [\n${lines(classes)}\n  ]\n}\n`,
);
