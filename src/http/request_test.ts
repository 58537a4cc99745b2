/** Requests as they come, read by `node:http` and by us. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { JumpingClock } from "../../tests/support/jumping_clock.ts";
import { MemoryClient, type RawAnswer } from "../../tests/support/memory_http.ts";
import { listenInMemory } from "../../tests/support/memory_stream.ts";
import { serveHttp, textResponse } from "./server.ts";
import type { HttpRequest } from "./request.ts";

/** Serves requests for as long as `use` takes, and gives what was read of them. */
async function withServer(
  use: (send: (...pieces: readonly string[]) => Promise<RawAnswer>) => Promise<void>,
): Promise<readonly HttpRequest[]> {
  const clock = new JumpingClock();
  const listening = listenInMemory();
  const stop = new AbortController();
  const requests: HttpRequest[] = [];
  const done = serveHttp(listening, {
    answer(request) {
      requests.push(request);
      return Promise.resolve(textResponse(200, "well"));
    },
    maxConnections: 100,
    clock,
    signal: stop.signal,
    answered: () => {},
    dropped: () => {},
    failed: (error) => assert.fail(String(error)),
  });
  await use(async (...pieces) => {
    const client = new MemoryClient(listening);
    for (const piece of pieces) await client.send(piece);
    const answer = await client.answer();
    client.close();
    return answer;
  });
  stop.abort("SIGINT");
  await clock.until(done);
  return requests;
}

function head(...lines: readonly string[]): string {
  return [...lines, "", ""].join("\r\n");
}

Deno.test("a request of Prometheus is read", async () => {
  const [request] = await withServer(async (send) => {
    const lines = [
      "GET /probe?module=a%20b&target=pacs%3A104 HTTP/1.1",
      "Host: Exporter:9104",
      "User-Agent: Prometheus/2.42.0",
      "Accept: application/openmetrics-text;version=1.0.0,*/*;q=0.1",
      "Accept-Encoding: gzip",
      "X-Prometheus-Scrape-Timeout-Seconds: 10.000000",
    ];
    assert.equal((await send(head(...lines))).status, 200);
  });
  assert.ok(request);
  assert.equal(request.method, "GET");
  assert.equal(request.path, "/probe");
  assert.deepEqual([...request.query], [["module", "a b"], ["target", "pacs:104"]]);
  assert.equal(request.headers["x-prometheus-scrape-timeout-seconds"], "10.000000");
  assert.equal(request.host, "exporter");
  assert.equal(request.authority, "exporter:9104");
});

Deno.test("requests of odd but allowed shapes are read", async () => {
  const requests = await withServer(async (send) => {
    const shapes = [
      ["GET / HTTP/1.0"],
      ["HEAD /metrics HTTP/1.1", "host:a"],
      ["GET / HTTP/1.1", "Host: a", "X-Empty:", "Y:\t b\t ", "Z: \u00e4:b"],
      ["GET / HTTP/1.1", "Host: a", "Content-Length: 0"],
      ["GET / HTTP/1.1", "Host: a", "Expect: 100-continue"],
      ["GET / HTTP/1.1", "Host: a", "Expect: something"],
      ["GET / HTTP/1.1", "Host: a", "Connection: upgrade", "Upgrade: websocket"],
      ["GET /a?b?c=d HTTP/1.1", "Host: [::1]:9104", "x: 1", "X: 2"],
    ];
    for (const shape of shapes) assert.equal((await send(head(...shape))).status, 200, shape[0]);
    assert.equal((await send(`\r\n${head("GET / HTTP/1.0")}`)).status, 200);
  });
  const odd = requests.find(({ path }) => path === "/a");
  assert.equal(odd?.query.get("b?c"), "d");
  assert.equal(odd?.headers.x, "1, 2");
  assert.equal(odd?.host, "[::1]");
});

Deno.test("the host of an absolute target counts, not the Host field", async () => {
  const requests = await withServer(async (send) => {
    for (const target of ["http://Here:80/probe?target=x", "HTTP://here", "http://here?a=b"]) {
      const { status } = await send(head(`GET ${target} HTTP/1.1`, "Host: there"));
      assert.equal(status, 200, target);
    }
  });
  assert.deepEqual(requests.map(({ host, path }) => [host, path]), [
    ["here", "/probe"],
    ["here", "/"],
    ["here", "/"],
  ]);
  assert.equal(requests[0]?.query.get("target"), "x");
});

