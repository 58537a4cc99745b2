import assert from "node:assert/strict";
import { startScriptedPeer } from "./scripted_peer.ts";
import type { Step } from "./script.ts";

const RELEASE_RQ = "05000000000400000000";
const RELEASE_RP = "06000000000400000000";

/** Plays `steps` against a client that sends `hex`, reads until the end (or reads nothing) and closes. */
async function converse(steps: readonly Step[], hex: string) {
  await using peer = await startScriptedPeer(steps);
  const client = await Deno.connect({ hostname: peer.host, port: peer.port });
  await client.write(Uint8Array.fromHex(hex));
  await client.closeWrite();
  const got: number[] = [];
  let reset = false;
  const buffer = new Uint8Array(4096);
  for (let open = true; open;) {
    const count = await client.read(buffer).catch(() => null);
    reset = count === null && got.length === 0;
    if (count === null) open = false;
    else got.push(...buffer.subarray(0, count));
  }
  client.close();
  return { got: new Uint8Array(got).toHex(), reset, transcript: await peer.first() };
}

Deno.test("a scripted peer answers when the client keeps to the script", async () => {
  const steps = [{ expect: "A-RELEASE-RQ" }, { send: RELEASE_RP }, { expect: "close" }];
  const { got, transcript } = await converse(steps, RELEASE_RQ);
  assert.equal(got, RELEASE_RP);
  assert.equal(transcript.broken, undefined);
  assert.equal(transcript.end, "fin");
  assert.deepEqual(transcript.received.map(({ pdu }) => pdu), ["A-RELEASE-RQ"]);
});

Deno.test("a scripted peer says what the client did against the script", async () => {
  const { transcript } = await converse([{ expect: "P-DATA-TF" }], RELEASE_RQ);
  assert.equal(transcript.broken, "Expected P-DATA-TF, got A-RELEASE-RQ");
  const early = await converse([{ expect: "PDU" }, { expect: "PDU" }], RELEASE_RQ);
  assert.equal(early.transcript.broken, "Expected PDU, but the client ended (fin)");
});

Deno.test("a scripted peer ends well when an optional expectation meets the end", async () => {
  const { transcript } = await converse([{ expect: "PDU", optional: true }], "");
  assert.equal(transcript.broken, undefined);
});

Deno.test("a scripted peer records bytes that are no whole PDU", async () => {
  const { transcript } = await converse([{ expect: "eof" }], `${RELEASE_RQ}0102`);
  assert.deepEqual(transcript.received.map(({ pdu }) => pdu), ["A-RELEASE-RQ", "bytes"]);
});

Deno.test("a scripted peer finds unexpected bytes before the close", async () => {
  const { transcript } = await converse([{ expect: "close" }], "0102");
  assert.equal(transcript.broken, "The client sent 2 more bytes");
});

Deno.test("a scripted peer sends in pieces", async () => {
  const { got } = await converse([{ expect: "PDU" }, { send: RELEASE_RP, chunk: 3 }], RELEASE_RQ);
  assert.equal(got, RELEASE_RP);
});

Deno.test("a scripted peer can refuse connections", async () => {
  await using peer = await startScriptedPeer([], { mode: "refuse" });
  await assert.rejects(
    () => Deno.connect({ hostname: peer.host, port: peer.port }),
    Deno.errors.ConnectionRefused,
  );
});

Deno.test("a scripted peer can break the connection off", async () => {
  const { got, reset } = await converse([{ expect: "PDU" }, { send: "rst" }], RELEASE_RQ);
  assert.equal(got, "");
  assert.ok(reset);
});
