import assert from "node:assert/strict";
import { startScriptedPeer } from "../../tests/support/scripted_peer.ts";
import type { Step } from "../../tests/support/script.ts";
import { dial } from "./dial.ts";
import { SocketError } from "./system_text.ts";
import { tcpStream } from "./tcp_stream.ts";
import type { ByteStream } from "./types.ts";

async function withPeer(
  steps: readonly Step[],
  use: (stream: ByteStream) => Promise<void>,
): Promise<void> {
  await using peer = await startScriptedPeer(steps);
  const { host, port } = peer;
  const stream = await dial({ host, port, family: "any", connectTimeoutSeconds: undefined });
  try {
    await use(stream);
  } finally {
    stream.close();
  }
}

async function allOf(stream: ByteStream): Promise<string> {
  let hex = "";
  for await (const chunk of stream.readable.values({ preventCancel: true })) hex += chunk.toHex();
  return hex;
}

Deno.test("tcpStream() gives what came, then its end, and why it ended", async () => {
  await withPeer([{ send: "0102" }, { send: "shutdown" }, { expect: "eof" }], async (stream) => {
    assert.equal(stream.ending, undefined);
    assert.equal(await allOf(stream), "0102");
    assert.equal(stream.ending, "fin");
  });
});

Deno.test("tcpStream() ends, and does not fail, when the peer resets", async () => {
  await withPeer([{ expect: "bytes 1" }, { send: "rst" }], async (stream) => {
    const writer = stream.writable.getWriter();
    await writer.write(Uint8Array.of(1));
    assert.equal(await allOf(stream), "");
    assert.equal(stream.ending, "reset");
    const failed = await writer.write(Uint8Array.of(2)).then(() => undefined, (error) => error);
    assert.ok(failed instanceof SocketError);
  });
});

Deno.test("tcpStream() ends when we close it", async () => {
  await withPeer([{ expect: "eof" }], async (stream) => {
    const reading = allOf(stream);
    stream.close();
    assert.equal(await reading, "");
    assert.equal(stream.ending, "closed");
  });
});

Deno.test("tcpStream() keeps no more than came: single bytes cost single bytes", async () => {
  await withPeer([{ send: "010203", chunk: 1, gapMs: 5 }, { send: "close" }], async (stream) => {
    const reader = stream.readable.getReader();
    let total = 0;
    for (let read = await reader.read(); !read.done; read = await reader.read()) {
      assert.equal(read.value.buffer.byteLength, read.value.length);
      total += read.value.length;
    }
    assert.equal(total, 3);
  });
});

Deno.test("tcpStream() writes all of a long chunk", async () => {
  const length = 200_000;
  await withPeer(
    [{ expect: `bytes ${length}` }, { send: "06" }, { send: "close" }],
    async (stream) => {
      await stream.writable.getWriter().write(new Uint8Array(length));
      assert.equal(await allOf(stream), "06");
    },
  );
});

/** A connection as on Windows: what came before a reset is there for a read that waits, and for no other. */
class WindowsConn {
  #waiting: ((bytes: number) => void) | undefined;
  #isReset = false;
  readonly localAddr = { transport: "tcp", hostname: "127.0.0.1", port: 1 } as const;
  readonly remoteAddr = this.localAddr;

  setNoDelay(): void {}

  close(): void {}

  read(into: Uint8Array): Promise<number> {
    if (this.#isReset) return Promise.reject(new Deno.errors.ConnectionReset(""));
    into[0] = 7;
    return new Promise((resolve) => this.#waiting = resolve);
  }

  /** One byte comes, and then a reset. */
  answerAndReset(): void {
    this.#waiting?.(1);
    this.#isReset = true;
  }
}

Deno.test("tcpStream() that reads ahead has what came before a reset that takes it away", async () => {
  const seen = async (readAhead: number) => {
    const conn = new WindowsConn();
    const stream = tcpStream(conn as unknown as Deno.TcpConn, readAhead);
    await Promise.resolve();
    conn.answerAndReset();
    return [await allOf(stream), stream.ending];
  };
  assert.deepEqual(await seen(1), ["07", "reset"]);
  assert.deepEqual(await seen(0), ["", "reset"]);
});