Deno.test("what cannot be answered is refused with one sentence", async () => {
  const host = "Host: a";
  const cases: readonly (readonly [number, readonly string[]])[] = [
    [400, ["GET"]],
    [505, ["GET /"]],
    [400, ["get / HTTP/1.1", host]],
    [400, ["GET /\u00e4 HTTP/1.1", host]],
    [400, ["GET /a b HTTP/1.1", host]],
    [400, ["GET https://a/ HTTP/1.1", host]],
    [400, ["GET * HTTP/1.1", host]],
    [400, ["GET /a#b HTTP/1.1", host]],
    [400, ["GET / HTTP/1.1"]],
    [400, ["GET / HTTP/1.1", "Host:"]],
    [400, ["GET / HTTP/1.1", "Host: a/b"]],
    [400, ["GET http://a@b/ HTTP/1.1", host]],
    [400, ["GET http:/// HTTP/1.1", host]],
    [400, ["GET / HTTP/1.1", host, "Host: b"]],
    [400, ["GET / HTTP/1.1", host, "a b: c"]],
    [400, ["GET / HTTP/1.1", host, "nothing"]],
    [400, ["GET / HTTP/1.1", host, "a: b\u0000"]],
    [400, ["GET / HTTP/1.1", host, "a: b\rc: d"]],
    [400, ["GET / HTTP/1.1", host, "Content-Length: 5"]],
    [400, ["GET / HTTP/1.1", host, "Content-Length: x"]],
    [400, ["GET / HTTP/1.1", host, "Content-Length: 0", "Content-Length: 0"]],
    [400, ["GET / HTTP/1.1", host, "Transfer-Encoding: chunked"]],
    [405, ["POST / HTTP/1.1", host]],
    [405, ["CONNECT a:1 HTTP/1.1", host]],
    [505, ["GET / HTTP/2.0", host]],
    [505, ["GET / HTTP/0.9", host]],
    [431, ["GET / HTTP/1.1", host, `X: ${"y".repeat(8192)}`]],
    [431, [`GET /${"y".repeat(8192)} HTTP/1.1`, host]],
  ];
  await withServer(async (send) => {
    for (const [status, lines] of cases) {
      const answer = await send(head(...lines));
      const what = lines.join("|").slice(0, 60);
      assert.equal(answer.status, status, `${what}: ${answer.head}`);
      assert.match(answer.body, /^[^\n]+\n$/, what);
      assert.match(answer.head, /\r\nConnection: close\r\n/);
    }
  });
});

Deno.test("a HEAD request gets no body, however malformed it is", async () => {
  await withServer(async (send) => {
    for (
      const pieces of [
        [head("HEAD / HTTP/1.1", "Host: a", "a b: c")],
        ["HE", "AD / HTTP/1.1\r\n", "\u0001\r\n"],
        [head("HEAD / HTTP/1.1")],
        [head("HEAD / HTTP/2.0", "Host: a")],
        [head("HEAD / HTTP/1.1", `X: ${"y".repeat(9000)}`)],
      ]
    ) {
      const { status, body } = await send(...pieces);
      assert.ok(status >= 400, `${status}`);
      assert.equal(body, "");
    }
  });
});

Deno.test("a head that took cubic time by a pattern takes none", async () => {
  await withServer(async (send) => {
    for (let times = 0; times < 100; times++) {
      const answer = await send(head("GET / HTTP/1.1", "Host: x", `X:${" ".repeat(8000)}\u0001`));
      assert.equal(answer.status, 400);
    }
  });
});

Deno.test("one request is served for each connection, whatever comes after it", async () => {
  const requests = await withServer(async (send) => {
    const one = head("GET /a HTTP/1.1", "Host: a");
    const { status, body } = await send(one.repeat(300));
    assert.deepEqual([status, body], [200, "well\n"]);
  });
  assert.equal(requests.length, 1);
});

Deno.test("any bytes are met with an answer or a closed connection", async () => {
  const pieces = fc.array(
    fc.oneof(
      fc.string({ unit: "binary-ascii", maxLength: 40 }),
      fc.constantFrom("GET ", "HEAD ", "/ ", "HTTP/1.1", "\r\n", "\r\n\r\n", "Host: a", ": ", "\0"),
    ),
    { maxLength: 12 },
  );
  await withServer(async (send) => {
    await fc.assert(
      fc.asyncProperty(pieces, async (words) => {
        // Ended by what no head may have, so that none is waited for.
        const { status } = await send(words.join(""), "\r\n\u0000\r\n\r\n");
        assert.ok(status === 200 || status >= 400, `${status}`);
      }),
      { numRuns: 200 },
    );
    assert.equal((await send(head("GET / HTTP/1.0"))).status, 200);
  });
});
