import assert from "node:assert/strict";
import { HEADER } from "./identity.ts";
import { errorOf, hostWith, optionsOf, parse } from "./testing.ts";

Deno.test("parseCommandLine() gives a check with all defaults for a peer and a port", async () => {
  assert.deepEqual(await parse(["pacs.example", "104"]), {
    kind: "run",
    argumentsMessage: undefined,
    options: {
      mode: { kind: "check", peer: "pacs.example", port: 104 },
      logging: { level: "warn", config: undefined, format: "text" },
      callingAeTitle: "ECHOSCU",
      calledAeTitle: "ANY-SCP",
      proposeTransferSyntaxes: 1,
      proposePresentationContexts: 1,
      connectTimeoutSeconds: undefined,
      socketTimeoutSeconds: 60,
      sourceAddress: undefined,
      permissions: false,
      acseTimeoutSeconds: 30,
      dimseTimeoutSeconds: undefined,
      maximumLength: 16_384,
      repeat: 1,
      abort: false,
      family: "any",
      tls: { mode: "off" },
      explain: false,
      tlsReport: false,
      expiryWarnDays: undefined,
      operator: undefined,
      bundle: undefined,
      pcap: undefined,
      redact: false,
      trace: undefined,
      exitCodes: "default",
      history: undefined,
      historyKeepDays: undefined,
      intervalSeconds: undefined,
      notify: [],
      notifyAfter: 2,
      notifyAgainSeconds: undefined,
      notifyCaFile: undefined,
      notifyTokenFile: undefined,
      peerDeadlineSeconds: undefined,
      color: "auto",
      reports: [],
      warnLatencyMs: undefined,
      criticalLatencyMs: undefined,
    },
  });
});

Deno.test("parseCommandLine() puts the header before an error and ends with 1", async () => {
  const result = await parse(["-v"]);
  assert.ok(result.kind === "error");
  assert.equal(result.stderr, `${HEADER}error: Missing parameter peer\n`);
  assert.deepEqual(result.problem, { kind: "missing-parameter", parameter: "peer", given: "" });
});

Deno.test("parseCommandLine() prints errors also when the log is quiet", async () => {
  const text = "Invalid value for option --timeout (underflow: 0)";
  const host = hostWith({ f: "log4cplus.rootLogger=FATAL, x" });
  for (const quiet of [["-q"], ["-v", "-q"], ["-ll", "fatal"], ["-ll", "off"], ["-lc", "f"]]) {
    assert.equal(await errorOf([...quiet, "-to", "0", "a", "1"], host), text, quiet.join(" "));
  }
});

Deno.test("parseCommandLine() counts parameters, empty ones too", async () => {
  const cases: readonly (readonly [readonly string[], string])[] = [
    [["a"], "Missing parameter port"],
    [[""], "Missing parameter port"],
    [["-v"], "Missing parameter peer"],
    [["a", "1", "x"], "Too many parameters"],
    [["a", "1", ""], "Too many parameters"],
    [["-9x", "a", "1"], "Too many parameters"],
    [["a", "-to", "1"], "Missing parameter port"],
    [["-to", "a", "1"], "Missing parameter port"],
    [["--selftest", "a"], "Too many parameters"],
    [["--listen", "1", "a", "2"], "Too many parameters"],
    [["--selftest"], "(run)"],
    [["+vc", "f"], "(run)"],
    [["+rc", "f", "a", "b", "c", "d"], "(run)"],
  ];
  for (const [words, text] of cases) assert.equal(await errorOf(words), text, words.join(" "));
});

Deno.test("parseCommandLine() reports a wrong port as the reference does", async () => {
  assert.equal(await errorOf(["a", ""]), "Invalid parameter value");
  const empty = await parse(["a", ""]);
  assert.ok(empty.kind === "error" && empty.stderr.endsWith("error: Invalid parameter value \n"));
  assert.equal(await errorOf(["a", "abc"]), "Invalid parameter value abc");
  assert.equal(await errorOf(["a", "0"]), "Invalid parameter value 0 (underflow)");
  assert.equal(await errorOf(["a", "65536"]), "Invalid parameter value 65536 (overflow)");
  assert.equal(await errorOf(["a", "104x"]), "Invalid parameter value 104x");
  assert.equal(await errorOf(["+vc", "f", "a", "0"]), "(run)");
});

Deno.test("parseCommandLine() takes an IPv6 peer and refuses host:port", async () => {
  for (const peer of ["::1", "[::1]", "fe80::1%eth0", ""]) {
    assert.deepEqual((await optionsOf([peer, "104"])).mode, { kind: "check", peer, port: 104 });
  }
  assert.equal(
    await errorOf(["localhost:105", "104"]),
    "Invalid parameter value localhost:105 (a peer with a colon must be an IPv6 address)",
  );
});

