import assert from "node:assert/strict";
import { loadPeerList } from "./peer_list.ts";
import { problemLine } from "./problem.ts";
import { OPTIONS } from "./testing.ts";
import type { PlanPeer } from "./types.ts";

function load(text: string) {
  return loadPeerList("list", {
    content: new TextEncoder().encode(text),
    readFile: () => ({ error: "missing" }),
    options: { ...OPTIONS, calledAeTitle: "GENERAL" },
  });
}

/** The peers as `name host port title tags`. */
function peersOf(text: string): readonly string[] {
  const outcome = load(text);
  if (outcome.kind !== "plan") return problemsOf(text);
  return outcome.plan.peers.map(({ name, check, tags }: PlanPeer) =>
    [name, check.target.host, check.target.port, check.calledAeTitle, ...tags].join(" ")
  );
}

function problemsOf(text: string): readonly string[] {
  const outcome = load(text);
  return outcome.kind === "problems" ? outcome.problems.map(problemLine) : [outcome.kind];
}

Deno.test("loadPeerList() reads host, port and called title, blank lines and comments left out", () => {
  const text = `# the archive
pacs 104
\tpacs   11112  ARCHIVE  # its other port
::1 104\r

[::1] 105 SIX
`;
  assert.deepEqual(peersOf(text), [
    "pacs:104 pacs 104 GENERAL",
    "ARCHIVE@pacs:11112 pacs 11112 ARCHIVE",
    "[::1]:104 ::1 104 GENERAL",
    "SIX@[::1]:105 [::1] 105 SIX",
  ]);
});

Deno.test("loadPeerList() reads targets of one word, also next to other lines", () => {
  const text = `PACS1@10.1.2.3:104 # the archive
  MY PACS@[::1]:105
pacs:11112
pacs 104 A@b:1
A,B@pacs:104
`;
  assert.deepEqual(peersOf(text), [
    "PACS1@10.1.2.3:104 10.1.2.3 104 PACS1",
    "MY PACS@[::1]:105 [::1] 105 MY PACS",
    "pacs:11112 pacs 11112 GENERAL",
    "A@b:1@pacs:104 pacs 104 A@b:1",
    "A,B@pacs:104 pacs 104 A,B",
  ]);
  assert.deepEqual(peersOf("A,B@pacs:104"), ["A,B@pacs:104 pacs 104 A,B"]);
  const [first = "", second = ""] = problemsOf("x 104\n ABC@pacs:70000\nABCDEFGHIJKLMNOPQ@h:1");
  assert.match(first, /^list:2:11: .*70000 is too large/);
  assert.match(second, /^list:3:1: .*ABCDEFGHIJKLMNOPQ/);
});

Deno.test("loadPeerList() takes words for what they are, also where YAML would see something else", () => {
  assert.deepEqual(peersOf("null 104 true\n127.0.0.1 0104 0815\n"), [
    "true@null:104 null 104 true",
    "0815@127.0.0.1:104 127.0.0.1 104 0815",
  ]);
});

Deno.test("loadPeerList() reads CSV by its header line, in any order and case", () => {
  const text = `Port, HOST ,name,called,tags,note,contact,calling
104,pacs,"The ""old"" archive, cellar",ARCHIVE,pacs night;old,"a, b",4711,ME
# a comment
105,ct1,,,,,,
`;
  assert.deepEqual(peersOf(text), [
    'The "old" archive, cellar pacs 104 ARCHIVE pacs night old',
    "ct1:105 ct1 105 GENERAL",
  ]);
  const outcome = load(text);
  assert.ok(outcome.kind === "plan");
  const [peer] = outcome.plan.peers;
  assert.deepEqual([peer?.note, peer?.contact, peer?.check.callingAeTitle], ["a, b", "4711", "ME"]);
});

Deno.test("loadPeerList() finds all mistakes of a list with their lines and columns", () => {
  const text = `pacs 104
pacs
pacs port
pacs 0 # none
pacs 104
ct1 104 A_TITLE_THAT_IS_TOO_LONG
ct1 104 CT1 more
http://ct1 80
`;
  assert.deepEqual(problemsOf(text), [
    "list:2:1: port is missing (allowed: 1..65535)",
    "list:3:6: port: port is not a whole number (allowed: 1..65535)".replace(
      ": port is",
      ': "port" is',
    ),
    "list:4:6: port: 0 is too small (allowed: 1..65535)",
    "list:5:1: name: the peer at list:1 is called pacs:104 too; leave it out, or give it a name of its own",
    'list:6:9: called: "A_TITLE_THAT_IS_TOO_LONG" is not allowed (allowed: 1 to 16 printable ASCII characters without backslash)',
    "list:7:13: more is too much (allowed: host port [called title])",
    'list:8:1: host: "http://ct1" is not allowed (allowed: a host name, an IPv4 or an IPv6 address; the port is a key of its own)',
  ]);
});

