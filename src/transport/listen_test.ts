import assert from "node:assert/strict";
import { type Acceptor, listenBy, type ListenHost } from "./listen.ts";
import type { Listening, ListenPlace } from "./types.ts";

type Accepted = Deno.TcpConn | Error;

/** A socket that is given what it accepts. */
class FakeAcceptor implements Acceptor {
  readonly addr: Deno.NetAddr;
  isClosed = false;
  accepts = 0;
  readonly #waiting: Accepted[];
  #wake: (() => void) | undefined;

  constructor(hostname: string, port: number, accepted: readonly Accepted[] = []) {
    this.addr = { transport: "tcp", hostname, port };
    this.#waiting = [...accepted];
  }

  give(one: Accepted): void {
    this.#waiting.push(one);
    this.#wake?.();
  }

  async accept(): Promise<Deno.TcpConn> {
    this.accepts += 1;
    while (this.#waiting.length === 0 && !this.isClosed) {
      await new Promise<void>((resolve) => this.#wake = resolve);
    }
    const next = this.#waiting.shift();
    if (next === undefined) throw new Deno.errors.BadResource("Listener has been closed");
    if (next instanceof Error) throw next;
    return next;
  }

  close(): void {
    this.isClosed = true;
    this.#wake?.();
  }
}

function failure(code: string): Error {
  return Object.assign(new Error(`${code} (os error 1)`), { code });
}

/** A connection of which only the addresses count; closing it is noted. */
function connection(port: number, changes: Partial<Deno.TcpConn> = {}): Deno.TcpConn {
  const address = { transport: "tcp" as const, hostname: "192.0.2.1", port };
  return {
    localAddr: address,
    remoteAddr: address,
    setNoDelay() {},
    close() {},
    ...changes,
  } as unknown as Deno.TcpConn;
}

function host(
  os: ListenHost["os"],
  open: (hostname: string, port: number) => FakeAcceptor,
): ListenHost {
  return { os, listen: ({ hostname, port }) => open(hostname, port) };
}

function anywhere(port: number): ListenPlace {
  return { address: undefined, port };
}

async function ports(listening: Listening, count: number): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { remote } of listening.connections) {
    found.push(remote.port);
    if (found.length === count) break;
  }
  listening.close();
  return found;
}

Deno.test("listen() accepts at once after connections that were reset before", async () => {
  const resets = Array.from(
    { length: 5000 },
    (_, at) => at % 2 === 0 ? failure("ENOTCONN") : failure("ECONNABORTED"),
  );
  const acceptor = new FakeAcceptor("::", 1, [...resets, connection(7)]);
  const said: string[] = [];
  const options = { onShortage: (text: string) => said.push(text) };
  const began = performance.now();
  const listening = await listenBy(host("linux", () => acceptor), { place: anywhere(1), options });
  assert.deepEqual(await ports(listening, 1), [7]);
  // A pause of 50 ms for each would take four minutes.
  assert.ok(performance.now() - began < 60_000);
  assert.deepEqual(said, []);
});

Deno.test("listen() says once that descriptors are lacking, and goes on when there are some", async () => {
  const acceptor = new FakeAcceptor("::", 1, [
    ...[failure("EMFILE"), failure("EMFILE"), connection(1), failure("EMFILE"), connection(2)],
  ]);
  const said: string[] = [];
  const options = { onShortage: (text: string) => said.push(text) };
  const listening = await listenBy(host("linux", () => acceptor), { place: anywhere(1), options });
  assert.deepEqual(await ports(listening, 2), [1, 2]);
  assert.deepEqual(said, ["Too many open files"]);
});

Deno.test("listen() pauses for every lack of the system's own", async () => {
  for (const code of ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"]) {
    const acceptor = new FakeAcceptor("::", 1, [failure(code), connection(1)]);
    const said: string[] = [];
    const options = { onShortage: (text: string) => said.push(text) };
    const listening = await listenBy(host("linux", () => acceptor), {
      place: anywhere(1),
      options,
    });
    assert.deepEqual(await ports(listening, 1), [1]);
    assert.equal(said.length, 1, code);
  }
});

