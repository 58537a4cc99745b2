import assert from "node:assert/strict";
import { closedPort, freePort } from "./ports.ts";

for (const hostname of ["127.0.0.1", "::1"]) {
  Deno.test(`closedPort() refuses connections at ${hostname}, and nobody else can have it`, async () => {
    const closed = await closedPort(hostname);
    const { port } = closed;
    await assert.rejects(Deno.connect({ hostname, port }), Deno.errors.ConnectionRefused);
    assert.throws(() => Deno.listen({ hostname, port }), Deno.errors.AddrInUse);
    closed.end();
    using again = Deno.listen({ hostname, port });
    assert.equal(again.addr.port, port);
  });
}

Deno.test("freePort() gives no port twice, and none that the system gives to others", () => {
  const ports = Array.from({ length: 500 }, () => freePort());
  assert.equal(new Set(ports).size, 500);
  assert.ok(ports.every((port) => port >= 20_000 && port < 32_000));
});
