import assert from "node:assert/strict";
import { errorOf, optionsOf } from "./testing.ts";

Deno.test("recordings need files of their own, and {name} needs a plan", async () => {
  const rows = [
    [["--pcap", "-", "a", "1"], "Invalid value for option --pcap (-: it needs a file)"],
    [
      ["--bundle", "/dev/stdout", "a", "1"],
      "Invalid value for option --bundle (/dev/stdout: it needs a file)",
    ],
    [["--trace", "", "a", "1"], "Invalid value for option --trace"],
    [["--trace", "f", "--pcap", "f", "a", "1"], "More than one report for file 'f'"],
    [["--trace", "-", "--json", "a", "1"], "More than one report for standard output"],
    [
      ["--pcap", "{name}.pcapng", "a", "1"],
      "{name} in the file of --pcap only allowed with --plan or --peers",
    ],
    [
      ["--trace", "{name}", "--listen", "1"],
      "{name} in the file of --trace only allowed with --plan or --peers",
    ],
    [["--redact", "a", "1"], "--redact only allowed with --pcap, --trace or --bundle"],
    [
      ["--pcap", "f", "--selftest"],
      "--pcap not allowed with --selftest, --exporter, --verify-cert or --is-root-cert",
    ],
  ] as const;
  for (const [words, error] of rows) assert.equal(await errorOf(words), error);
});

Deno.test("a plan may name a file for each peer, and a bundle is one for all", async () => {
  const { pcap, trace } = await optionsOf([
    "--peers",
    "f",
    "--pcap",
    "{name}.pcapng",
    "--trace",
    "-",
  ]);
  assert.deepEqual([pcap, trace], ["{name}.pcapng", "-"]);
  assert.match(await errorOf(["--bundle", "b", "--listen", "1"]), /^--bundle not allowed with /);
});