Deno.test("listen() closes a connection that cannot be set up", async () => {
  let closed = 0;
  const broken = connection(1, {
    setNoDelay() {
      throw failure("ENOTCONN");
    },
    close: () => void (closed += 1),
  });
  const acceptor = new FakeAcceptor("::", 1, [broken, connection(2)]);
  const listening = await listenBy(host("linux", () => acceptor), { place: anywhere(1) });
  assert.deepEqual(await ports(listening, 1), [2]);
  assert.equal(closed, 1);
});

Deno.test("listen() takes IPv6 and IPv4 on Windows by a socket each, on one port", async () => {
  const opened: FakeAcceptor[] = [];
  const windows = host("windows", (hostname, port) => {
    const acceptor = new FakeAcceptor(hostname, port === 0 ? 4711 : port);
    opened.push(acceptor);
    return acceptor;
  });
  const listening = await listenBy(windows, { place: anywhere(0) });
  assert.deepEqual(opened.map(({ addr }) => [addr.hostname, addr.port]), [
    ["::", 4711],
    ["0.0.0.0", 4711],
  ]);
  assert.deepEqual(listening.local, { host: "::", port: 4711 });
  const [six, four] = opened;
  six?.give(connection(6));
  four?.give(connection(4));
  assert.deepEqual([...await ports(listening, 2)].sort(), [4, 6]);
  assert.ok(opened.every(({ isClosed }) => isClosed));
});

Deno.test("listen() makes do on Windows with the one family there is", async () => {
  for (const only of ["::", "0.0.0.0"]) {
    const windows = host("windows", (hostname, port) => {
      if (hostname !== only) throw failure("EAFNOSUPPORT");
      return new FakeAcceptor(hostname, port, [connection(1)]);
    });
    const listening = await listenBy(windows, { place: anywhere(104) });
    assert.equal(listening.local.host, only);
    assert.deepEqual(await ports(listening, 1), [1]);
  }
});

Deno.test("listen() fails on Windows where either family's port is taken", async () => {
  for (const taken of ["::", "0.0.0.0"]) {
    const opened: FakeAcceptor[] = [];
    const windows = host("windows", (hostname, port) => {
      if (hostname === taken) throw new Deno.errors.AddrInUse("taken");
      opened.push(new FakeAcceptor(hostname, port));
      return opened.at(-1) ?? assert.fail();
    });
    await assert.rejects(listenBy(windows, { place: anywhere(104) }), {
      name: "ListenError",
    });
    assert.ok(opened.every(({ isClosed }) => isClosed));
  }
});

Deno.test("listen() looks on Windows for a port that is free for both families", async () => {
  let next = 5000;
  const windows = host("windows", (hostname, port) => {
    if (hostname === "0.0.0.0" && port < 5002) throw new Deno.errors.AddrInUse("taken");
    return new FakeAcceptor(hostname, port === 0 ? next++ : port);
  });
  const listening = await listenBy(windows, { place: anywhere(0) });
  assert.equal(listening.local.port, 5002);
  listening.close();
});

Deno.test("listen() opens one socket for a given address, on Windows too", async () => {
  const opened: string[] = [];
  const windows = host("windows", (hostname, port) => {
    opened.push(hostname);
    return new FakeAcceptor(hostname, port);
  });
  for (const address of ["127.0.0.1", "::"]) {
    (await listenBy(windows, { place: { address, port: 1 } })).close();
  }
  assert.deepEqual(opened, ["127.0.0.1", "::"]);
});

Deno.test("listen() lets those that it accepted have their turn in a flood of others", async () => {
  const flood = Array.from({ length: 500 }, (_, at) => connection(at + 1));
  const acceptor = new FakeAcceptor("::", 1, flood);
  const listening = await listenBy(host("linux", () => acceptor), { place: anywhere(1) });
  let seen = 0;
  const { promise: turn, resolve } = Promise.withResolvers<number>();
  setTimeout(() => resolve(seen), 0);
  for await (const _ of listening.connections) {
    seen += 1;
    if (seen === flood.length) break;
  }
  assert.ok(await turn < 100, `${await turn} before anybody else`);
  listening.close();
});
