import assert from "node:assert/strict";
import { closedPort, freePort } from "./ports.ts";

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test(`closedPort() refuses connections at ${hostname}, and nobody else can have it`, async () => {
    const returned: number[] = [];
    for (let count = 0; count < 5; count++) {
      const closed = await closedPort(hostname);
      const { port } = closed;
      await assert.rejects(Deno.connect({ hostname, port }), Deno.errors.ConnectionRefused);
      assert.throws(() => Deno.listen({ hostname, port }), Deno.errors.AddrInUse);
      closed.end();
      returned.push(port);
    }
    // The system may have given one of them to a program at work next to this one.
    assert.ok(returned.some((port) => canBeHad({ hostname, port })));
  });
}

function canBeHad(address: Deno.TcpListenOptions): boolean {
  try {
    Deno.listen(address).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.AddrInUse) return false;
    throw error;
  }
}

Deno.test("freePort() gives no port twice, and none that the system gives to others", () => {
  const ports = Array.from({ length: 500 }, () => freePort());
  assert.equal(new Set(ports).size, 500);
  assert.ok(ports.every((port) => port >= 20_000 && port < 32_000));
});
