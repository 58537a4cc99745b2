/** Captures and traces of conversations with real programs: tshark finds nothing wrong, and the same as we do. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { type InnerWorld, listenInProcess, runInProcess } from "../support/run_in_process.ts";
import { available, startRealPeer } from "../support/real_peers.ts";
import { tlsTestsMissing } from "../support/runtime_of.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";

const FIELDS = [
  "frame.number",
  "tcp.checksum.status",
  "ip.checksum.status",
  "_ws.malformed",
  "tcp.analysis.flags",
  "_ws.expert.message",
  "dicom.pdu.type",
  "dicom.pdu.len",
  "dicom.assoc.ae.called",
  "dicom.assoc.ae.calling",
  "dicom.pctx.id",
  "dicom.assoc.reject.reason",
] as const;

type Packet = Readonly<Record<(typeof FIELDS)[number], string>>;

/** What tshark says of each packet; captures may follow one another in a file. */
async function tshark(
  capture: Uint8Array,
  ports: readonly number[],
): Promise<readonly Packet[]> {
  const file = await Deno.makeTempFile({ suffix: ".pcapng" });
  try {
    await Deno.writeFile(file, capture);
    const { success, stdout, stderr } = await new Deno.Command("tshark", {
      args: [
        ...["-n", "-r", file, "-T", "fields"],
        ...ports.flatMap((port) => ["-d", `tcp.port==${port},dicom`]),
        ...["-o", "tcp.check_checksum:TRUE", "-o", "ip.check_checksum:TRUE"],
        ...FIELDS.flatMap((field) => ["-e", field]),
      ],
    }).output();
    assert.ok(success, new TextDecoder().decode(stderr));
    return new TextDecoder().decode(stdout).split("\n").slice(0, -1).map((line) => {
      const values = line.split("\t");
      return Object.fromEntries(FIELDS.map((field, at) => [field, values[at] ?? ""])) as Packet;
    });
  } finally {
    await Deno.remove(file);
  }
}

const TYPES: Readonly<Record<string, string>> = {
  "A-ASSOCIATE-RQ": "0x01",
  "A-ASSOCIATE-AC": "0x02",
  "A-ASSOCIATE-RJ": "0x03",
  "P-DATA-TF": "0x04",
  "A-RELEASE-RQ": "0x05",
  "A-RELEASE-RP": "0x06",
  "A-ABORT": "0x07",
};

/** What a trace says of its PDUs: type, length, titles, contexts, in the notation of tshark. */
function pdusOf(trace: string): readonly string[] {
  return trace.split(/^(?=\d{4}-)/m).flatMap((block) => {
    const [, name = "", size = ""] =
      /#\d+ {2}(?:sent {4}|received) {2}([A-Z-]+), (\d+) bytes/.exec(block) ?? [];
    if (!(name in TYPES)) return [];
    const title = (which: string) =>
      new RegExp(`${which} AE title, length 16: "(.*)"`).exec(block)?.[1]?.padEnd(16) ?? "";
    const contexts = [...block.matchAll(/presentation context, length \d+: ID (\d+)/g)]
      .map(([, id]) => `0x${Number(id).toString(16).padStart(2, "0")}`).join(",");
    const reason = /result \d+ rejected.* reason (\d+)/.exec(block)?.[1];
    const rejected = reason ?? "";
    const fields = [TYPES[name], `${Number(size) - 6}`, title("called"), title("calling")];
    return [[...fields, contexts, rejected].join("|")];
  });
}