Deno.test("loadPeerList() finds what is wrong with the header of a CSV list and with its rows", () => {
  assert.deepEqual(problemsOf("host,prt,host\na,1,b\n"), [
    "list:1:6: unknown column prt (did you mean port? allowed: name, host, port, calling, called, tags, note, contact)",
    "list:1:10: this column is there twice",
  ]);
  assert.deepEqual(problemsOf("host,port\na,1,2\n,5\n"), [
    "list:2:5: there are 3 fields, but the header line has 2",
    "list:3:1: host is missing (allowed: a host name, an IPv4 or an IPv6 address; the port is a key of its own)",
  ]);
});

Deno.test("loadPeerList() reads CSV with semicolons or tabs, as spreadsheets of many countries write it", () => {
  const expected = ["A, old a 104 T", "b:105 b 105 GENERAL x y"];
  assert.deepEqual(
    peersOf('name;host;port;called;tags\n"A, old";a;104;T;\n;;;;\n;b;105;;"x;y"\n'),
    expected,
  );
  assert.deepEqual(
    peersOf("name\tHost\tport\tcalled\ttags\nA, old\ta\t104\tT\t\n\tb\t105\t\tx y\n"),
    expected,
  );
});

Deno.test("loadPeerList() takes no comma in a comment or a title for CSV", () => {
  assert.deepEqual(peersOf("pacs 104 # first, and oldest\nct 104 A,B\n"), [
    "pacs:104 pacs 104 GENERAL",
    "A,B@ct:104 ct 104 A,B",
  ]);
});

Deno.test("loadPeerList() says what is wrong with a header once, not for each line", () => {
  assert.deepEqual(problemsOf("Archive,10.1.1.1,104\nB,b,105\n"), [
    "list:1:1: this does not name columns (allowed: name, host, port, calling, called, tags, note, contact)",
  ]);
  assert.deepEqual(problemsOf("host,port,tls\na,1,true\nb,1,false\n"), [
    "list:1:11: unknown column tls (allowed: name, host, port, calling, called, tags, note, contact)",
  ]);
  assert.deepEqual(problemsOf("host,name\na,b\n"), [
    "list:1:1: the header line has no column port",
  ]);
});

Deno.test("loadPeerList() wants quotes closed in their line", () => {
  const message = 'the quotes are not closed in this line (allowed: "..." with "" for one inside)';
  assert.deepEqual(problemsOf('host,port,note\na,1,"x\nb,1,"x"y\nc,1,x"y"\n'), [
    `list:2:5: ${message}`,
    `list:3:5: ${message}`,
  ]);
});

Deno.test("loadPeerList() refuses an empty list, and a file that is none", () => {
  assert.deepEqual(problemsOf("# nobody\n"), ["list:1:1: there is no peer"]);
  const content = { error: "missing" } as const;
  const readFile = () => content;
  assert.deepEqual(loadPeerList("x", { content, readFile, options: OPTIONS }), {
    kind: "unreadable",
    file: "x",
    fault: "missing",
  });
});

Deno.test("loadPeerList() shows nothing of a file that does not begin like a list", () => {
  const files = [
    "root:$y$hunter2:19::\nbin:hunter2\n",
    "hunter2\n",
    "user hunter2\n",
    "# crontab\n0 5 * * * root hunter2\n",
    "user,hunter2\nhunter2,2\n",
    "a;hunter2\n",
    "-----BEGIN PRIVATE KEY-----\nhunter2\n",
    "pacs 1o4 hunter2\npacs 104\n",
  ];
  for (const text of files) {
    const lines = problemsOf(text);
    assert.ok(lines.length === 1 && !lines.join().includes("hunter2"), lines.join("\n"));
  }
  // After a first line as it should be, mistakes are shown.
  assert.match(
    problemsOf("pacs 104\npacs 1o4\n").join(),
    /list:2:6: port: "1o4" is not a whole number/,
  );
});

Deno.test("loadPeerList() refuses addresses with leading zeros", () => {
  assert.match(problemsOf("010.000.000.001 104\n").join(), /^list:1:1: host: .* no leading zeros/);
  assert.match(problemsOf("host,port\n010.0.0.1,104\n").join(), /^list:2:1: host: .* no leading/);
});

Deno.test("loadPeerList() knows what other lists call its columns", () => {
  const header = (line: string) => problemsOf(`${line}\na,1,B\n`);
  assert.deepEqual(header("IP,Port,AET"), [
    "list:1:1: unknown column IP (did you mean host?)",
    "list:1:9: unknown column AET (did you mean called?)",
  ]);
  assert.deepEqual(header("IP Address,TCP-Port,Calling AE Title"), [
    "list:1:1: unknown column IP Address (did you mean host?)",
    "list:1:12: unknown column TCP-Port (did you mean port?)",
    "list:1:21: unknown column Calling AE Title (did you mean calling?)",
  ]);
  assert.match(header("host,port,constructor").join(), /unknown column constructor \(allowed: /);
});
