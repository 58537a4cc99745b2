import assert from "node:assert/strict";
import "../diagnosis/mod.ts";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { connectInMemory, type FarEnd } from "../../tests/support/memory_stream.ts";
import { stillWorld } from "../../tests/support/still_world.ts";
import { loadJsonLog } from "../log/mod.ts";
import { DialError } from "../transport/mod.ts";
import { wrapped } from "./explanation.ts";
import { run } from "./mod.ts";

// Loaded beforehand, as the diagnosis is: the clock below does not wait for files.
await loadJsonLog();

interface Printed {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the program against `peer`, or a port that refuses. */
async function printed(
  args: readonly string[],
  about: { readonly terminal?: boolean; readonly peer?: (far: FarEnd) => void } = {},
): Promise<Printed> {
  const clock = new JumpingClock();
  const decoder = new TextDecoder();
  const seen = { out: "", err: "" };
  const world = stillWorld({
    args: [...args, "pacs", "104"],
    writeOut(bytes) {
      seen.out += decoder.decode(bytes);
      return Promise.resolve("written");
    },
    writeErr: (bytes) => void (seen.err += decoder.decode(bytes)),
    stderrIsTerminal: about.terminal ?? false,
    clock,
    dial() {
      if (about.peer === undefined) return Promise.reject(new DialError("refused", REFUSED));
      const { near, far } = connectInMemory();
      about.peer(far);
      return Promise.resolve(near);
    },
  });
  const code = await clock.until(run(world));
  return { code, ...seen };
}

const REFUSED = Object.assign(new Error("Connection refused"), { code: "ECONNREFUSED" });
const LINE =
  "F: Association Request Failed: 0006:031c TCP Initialization Error: Connection refused\n";
const HINT =
  "hint: pacs answers, but nothing listens on port 104: check the port (104 and 11112 are usual) and that the peer's DICOM service runs\n";
const PLACE = "stage: connect, fault: network, situation: port-refused\n";

const ACCEPT = Uint8Array.fromHex(
  "0200000000860001000050414353" + "20".repeat(28) + "00".repeat(32) +
    "10000015312e322e3834302e31303030382e332e312e312e31" +
    "210000190100000040000011312e322e3834302e31303030382e312e32" +
    "500000085100000400004000",
);
const RELEASED = Uint8Array.fromHex("06000000000400000000");

function response(status: string): Uint8Array {
  return Uint8Array.fromHex(
    "0400000000540000005001030000000004000000420000000000020012000000312e322e3834302e31303030382e312e3100" +
      "00000001020000003080000020010200000001000000000802000000010100000009020000" + "00" + status,
  );
}

Deno.test("an AE title that DICOM does not allow is reported before the check where a person may be reading", async () => {
  const long = ["-aec", "PACS_RADIOLOGY_01"];
  const note =
    'note: -aec "PACS_RADIOLOGY_01" has 17 bytes, and an AE title at most 16: "PACS_RADIOLOGY_0" is sent\n';
  assert.equal((await printed(long)).err, LINE);
  assert.equal((await printed(long, { terminal: true })).err, note + LINE + HINT);
  assert.equal((await printed([...long, "-q"], { terminal: true })).err, LINE);
  assert.equal((await printed([...long, "--explain"])).err, note + LINE + HINT + PLACE);
});

Deno.test("a failure that is captured is reported in the reference's words only", async () => {
  assert.deepEqual(await printed([]), { code: 1, out: "", err: LINE });
});

Deno.test("a failure on a terminal is followed by one line of hint", async () => {
  assert.deepEqual(await printed([], { terminal: true }), { code: 1, out: "", err: LINE + HINT });
});

Deno.test("--explain brings the hint anywhere, with stage, fault and situation", async () => {
  assert.deepEqual(await printed(["--explain"]), { code: 1, out: "", err: LINE + HINT + PLACE });
});

Deno.test("-q keeps hints from a terminal, unless --explain asks for them", async () => {
  assert.equal((await printed(["-q"], { terminal: true })).err, LINE);
  assert.equal((await printed(["-ll", "fatal"], { terminal: true })).err, LINE);
  assert.equal((await printed(["-ll", "error"], { terminal: true })).err, LINE + HINT);
  assert.equal((await printed(["-q", "--explain"])).err, LINE + HINT + PLACE);
});

Deno.test("a log in JSON holds the diagnosis as an event, and no plain line", async () => {
  const words = ["--log-format", "json", "--explain", "-aec", "PACS_RADIOLOGY_01"];
  const { err } = await printed(words, { terminal: true });
  const events = err.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.match(events[0].message, /^note: -aec "PACS_RADIOLOGY_01" has 17 bytes/);
  const { stage, fields } = events.at(-1);
  assert.equal(stage, "connect");
  const { hint, fault, situation } = fields;
  assert.deepEqual([fault, situation, `hint: ${hint}\n`], ["network", "port-refused", HINT]);
});

Deno.test("a verified peer gets no hint, and one line on a terminal that says who answered", async () => {
  const peer = (far: FarEnd) => far.send(ACCEPT, response("0000"), RELEASED);
  const line = 'pacs port 104 answered as "PACS": 1 echo in 0 ms\n';
  const errOf = async (args: readonly string[], terminal: boolean) => {
    const { code, out, err } = await printed(["-aec", "PACS", ...args], { terminal, peer });
    assert.deepEqual([code, out], [0, ""]);
    return err;
  };
  assert.equal(await errOf([], true), line);
  assert.equal(await errOf(["--explain"], true), line);
  assert.equal(await errOf(["-q"], true), "");
  assert.equal(await errOf([], false), "");
  assert.equal(await errOf(["--explain"], false), "");
  assert.doesNotMatch(await errOf(["-v"], true), /answered as/);
});

Deno.test("a verified peer whose association ended badly gets a hint", async () => {
  const peer = (far: FarEnd) => far.send(ACCEPT, response("0000"), ACCEPT);
  const { code, err } = await printed([], { terminal: true, peer });
  assert.equal(code, 0);
  assert.match(err, /^hint: every echo was answered with Success; .* A-ASSOCIATE-AC .*--abort/);
});

Deno.test("a failing status, of which the reference says nothing, gets a hint", async () => {
  const peer = (far: FarEnd) => far.send(ACCEPT, response("2201"), RELEASED);
  assert.deepEqual(await printed([], { peer }), { code: 71, out: "", err: "" });
  const { code, err } = await printed(["--explain"], { peer });
  assert.equal(code, 71);
  assert.match(
    err,
    /^hint: the peer accepted the context and now says .*"ECHOSCU"\nstage: echo, fault: peer, situation: status-sop-class-unsupported\n$/,
  );
});

const LONG = "hint: give the peer's own title with -aec";

Deno.test("wrapped() breaks a line at blanks where a terminal would break it within a word", () => {
  const at = (width: number | undefined, stderrIsTerminal = true) =>
    wrapped(LONG, { stderrIsTerminal, columns: () => width }).split("\n");
  assert.deepEqual(at(41), [LONG]);
  assert.deepEqual(at(40), ["hint: give the peer's own title with", "  -aec"]);
  assert.deepEqual(at(12), ["hint: give", "  the peer's", "  own title", "  with -aec"]);
  assert.equal(at(1).length, LONG.split(" ").length);
});

Deno.test("wrapped() leaves a line alone where no terminal or no width is known", () => {
  assert.equal(wrapped(LONG, { stderrIsTerminal: false, columns: () => 12 }), LONG);
  assert.equal(wrapped(LONG, { stderrIsTerminal: true, columns: () => undefined }), LONG);
});
