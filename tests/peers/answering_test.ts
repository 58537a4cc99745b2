/** What `--listen` does for tests of callers, with DCMTK's echoscu and our own as callers. */

import assert from "node:assert/strict";
import { available, startRealPeer } from "../support/real_peers.ts";
import { listenInProcess, runInProcess } from "../support/run_in_process.ts";
import { testWith } from "../support/test_with.ts";
import { untilFound } from "../support/until.ts";

const NO_REFERENCE = available("storescp");

/** What DCMTK's echoscu says to an answering side with `options`, and what that side logs. */
async function called(options: readonly string[], more: readonly string[] = []) {
  await using side = await listenInProcess(["-v", "--explain", ...options], {});
  const began = performance.now();
  const { code, stderr } = await new Deno.Command("echoscu", {
    args: ["-v", "-aet", "CALLER", ...more, "127.0.0.1", `${side.port}`],
    stderr: "piped",
  }).output();
  const elapsedMs = performance.now() - began;
  const { stderr: log } = await side.stop();
  return { code, said: new TextDecoder().decode(stderr), log, elapsedMs };
}

testWith({
  name: "--accept-titles rejects other called titles, and says to the listener why",
  missing: NO_REFERENCE,
  async fn() {
    const fine = await called(["--accept-titles", "ARCHIVE, PACS"], ["-aec", "PACS"]);
    assert.match(fine.said, /Received Echo Response \(Success\)/);
    const other = await called(["--accept-titles", "ARCHIVE"], ["-aec", "pacs"]);
    assert.match(other.said, /Reason: Called AE Title Not Recognized/);
    assert.match(other.log, /rejected, .*1, .*1, .*7|rejected, .*\n/);
    assert.match(other.log, /hint: .*--accept-titles/);
  },
});

testWith({
  name: "--reject, --status, --abort-after, --drop and --delay do what they say to DCMTK's echoscu",
  missing: NO_REFERENCE,
  async fn() {
    const rejected = await called(["--reject", "2/3/1"]);
    assert.match(
      rejected.said,
      /Rejected Transient, Source: Service Provider \(Presentation Related\)/,
    );
    assert.match(rejected.log, /rejected as asked/);
    const failing = await called(["--status", "0122"]);
    assert.match(failing.said, /Received Echo Response|Echo Failed|0122|SOP Class/);
    assert.doesNotMatch(failing.said, /\(Success\)/);
    const aborted = await called(["--abort-after", "1"], ["--repeat", "3"]);
    assert.match(aborted.said, /Received Echo Response \(Success\)[^]*Peer aborted Association/);
    assert.match(aborted.log, /1 echo answered, aborted as asked/);
    const atOnce = await called(["--abort-after", "0"]);
    assert.doesNotMatch(atOnce.said, /Success/);
    const dropped = await called(["--drop"]);
    assert.match(dropped.said, /F: Association Request Failed/);
    assert.match(dropped.log, /dropped as asked/);
    const late = await called(["--delay", "0.2"]);
    assert.match(late.said, /\(Success\)/);
    assert.ok(late.elapsedMs >= 400, "the request and the echo are delayed");
  },
});

testWith({
  name: "--verify-back says whether both directions work, in a line and in an event",
  missing: NO_REFERENCE,
  async fn() {
    await using peer = await startRealPeer("storescp");
    const there = `STORESCP@${peer.host}:${peer.port}`;
    let out = "";
    const world = { onOut: (text: string) => void (out = text) };
    await using side = await listenInProcess(["--verify-back", there], world);
    await runInProcess(["-aet", "MODALITY", "127.0.0.1", `${side.port}`]);
    assert.match(
      await untilFound(() => /^.*direction.*$/m.exec(out)?.[0]),
      /^Both directions work: MODALITY \(127\.0\.0\.1:\d+\) verified us, STORESCP@\S+ answered our echo$/,
    );
  },
});

Deno.test("--verify-back names the direction that does not work", async () => {
  let out = "";
  const world = { onOut: (text: string) => void (out = text) };
  // Nobody listens on port 1.
  await using side = await listenInProcess(["--verify-back", "PEER@127.0.0.1:1"], world);
  await runInProcess(["-aet", "MODALITY", "127.0.0.1", `${side.port}`]);
  assert.match(
    await untilFound(() => /^The way back.*$/m.exec(out)?.[0]),
    /^The way back does not work: MODALITY .* verified us, PEER@127\.0\.0\.1:1 did not verify us back: .*nothing listens/,
  );
  let events = "";
  const json = ["--verify-back", "PEER@127.0.0.1:1", "--log-format", "json"];
  await using other = await listenInProcess(json, { onErr: (text) => void (events = text) });
  await runInProcess(["-aet", "MODALITY", "127.0.0.1", `${other.port}`]);
  const event = JSON.parse(await untilFound(() => /^.*"verify-back".*$/m.exec(events)?.[0]));
  assert.deepEqual([event.level, event.fields.toUs, event.fields.back], ["warn", true, false]);
  assert.equal(event.fields.situation, "port-refused");
});

Deno.test("what the answering side does needs --listen, and wrong words are refused", async () => {
  const errorOf = async (...args: string[]) =>
    /error: (.*)/.exec((await runInProcess(args)).stderr)?.[1] ?? "";
  assert.equal(await errorOf("--drop", "a", "1"), "--drop only allowed with --listen");
  for (
    const words of [
      ["--reject", "1/1"],
      ["--reject", "1/1/256"],
      ["--status", "122"],
      ["--accept-titles", "A,,B"],
      ["--verify-back", "host:104"],
      ["--verify-back", "A@b:70000"],
      ["--abort-after", "-1"],
    ]
  ) {
    assert.match(
      await errorOf(...words, "--listen", "0"),
      new RegExp(words[0] ?? ""),
      words.join(" "),
    );
  }
});
