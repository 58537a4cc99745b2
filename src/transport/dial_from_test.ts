import assert from "node:assert/strict";
import { dial, DialError } from "./mod.ts";
import type { ByteStream, SourceAddress } from "./types.ts";

/** A listener that writes what it is sent back, and what it sees of those who call. */
function listenAt(hostname = "127.0.0.1") {
  const listener = Deno.listen({ hostname, port: 0 });
  const seen: Deno.NetAddr[] = [];
  const done = (async () => {
    for await (const conn of listener) {
      seen.push(conn.remoteAddr as Deno.NetAddr);
      await conn.readable.pipeTo(conn.writable).catch(() => {});
    }
  })();
  const { port } = listener.addr as Deno.NetAddr;
  return {
    port,
    seen,
    async [Symbol.asyncDispose]() {
      listener.close();
      await done;
    },
  };
}

function from(source: SourceAddress, port: number, host = "127.0.0.1"): Promise<ByteStream> {
  return dial({ host, port, family: "any", connectTimeoutSeconds: 5, source });
}

async function refusal(attempt: Promise<ByteStream>): Promise<DialError> {
  const error = await attempt.then((stream) => stream.close(), (error: unknown) => error);
  assert.ok(error instanceof DialError);
  return error;
}

/** Loopback has more than one address on Linux only. */
const ANOTHER = Deno.build.os === "linux" ? "127.0.0.5" : "127.0.0.1";

Deno.test("dial() from an address of one's choice: the peer sees it, and bytes go both ways", async () => {
  await using peer = listenAt();
  const stream = await from({ address: ANOTHER }, peer.port);
  assert.equal(stream.local.host, ANOTHER);
  assert.deepEqual(stream.remote, { host: "127.0.0.1", port: peer.port });
  const writer = stream.writable.getWriter();
  const sent = crypto.getRandomValues(new Uint8Array(50_000));
  const written = writer.write(sent).then(() => writer.close());
  const got = new Uint8Array(await new Response(stream.readable).arrayBuffer());
  await written;
  assert.deepEqual(got, sent);
  assert.equal(stream.ending, "fin");
  stream.close();
  assert.equal(peer.seen[0]?.hostname, ANOTHER);
});

Deno.test("dial() from an address: what comes after the reader has gone disturbs nobody", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const stream = await from({ address: ANOTHER }, (listener.addr as Deno.NetAddr).port);
  using peer = await listener.accept();
  await stream.readable.cancel();
  await peer.write(new Uint8Array(1000));
  await peer.closeWrite();
  while (stream.ending === undefined) await new Promise((done) => setTimeout(done, 5));
  assert.equal(stream.ending, "fin");
  stream.close();
});

Deno.test("dial() from an address says what is wrong with it", async () => {
  await using peer = listenAt();
  const elsewhere = await refusal(from({ address: "192.0.2.77" }, peer.port));
  assert.equal(elsewhere.reason, "source-address");
  assert.match(
    elsewhere.message,
    /^192\.0\.2\.77 is not an address of this machine, which has .*127\.0\.0\.1/,
  );
  const other = await refusal(from({ address: "::1" }, peer.port));
  assert.equal(
    other.message,
    "127.0.0.1 has no IPv6 address, which the source address ::1 needs",
  );
  const taken = await refusal(from({ address: "127.0.0.1", port: peer.port }, peer.port));
  assert.match(taken.message, /is in use/);
});

Deno.test("dial() from an address fails as it does without where the peer is to blame", async () => {
  const closed = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = closed.addr as Deno.NetAddr;
  closed.close();
  const error = await refusal(from({ address: ANOTHER }, port));
  assert.deepEqual([error.reason, error.message], ["refused", "Connection refused"]);
});

Deno.test("dial() from an address ends with the reason of its signal", async () => {
  await using peer = listenAt();
  const signal = AbortSignal.abort("enough");
  const target = { host: "127.0.0.1", port: peer.port, family: "any" } as const;
  const attempt = dial(
    { ...target, connectTimeoutSeconds: 5, source: { address: ANOTHER } },
    signal,
  );
  assert.equal(await attempt.catch((error: unknown) => error), "enough");
});