Deno.test("parseCommandLine() reports the first of many errors in the reference's order", async () => {
  // Each step takes away what was reported before.
  const steps: readonly (readonly [string, string])[] = [
    ["-ll bad", "Invalid log level for --log-level option"],
    ["-to 0", "Invalid value for option --timeout (underflow: 0)"],
    ["-ts -2", "Invalid value for option --socket-timeout (underflow: -2)"],
    ["-ta 0", "Invalid value for option --acse-timeout (underflow: 0)"],
    ["-td 0", "Invalid value for option --dimse-timeout (underflow: 0)"],
    ["-pdu 0", "Invalid value for option --max-pdu (underflow: 0)"],
    ["--repeat 0", "Invalid value for option --repeat (underflow: 0)"],
    ["-pts 0", "Invalid value for option --propose-ts (underflow: 0)"],
    ["-ppc 0", "Invalid value for option --propose-pc (underflow: 0)"],
    ["+ps", "--std-passwd only allowed with --enable-tls"],
    ["+pw x", "--use-passwd only allowed with --enable-tls"],
    ["-pw", "--null-passwd only allowed with --enable-tls"],
    ["-pem", "--pem-keys only allowed with --enable-tls or --anonymous-tls"],
    ["-der", "--der-keys only allowed with --enable-tls or --anonymous-tls"],
    ["+rs x", "--seed only allowed with --enable-tls or --anonymous-tls"],
    ["+ws", "--write-seed only allowed with --enable-tls or --anonymous-tls"],
    ["+wf x", "--write-seed-file only allowed with --enable-tls or --anonymous-tls"],
    ["-rc", "--require-peer-cert only allowed with --enable-tls or --anonymous-tls"],
    ["-ic", "--ignore-peer-cert only allowed with --enable-tls or --anonymous-tls"],
    ["+px", "--profile-bcp195 only allowed with --enable-tls or --anonymous-tls"],
    ["+py", "--profile-bcp195-nd only allowed with --enable-tls or --anonymous-tls"],
    ["+pz", "--profile-bcp195-ex only allowed with --enable-tls or --anonymous-tls"],
    ["+pn", "--profile-null only allowed with --enable-tls or --anonymous-tls"],
    ["+cf x", "--add-cert-file only allowed with --enable-tls or --anonymous-tls"],
    ["+cd x", "--add-cert-dir only allowed with --enable-tls or --anonymous-tls"],
    ["+crl x", "--add-crl-file only allowed with --enable-tls or --anonymous-tls"],
    ["+crv", "--enable-crl-vfy only allowed with --enable-tls or --anonymous-tls"],
    ["+cra", "--enable-crl-all only allowed with --enable-tls or --anonymous-tls"],
    ["+cs x", "--cipher only allowed with --enable-tls or --anonymous-tls"],
    ["--max-associations 0", "--max-associations only allowed with --listen"],
    ["--exit-codes bad", "Invalid value for option --exit-codes (bad)"],
    ["", "Invalid parameter value a:b (a peer with a colon must be an IPv6 address)"],
  ];
  for (const [at, [, text]] of steps.entries()) {
    // From the right to the left, so that blocks find all their members.
    const words = steps.slice(at).map(([step]) => step).toReversed().join(" ").split(" ");
    const typed = words.filter((word) => word !== "");
    assert.equal(await errorOf([...typed, "a:b", "1"]), text);
  }
});

Deno.test("parseCommandLine() looks at the port before log options, and at them before others", async () => {
  assert.equal(await errorOf(["-ll", "bad", "a", "0"]), "Invalid parameter value 0 (underflow)");
  assert.equal(await errorOf(["-to", "0"]), "Missing parameter peer");
  assert.equal(
    await errorOf(["-to", "0", "-ll", "bad", "a", "1"]),
    "Invalid log level for --log-level option",
  );
});

Deno.test("parseCommandLine() prints the usage for no words and for --help, before all other options that print", async () => {
  const help = await parse([]);
  assert.ok(help.kind === "print");
  assert.match(help.stdout, /\nusage: echoscu \[options\] peer port\n/);
  for (
    const words of [["--help"], ["-h"], ["+cc", "--version", "-h"], ["+vc", "x", "--help"], [
      "-q",
      "-h",
    ]]
  ) {
    assert.deepEqual(await parse(words), help);
  }
});

Deno.test("parseCommandLine() prefers --version to lists, and lists to certificate checks", async () => {
  const version = await parse(["+cc", "+ph", "--version"]);
  assert.ok(version.kind === "print");
  assert.equal(
    version.stdout,
    `${HEADER}
Host type: test-target
Character encoding: UTF-8

External libraries used:
- Runtime, Version 1.2.3
`,
  );
  assert.deepEqual(await parse(["+ph", "+cc"]), { kind: "list-ciphers", explain: false });
  assert.deepEqual(await parse(["+ph", "--explain"]), { kind: "list-profiles", explain: true });
  assert.equal((await parse(["+vc", "x", "+ph"])).kind, "list-profiles");
  assert.equal((await parse(["--print-log-config", "-lc", "nofile"])).kind, "print-file");
});

Deno.test("parseCommandLine() checks a certificate rather than a root, and all other options", async () => {
  assert.deepEqual((await optionsOf(["+rc", "a", "+vc", "b"])).mode, {
    kind: "verify-cert",
    path: "b",
  });
  assert.deepEqual((await optionsOf(["+rc", "a", "+rc", "b"])).mode, {
    kind: "is-root-cert",
    path: "b",
  });
  assert.equal(
    await errorOf(["+rc", "x", "-to", "0"]),
    "Invalid value for option --timeout (underflow: 0)",
  );
});

Deno.test("parseCommandLine() refuses an argument whose bytes the runtime could not decode", async () => {
  assert.equal(await errorOf(["-aet", "M\ufffdL", "a", "1"]), "Argument 2 is not valid UTF-8");
});

Deno.test("parseCommandLine() adds one hint where a person may be reading or asks for it", async () => {
  const plain = await parse(["--verb"]);
  const shown = await parse(["--verb"], hostWith({}, { stderrIsTerminal: true }));
  const asked = await parse(["--verb", "--explain"]);
  assert.ok(plain.kind === "error" && shown.kind === "error" && asked.kind === "error");
  assert.equal(shown.stderr, `${plain.stderr}hint: did you mean --verbose?\n`);
  assert.equal(asked.stderr, shown.stderr);
});
