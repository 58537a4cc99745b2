import assert from "node:assert/strict";
import fc from "fast-check";
import { toBytes } from "./byte_text.ts";
import { Diagnostics } from "./diagnostics.ts";
import { configureLogging } from "./mod.ts";
import { parseBoolean, parseInteger, parseProperties } from "./properties.ts";
import { LogConfigRefusal } from "./refusal.ts";
import { createTestingHost } from "./testing_host.ts";
import { expandVariables } from "./variables.ts";

function expand(file: string, environment: Readonly<Record<string, string>> = {}) {
  const properties = parseProperties(file);
  let errors = "";
  const diagnostics = new Diagnostics({
    writeOut: () => {},
    writeErr: (bytes) => errors += new TextDecoder().decode(bytes),
  });
  const env = (name: string) => Object.hasOwn(environment, name) ? environment[name] : undefined;
  expandVariables(properties, { env, diagnostics });
  return { properties, errors };
}

Deno.test("parseProperties() splits at the first equals sign and trims both sides", () => {
  const properties = parseProperties(
    "  a \t= b = c # d \r\n\n \t# x = y\n!z\nempty=\n=nameless\n;k=v",
  );
  assert.deepEqual(properties.names(), ["", ";k", "a", "empty"]);
  assert.equal(properties.get("a"), "b = c # d");
  assert.equal(properties.get(""), "nameless");
  assert.equal(properties.has("empty"), true);
  assert.equal(properties.has("z"), false);
});

Deno.test("parseProperties() lets the last value win and NUL hide the rest of a line", () => {
  assert.equal(parseProperties("a=1\na=2").get("a"), "2");
  assert.equal(parseProperties("a=1\0 2\nb=3").get("a"), "1");
});

Deno.test("parseBoolean() takes one word or one integer", () => {
  for (const text of ["true", " TRUE ", "1", "-1", "+2"]) {
    assert.equal(parseBoolean(text), true, text);
  }
  for (const text of ["false", "False", "0", "-0"]) assert.equal(parseBoolean(text), false, text);
  for (const text of ["", "yes", "on", "true x", "0x1", "1.5"]) {
    assert.equal(parseBoolean(text), undefined, text);
  }
});

Deno.test("parseInteger() takes decimal digits with a sign and nothing after them", () => {
  assert.deepEqual(["2", " +2", "-7\t"].map(parseInteger), [2, 2, -7]);
  assert.deepEqual(
    ["", "x", "0x2", "2 3", "1e3", "99999999999"].map(parseInteger),
    Array(6).fill(undefined),
  );
});

Deno.test("expandVariables() prefers settings that are not empty to the environment", () => {
  const { properties } = expand("v=${A}|${B}|${C}|${}|$A|\\${A}\nA=own\nB=", {
    A: "env",
    B: "env",
  });
  assert.equal(properties.get("v"), "own|env|${C}|${}|$A|\\own");
});

Deno.test("expandVariables() expands replacements, names, and not names within names", () => {
  const { properties } = expand("a=${b}\nb=${c}\nc=end\nk.${c}=${x${c}}");
  assert.equal(properties.get("a"), "end");
  assert.equal(properties.get("k.end"), "${x${c}}");
  assert.equal(properties.has("k.${c}"), false);
});

Deno.test("expandVariables() keeps the whole value when a brace is missing", () => {
  const { properties, errors } = expand("a=x\nv=${a} ${oops");
  assert.equal(properties.get("v"), "${a} ${oops");
  assert.equal(
    errors,
    'log4cplus:ERROR "x ${oops" has no closing brace. Opening brace at position 2.\n',
  );
});

Deno.test("expandVariables() refuses a variable that refers to itself (D7)", () => {
  for (
    const file of [
      "a=${a}",
      "a=x${b}y\nb=${a}",
      "a=1\n${n}=1\nn=${n}",
      "a=${b}${b}\nb=${c}\nc=${b}",
    ]
  ) {
    assert.throws(() => expand(file), {
      name: "LogConfigRefusal",
      message: /^Variable "[a-z]" of --log-config file refers to itself \(in ".*"\)$/,
    });
  }
});

Deno.test("expandVariables() refuses a value that grows without end (D7)", () => {
  const doubling = Array.from(
    { length: 40 },
    (_, index) => `v${index}=\${v${index + 1}}\${v${index + 1}}`,
  );
  assert.throws(() => expand([...doubling, "v40=xx"].join("\n")), /grows without end/);
});

Deno.test("expandVariables() takes the same variable twice side by side", () => {
  assert.equal(expand("a=${b}${b}\nb=${c}${c}\nc=x").properties.get("a"), "xxxx");
});

Deno.test("expandVariables() comes to an end or refuses, whatever refers to whatever", () => {
  const piece = fc.constantFrom("${a}", "${b}", "${c}", "${", "}", "x", "$", "{a}", "${E}");
  const value = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(""));
  fc.assert(fc.property(value, value, value, value, (a, b, c, name) => {
    try {
      expand(`a=${a}\nb=${b}\nc=${c}\n${name}=1`, { E: "${a}" });
    } catch (error) {
      assert.ok(error instanceof LogConfigRefusal);
    }
  }));
});

Deno.test("configureLogging() refuses files without settings, in the reference's words", () => {
  const refusal = (file: string) => {
    const setup = configureLogging(toBytes(file), createTestingHost());
    return setup.kind === "refused" ? setup.message : "ready";
  };
  const start = "Specified --log-config file does not ";
  assert.equal(refusal(""), `${start}contain any settings`);
  assert.equal(refusal("# x=y\nno settings"), `${start}contain any settings`);
  assert.equal(refusal("Log4cplus.rootLogger=INFO"), `${start}contain any valid settings`);
  assert.equal(refusal("log4cplus.rootlogger=INFO"), `${start}set up log4cplus.rootLogger`);
  assert.equal(refusal("log4cplus.${x}=INFO\nx=rootLogger"), `${start}set up log4cplus.rootLogger`);
  assert.equal(refusal("log4cplus.rootLogger=INFO"), "ready");
});

Deno.test("configureLogging() never throws, whatever the bytes", () => {
  const word = fc.constantFrom(
    "log4cplus.",
    "rootLogger",
    "appender.a",
    ".layout",
    ".File",
    "log4cplus::PatternLayout",
    "log4cplus::RollingFileAppender",
    "log4cplus::AsyncAppender",
    "=",
    "\n",
    "INFO, a",
    "%5m",
    "${",
    "}",
    " ",
    "\u00ff",
  );
  const file = fc.array(word, { maxLength: 40 }).map((words) => words.join(""));
  fc.assert(fc.property(file, (text) => {
    const bytes = toBytes(`log4cplus.rootLogger=INFO,a\n${text}`);
    assert.ok(["ready", "refused"].includes(configureLogging(bytes, createTestingHost()).kind));
  }));
});