/** The capture says what the traces say, and nothing is wrong with any packet. */
async function compare(
  { capture, traces }: { readonly capture: Uint8Array; readonly traces: readonly string[] },
  ports: readonly number[],
): Promise<void> {
  const packets = await tshark(capture, ports);
  for (const packet of packets) {
    assert.equal(packet["tcp.checksum.status"], "1", JSON.stringify(packet));
    assert.match(packet["ip.checksum.status"], /^1?$/, JSON.stringify(packet));
    const wrong = `${packet["_ws.malformed"]}${packet["tcp.analysis.flags"]}`;
    assert.equal(wrong, "", JSON.stringify(packet));
  }
  const pdus = packets.filter((packet) => packet["dicom.pdu.type"] !== "").map((packet) =>
    [
      packet["dicom.pdu.type"],
      packet["dicom.pdu.len"],
      packet["dicom.assoc.ae.called"],
      packet["dicom.assoc.ae.calling"],
      packet["dicom.pctx.id"],
      packet["dicom.assoc.reject.reason"],
    ].join("|")
  );
  assert.deepEqual(pdus, traces.flatMap(pdusOf));
}

/** Runs the program; gives its capture and its trace. */
async function recorded(args: readonly string[], world: InnerWorld = {}) {
  const written = new Map<string, Uint8Array>();
  const run = await runInProcess(["--pcap", "c", "--trace", "t", ...args], { ...world, written });
  return { ...run, ...recordingsIn(written) };
}

function recordingsIn(written: ReadonlyMap<string, Uint8Array>) {
  return {
    capture: written.get("c") ?? new Uint8Array(),
    trace: new TextDecoder().decode(written.get("t")),
  };
}

function namesIn(trace: string): readonly string[] {
  return [...trace.matchAll(/ {2}(?:sent {4}|received) {2}([A-Z-]+),/g)].map(([, name = ""]) =>
    name
  );
}

function joined(captures: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(captures.flatMap((capture) => [...capture]));
}

const ECHO = ["P-DATA-TF", "P-DATA-TF"];
const ACCEPTED = ["A-ASSOCIATE-RQ", "A-ASSOCIATE-AC"];
const RELEASED = ["A-RELEASE-RQ", "A-RELEASE-RP"];

testWith({
  name:
    "tshark reads captures of plain, repeated, aborted, rejected and secured checks as our traces do",
  missing: missing({ program: "tshark" }) ?? available("storescp") ?? available("dcmqrscp") ??
    await tlsTestsMissing(),
  fn: async () => {
    await using store = await startRealPeer("storescp");
    await using archive = await startRealPeer("dcmqrscp");
    const folder = await sharedPki();
    const own = ["+tls", "server-good.key", "server-good.pem", "+cf", "ca.pem"];
    const written = new Map<string, Uint8Array>();
    await using listening = await listenInProcess(
      [...own, "--pcap", "c", "--trace", "t"],
      { folder, written },
    );
    const port = listening.port ?? 0;
    const words = ["+tls", "client-good.key", "client-good.pem", "+cf", "ca.pem"];
    const rows = [
      [store.port, [], [...ACCEPTED, ...ECHO, ...RELEASED]],
      [
        store.port,
        ["--repeat", "3", "-ppc", "128", "-pts", "3"],
        [...ACCEPTED, ...ECHO, ...ECHO, ...ECHO, ...RELEASED],
      ],
      [store.port, ["--abort"], [...ACCEPTED, ...ECHO, "A-ABORT"]],
      [archive.port, ["-aec", "NOT_THERE"], ["A-ASSOCIATE-RQ", "A-ASSOCIATE-RJ"]],
      [port, words, [...ACCEPTED, ...ECHO, ...RELEASED]],
    ] as const;
    const runs = [];
    for (const [port, options, expected] of rows) {
      const run = await recorded([...options, "127.0.0.1", `${port}`], { folder });
      assert.deepEqual(namesIn(run.trace), expected, run.stderr);
      runs.push(run);
    }
    await listening.stop();
    const answered = recordingsIn(written);
    assert.deepEqual(namesIn(answered.trace), [...ACCEPTED, ...ECHO, ...RELEASED]);
    const ports = rows.map(([port]) => port);
    const captures = joined(runs.map(({ capture }) => capture));
    await compare({ capture: captures, traces: runs.map(({ trace }) => trace) }, ports);
    await compare({ capture: answered.capture, traces: [answered.trace] }, ports);
  },
});
