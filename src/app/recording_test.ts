import assert from "node:assert/strict";
import { type CaptureEvent, type CaptureWriter, MOST_FILE_BYTES } from "../capture/mod.ts";
import type { LogEvent, LogSink } from "../log/mod.ts";
import type { WriteOutcome } from "../system/types.ts";
import { FakeClock } from "../../tests/support/fake_clock.ts";
import { stillWorld } from "../../tests/support/still_world.ts";
import { RecordingFile } from "./recording.ts";

const NOTE: CaptureEvent = {
  type: "note",
  at: 0,
  text: "",
  parties: {
    number: 1,
    name: "A",
    role: "requestor",
    local: { host: "192.0.2.1", port: 4000 },
    remote: { host: "192.0.2.2", port: 104 },
    isSecured: false,
    at: 0,
  },
};

/** A writer whose events are all `size` bytes long. */
function writerOf(size: number): CaptureWriter {
  return {
    head: Uint8Array.of(0x48),
    write: () => new Uint8Array(size),
    full: () => Uint8Array.of(0x46),
  };
}

function place(outcome: WriteOutcome = "written") {
  const said: string[] = [];
  const writes: { readonly bytes: number; readonly first: number | undefined }[] = [];
  const log: LogSink = {
    log: ({ level, text }: LogEvent) => void said.push(`${level}: ${text}`),
    isEnabled: () => true,
    close: () => {},
  };
  const world = stillWorld({
    args: [],
    clock: new FakeClock(),
    writeReport(_file, bytes, appending) {
      writes.push({ bytes: bytes.length, first: appending?.first[0] });
      return Promise.resolve(outcome);
    },
  });
  return { said, writes, at: { log, world, file: "f", what: "capture" } };
}

Deno.test("a recording replaces its file at once, and adds to it after each event", async () => {
  const { said, writes, at } = place();
  const file = new RecordingFile(writerOf(10), at);
  await file.flushed();
  for (let count = 0; count < 2; count += 1) {
    file.add(NOTE);
    assert.equal(await file.flushed(), true);
  }
  assert.deepEqual(writes, [
    { bytes: 1, first: undefined },
    { bytes: 10, first: 0x48 },
    { bytes: 10, first: 0x48 },
  ]);
  assert.deepEqual(said, []);
});

Deno.test("a recording that is as large as it may be says so once, in the file and in the log", async () => {
  const { said, writes, at } = place();
  const file = new RecordingFile(writerOf(MOST_FILE_BYTES / 4), at);
  for (let count = 0; count < 6; count += 1) file.add(NOTE);
  assert.equal(await file.flushed(), true);
  const size = writes.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.equal(size, 1 + 3 * MOST_FILE_BYTES / 4 + 1);
  assert.deepEqual(said, [
    "warn: 'f' holds 64 MiB, the most that is recorded: what comes later is left out",
  ]);
});

Deno.test("a recording that cannot be written says so once, and tries no more", async () => {
  const { said, writes, at } = place({ failure: "Is a directory" });
  const file = new RecordingFile(writerOf(10), at);
  assert.equal(await file.flushed(), false);
  file.add(NOTE);
  assert.equal(await file.flushed(), false);
  assert.equal(writes.length, 1);
  assert.deepEqual(said, ["error: cannot write the capture to 'f': Is a directory"]);
});
