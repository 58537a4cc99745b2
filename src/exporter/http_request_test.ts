import assert from "node:assert/strict";
import fc from "fast-check";
import { headEnd, parseHead } from "./http_request.ts";

function parse(...lines: readonly string[]) {
  const bytes = Uint8Array.from(
    [...lines, "", ""].join("\r\n"),
    (character) => character.charCodeAt(0),
  );
  assert.equal(headEnd(bytes), bytes.length);
  return parseHead(bytes);
}

/** The status a request is refused with; 200 when it is not. */
function statusOf(...lines: readonly string[]): number {
  const head = parse(...lines);
  return "problem" in head ? head.status : 200;
}

Deno.test("parseHead() reads what Prometheus sends", () => {
  const request = parse(
    "GET /probe?module=a%20b&target=pacs%3A104 HTTP/1.1",
    "Host: exporter:9104",
    "User-Agent: Prometheus/2.42.0",
    "Accept: application/openmetrics-text;version=1.0.0,*/*;q=0.1",
    "Accept-Encoding: gzip",
    "X-Prometheus-Scrape-Timeout-Seconds: 10.000000",
  );
  assert.ok(!("problem" in request));
  assert.equal(request.method, "GET");
  assert.equal(request.path, "/probe");
  assert.deepEqual([...request.query], [["module", "a b"], ["target", "pacs:104"]]);
  assert.equal(request.headers.get("x-prometheus-scrape-timeout-seconds"), "10.000000");
  assert.equal(request.headers.get("host"), "exporter:9104");
});

Deno.test("parseHead() takes HTTP/1.0 without Host, HEAD, and fields of odd shapes", () => {
  assert.equal(statusOf("GET / HTTP/1.0"), 200);
  assert.equal(statusOf("HEAD /metrics HTTP/1.1", "host:a"), 200);
  assert.equal(statusOf("GET / HTTP/1.1", "Host: a", "X-Empty:", "Y:\t b\t ", "Z: \u00e4:b"), 200);
  assert.equal(statusOf("GET / HTTP/1.1", "Host: a", "Content-Length: 0"), 200);
  const request = parse("GET /a?b?c=d HTTP/1.1", "Host: a", "x: 1", "X: 2");
  assert.ok(!("problem" in request));
  assert.equal(request.query.get("b?c"), "d");
  assert.equal(request.headers.get("x"), "1, 2");
});

Deno.test("parseHead() refuses what it does not understand", () => {
  const host = "Host: a";
  const cases: readonly (readonly [number, readonly string[]])[] = [
    [400, [""]],
    [400, ["GET"]],
    [400, ["GET /"]],
    [400, ["GET  / HTTP/1.1", host]],
    [400, ["get / HTTP/1.1", host]],
    [400, ["GET / HTTP/1.1 ", host]],
    [400, ["GET /\u00e4 HTTP/1.1", host]],
    [400, ["GET /a b HTTP/1.1", host]],
    [400, ["GET http://a/ HTTP/1.1", host]],
    [400, ["GET * HTTP/1.1", host]],
    [400, ["GET /a#b HTTP/1.1", host]],
    [400, ["GET / HTTP/1.1"]],
    [400, ["GET / HTTP/1.1", host, "Host: b"]],
    [400, ["GET / HTTP/1.1", host, " folded"]],
    [400, ["GET / HTTP/1.1", host, "a b: c"]],
    [400, ["GET / HTTP/1.1", host, "nothing"]],
    [400, ["GET / HTTP/1.1", host, "a: b\u0000"]],
    [400, ["GET / HTTP/1.1", host, "a: b\rc: d"]],
    [400, ["GET / HTTP/1.1", host, "a: b\nc: d"]],
    [400, ["GET / HTTP/1.1", host, "Content-Length: 5"]],
    [400, ["GET / HTTP/1.1", host, "Content-Length: 0", "Content-Length: 0"]],
    [400, ["GET / HTTP/1.1", host, "Transfer-Encoding: chunked"]],
    [405, ["POST / HTTP/1.1", host]],
    [405, ["CONNECT / HTTP/1.1", host]],
    [505, ["GET / HTTP/2.0", host]],
    [505, ["GET / HTTP/0.9", host]],
    [400, ["\u0016\u0003\u0001 TLS"]],
  ];
  for (const [status, lines] of cases) assert.equal(statusOf(...lines), status, lines.join("|"));
});

Deno.test("headEnd() finds the empty line only", () => {
  const end = (text: string) => headEnd(new TextEncoder().encode(text));
  assert.equal(end("GET / HTTP/1.1\r\n\r\nmore"), 18);
  assert.equal(end("\r\n\r\n"), 4);
  for (
    const text of ["", "\n\n", "\r\n\r", "\r\n", "a\n\r\n\rb", "GET / HTTP/1.1\r\nHost: a\r\n"]
  ) {
    assert.equal(end(text), undefined, JSON.stringify(text));
  }
});

Deno.test("parseHead() answers any bytes with a request or a refusal", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const head = new Uint8Array([...bytes, 13, 10, 13, 10]);
      const parsed = parseHead(head);
      assert.ok("problem" in parsed ? parsed.status >= 400 : parsed.path.startsWith("/"));
    }),
    { numRuns: 500 },
  );
});
