/** Bundles of real runs: they keep to their schema, hold what a vendor asks for, and no secret. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import type { Bundle } from "../../src/capture/mod.ts";
import schema from "../../docs/bundle.schema.json" with { type: "json" };
import reportSchema from "../../docs/report.schema.json" with { type: "json" };
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";

/** Whatever is written is in the schema. */
function closed(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(closed);
  if (typeof node !== "object" || node === null) return node;
  const members = Object.entries(node).map(([name, value]) => [name, closed(value)]);
  const isOpen = !("properties" in node);
  return { ...Object.fromEntries(members), ...(isOpen ? {} : { additionalProperties: false }) };
}

const ajv = new Ajv2020({ strict: true, formats: { "date-time": true } });
const isBundle = ajv.compile(closed(schema) as Record<string, unknown>);
const isReport = ajv.compile(reportSchema);

/** A bundle that keeps to the schema, as its report does. */
function parsed(text: string): Bundle & { readonly report?: ReportDocument } {
  const bundle = JSON.parse(text);
  assert.equal(isBundle(bundle), true, JSON.stringify(isBundle.errors));
  const { report } = bundle;
  if (report !== undefined) assert.equal(isReport(report), true, JSON.stringify(isReport.errors));
  return bundle;
}

interface ReportDocument {
  readonly entries: readonly { readonly failure?: { readonly hint?: string } }[];
}

async function bundleOf(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const written = new Map<string, Uint8Array>();
  const lookUp = () => Promise.resolve(["127.0.0.1"]);
  const run = await runInProcess(args, { written, files, world: { lookUp } });
  return { ...run, text: new TextDecoder().decode(written.values().next().value) };
}

Deno.test("a bundle holds arguments, result, addresses, PDUs and the log, by its schema", async () => {
  await using listening = await listenInProcess([], {});
  const { code, text, stderr } = await bundleOf([
    "--bundle",
    "b.json",
    "-aec",
    "PACS_7",
    "127.0.0.1",
    `${listening.port}`,
  ]);
  assert.equal(code, 0, stderr);
  const bundle = parsed(text);
  assert.deepEqual(bundle.arguments, [
    "--bundle",
    "b.json",
    "-aec",
    "PACS_7",
    "127.0.0.1",
    `${listening.port}`,
  ]);
  assert.deepEqual(bundle.lookups, [{ host: "127.0.0.1", addresses: ["127.0.0.1"] }]);
  assert.deepEqual(bundle.conversations[0]?.pdus.map(({ type }) => type), [
    "A-ASSOCIATE-RQ",
    "A-ASSOCIATE-AC",
    "P-DATA-TF",
    "P-DATA-TF",
    "A-RELEASE-RQ",
    "A-RELEASE-RP",
  ]);
  assert.match(bundle.conversations[0]?.pdus[0]?.hex ?? "", /^0100[0-9a-f]{8}00010000504143535f37/);
  assert.ok(bundle.log.some(({ level }) => level === "trace"));
});

Deno.test("a bundle of a run in which nobody answers has the hint, and masks what is secret", async () => {
  const args = [
    "--bundle",
    "b.json",
    "+tls",
    "k",
    "c",
    "--use-passwd",
    "hunter2",
    "127.0.0.1",
    "1",
  ];
  const { code, text } = await bundleOf(args);
  assert.notEqual(code, 0);
  const bundle = parsed(text);
  assert.ok(!text.includes("hunter2"), text);
  assert.equal(bundle.exitCode, code);
  assert.match(bundle.obstacle ?? "", /TLS/);
  const plain = parsed((await bundleOf(["--bundle", "b.json", "127.0.0.1", "1"])).text);
  assert.match(plain.report?.entries[0]?.failure?.hint ?? "", /./);
});

Deno.test("a redacted bundle of a plan names nobody, as JSON and as a page", async () => {
  await using listening = await listenInProcess([], {});
  const plan = `
title: Hospital of Xanten
site: North wing
groups:
  Radiology East: {}
peers:
  - name: Angiography Room
    group: Radiology East
    note: ask Doctor Zimmermann
    host: 127.0.0.1
    port: ${listening.port}
    called: ANGIO_77
    calling: LAPTOP_77
    tags: [nightshift]
  - name: Down For Ever
    host: 127.0.0.1
    port: 1
    called: GONE_77
`;
  for (const file of ["bundle.json", "bundle.html"]) {
    const args = [
      "--bundle",
      file,
      "--redact",
      "--plan",
      "xanten.yaml",
      "--operator",
      "Zimmermann",
    ];
    const { text, stdout, stderr } = await bundleOf(args, { "xanten.yaml": plan });
    assert.match(text, /peer-1/, stdout + stderr);
    if (file.endsWith(".json")) {
      parsed(text);
    } else assert.match(text, /^<!doctype html>/);
    const everything = `${text}${bytesIn(text)}`.toLowerCase();
    for (
      const secret of [
        "xanten",
        "north wing",
        "angiography room",
        "radiology east",
        "zimmermann",
        "angio_77",
        "laptop_77",
        "gone_77",
        "down for ever",
        "nightshift",
        "127.0.0.1",
      ]
    ) assert.ok(!everything.includes(secret), `${secret} in ${file}`);
  }
});

/** The bytes of all runs of hex digits, as text. */
function bytesIn(text: string): string {
  return (text.match(/[0-9a-f]{16,}/g) ?? []).map((hex) =>
    (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 16))).join("")
  ).join("\n");
}
