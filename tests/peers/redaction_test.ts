/** Nothing of a run that says where and whose it is can be found in what `--redact` lets out. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { dial } from "../../src/transport/mod.ts";
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";

function word(longest: number): fc.Arbitrary<string> {
  return fc.stringMatching(new RegExp(`^[A-Za-z][A-Za-z0-9_]{6,${longest - 2}}[A-Za-z0-9]$`));
}

const NAMES = fc.record({
  host: fc.tuple(word(12), word(12)).map((labels) => labels.join(".").replaceAll("_", "-")),
  calling: word(16),
  called: word(20),
  user: word(30),
  operator: word(20),
  machine: word(20),
});

/** All bytes that a trace shows in hex, as text. */
function shownBytes(trace: string): string {
  const rows = [...trace.matchAll(/^ {2}[0-9a-f]{4} {2}((?:[0-9a-f]{2} ?){1,8})/gm)];
  return rows.map(([, row = ""]) =>
    row.trim().split(" ").map((byte) => String.fromCharCode(parseInt(byte, 16))).join("")
  ).join("");
}

/** The bytes of all runs of hex digits, such as PDUs in a bundle, as text. */
function hexIn(text: string): string {
  return (text.match(/[0-9a-f]{16,}/g) ?? []).map((hex) =>
    (hex.match(/../g) ?? []).map((byte) => String.fromCharCode(parseInt(byte, 16))).join("")
  ).join("\n");
}

/** Everything in which a name could be found, in lower case. */
function everythingIn(files: ReadonlyMap<string, Uint8Array>): string {
  return [...files.values()].flatMap((bytes) => {
    const text = new TextDecoder("latin1").decode(bytes);
    return [text, shownBytes(text), hexIn(text)];
  }).join("\n").toLowerCase();
}

/**
 * 127.0.0.1 as source or destination of a TCP segment. The four bytes alone may also be half a checksum, the urgent
 * pointer and the type of an A-ASSOCIATE-RQ PDU, in one run of 256.
 */
// deno-lint-ignore no-control-regex
const LOOPBACK = /\x06[^]{2}(?:[^]{4})?\x7f\0\0\x01/;

Deno.test("no address, name, title or user of a run is in its redacted capture, trace and bundle", async () => {
  await using listening = await listenInProcess([], {});
  const port = listening.port ?? 0;
  await fc.assert(
    fc.asyncProperty(NAMES, async ({ host, calling, called, user, operator, machine }) => {
      const written = new Map<string, Uint8Array>();
      const { code, stderr } = await runInProcess([
        ...["--pcap", "c", "--trace", "t", "--bundle", "b.json", "--redact"],
        ...["-aet", calling, "-aec", called, "--user", user, "--operator", operator],
        ...[host, "104"],
      ], {
        written,
        world: {
          machineName: () => machine,
          lookUp: () => Promise.resolve(["127.0.0.1"]),
          dial: (target, signal) => dial({ ...target, host: "127.0.0.1", port }, signal),
        },
      });
      assert.equal(code, 0, stderr);
      const everything = everythingIn(written);
      assert.match(everything, /title-1/);
      assert.match(everything, /user-1/);
      const secrets = [host, calling, called, called.slice(0, 16), user, operator, machine];
      assert.ok(!LOOPBACK.test(everything));
      for (const secret of [...secrets, "127.0.0.1"]) {
        assert.ok(!everything.includes(secret.toLowerCase()), secret);
      }
    }),
    { numRuns: 20 },
  );
});

Deno.test("a redacted recording of --listen holds no name of its callers", async () => {
  const written = new Map<string, Uint8Array>();
  await using listening = await listenInProcess(
    ["--pcap", "c", "--trace", "t", "--redact"],
    { written },
  );
  const words = ["-aet", "CALLER_7Q", "-aec", "CALLED_7Q", "--user", "miller77"];
  await runInProcess([...words, "127.0.0.1", `${listening.port}`]);
  await listening.stop();
  const everything = everythingIn(written);
  assert.match(everything, /a-associate-ac/);
  assert.ok(!LOOPBACK.test(everything));
  for (const secret of ["caller_7q", "called_7q", "miller77", "127.0.0.1"]) {
    assert.ok(!everything.includes(secret), secret);
  }
});
