import assert from "node:assert/strict";
import { exporter } from "../../tests/support/memory_exporter.ts";
import { hostProblem, ownHosts } from "./access.ts";
import type { HttpRequest } from "./request.ts";

function asked(host: string | undefined): HttpRequest {
  return {
    method: "GET",
    path: "/",
    query: new URLSearchParams(),
    headers: {},
    host,
    authority: host,
  };
}

const OWN = { name: "this exporter", option: "--exporter-host" };

function answered(
  local: string,
  given: readonly string[] = [],
  address: string | undefined = local,
): (host: string | undefined) => boolean {
  const own = ownHosts({ host: local, port: 9711 }, { given, address, machine: "mon1.lan" });
  return (host) => hostProblem(asked(host), own, OWN) === undefined;
}

Deno.test("an exporter on one address is called by that address, its name, and what it was given", () => {
  const isAnswered = answered("10.1.2.3", ["exporter.lan"]);
  for (const host of ["10.1.2.3", "mon1.lan", "mon1.lan.", "exporter.lan", undefined]) {
    assert.ok(isAnswered(host), host);
  }
  for (
    const host of ["evil.example", "10.1.2.4", "localhost", "010.1.2.3", "10.1.2.3.evil.example"]
  ) {
    assert.ok(!isAnswered(host), host);
  }
  assert.ok(answered("10.1.2.3", [], "Name.lan")("name.lan"));
});

Deno.test("an exporter on loopback is called localhost, and not by the machine's name", () => {
  for (const [local, other] of [["127.0.0.1", "127.0.0.1"], ["::1", "[0:0::1]"]] as const) {
    const isAnswered = answered(local);
    assert.ok(isAnswered("localhost"));
    assert.ok(isAnswered(other));
    assert.ok(!isAnswered("mon1.lan"));
    assert.ok(!isAnswered("rebound.example"));
  }
});

Deno.test("an exporter on all addresses is called by any address, but by no name that is not its own", () => {
  for (const local of ["::", "0.0.0.0"]) {
    const isAnswered = answered(local, [], undefined);
    for (const host of ["10.1.2.3", "[2001:db8::1]", "localhost", "mon1.lan"]) {
      assert.ok(isAnswered(host), host);
    }
    for (const host of ["evil.example", "mon1", "2130706433", "0x7f.1"]) {
      assert.ok(!isAnswered(host), host);
    }
  }
});

Deno.test("a star lets an exporter be called by any name", () => {
  assert.ok(answered("10.1.2.3", ["*"])("any.example"));
});

Deno.test("a request by a name that is not ours is answered 421, whatever it asks for", async () => {
  const { send, checked, events, end } = await exporter();
  for (const path of ["/", "/metrics", "/probe?target=archive", "/nothing"]) {
    for (
      const text of [
        `GET ${path} HTTP/1.1\r\nHost: rebound.example\r\n\r\n`,
        `GET http://rebound.example${path} HTTP/1.1\r\nHost: exporter\r\n\r\n`,
      ]
    ) {
      const { status, body } = await send(text);
      assert.equal(status, 421, text);
      assert.match(body, /^this exporter is not known by .*--exporter-host\n$/);
    }
  }
  assert.equal(checked.length, 0);
  assert.ok(events.every((event) => event.type === "refused" && event.status === 421));
  await end();
});

Deno.test("no probe is made for a page of another site", async () => {
  const { ask, checked, end } = await exporter();
  const foreign = [
    "Origin: http://evil.example",
    "Origin: null",
    "Origin: http://exporter:81",
    "Origin: http://exporter.evil.example",
    "Sec-Fetch-Site: cross-site",
    "Sec-Fetch-Site: same-site",
  ];
  for (const header of foreign) {
    const { status, body } = await ask("/probe?target=archive", header);
    assert.deepEqual(
      [header, status, body],
      [header, 403, "another site asks for this: open the address by itself\n"],
    );
  }
  assert.equal(checked.length, 0);
  const own = ["Origin: http://exporter", "Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"];
  for (const header of own) {
    assert.equal((await ask("/probe?target=archive", header)).status, 200, header);
  }
  for (const header of foreign) assert.equal((await ask("/metrics", header)).status, 200);
  assert.equal(checked.length, own.length);
  await end();
});
