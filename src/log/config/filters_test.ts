import assert from "node:assert/strict";
import { configureLines, createTestingHost } from "./testing_host.ts";
import type { LogLevel } from "../types.ts";

const LEVELS: readonly LogLevel[] = ["trace", "debug", "info", "warn", "error", "fatal"];

/** The first letters of the levels that get through, and what the engine said. */
function through(...lines: string[]) {
  const host = createTestingHost();
  const at = "log4cplus.appender.c";
  const { sink } = configureLines(host, [
    "log4cplus.rootLogger = ALL, c",
    `${at} = log4cplus::ConsoleAppender`,
    `${at}.layout = log4cplus::PatternLayout`,
    `${at}.layout.ConversionPattern = %P`,
    ...lines.map((line) => `${at}.${line}`),
  ]);
  for (const level of LEVELS) sink.log({ logger: "a", level, text: `say ${level}`, time: 0 });
  return { letters: host.out, said: host.err };
}

const MATCH = "log4cplus::spi::LogLevelMatchFilter";
const RANGE = "log4cplus::spi::LogLevelRangeFilter";
const STRING = "log4cplus::spi::StringMatchFilter";
const DENY = "log4cplus::spi::DenyAllFilter";

Deno.test("Threshold drops what is below it, an unknown one nothing", () => {
  assert.equal(through("Threshold = warn").letters, "WEF");
  assert.equal(through("Threshold = OFF").letters, "");
  assert.equal(through("Threshold = WARNING").letters, "TDIWEF");
});

Deno.test("LogLevelMatchFilter takes a level out, or in with AcceptOnMatch", () => {
  assert.equal(
    through(`filters.1 = ${MATCH}`, "filters.1.LogLevelToMatch = Info").letters,
    "TDWEF",
  );
  assert.equal(
    through(
      `filters.1 = ${MATCH}`,
      "filters.1.LogLevelToMatch = INFO",
      "filters.1.AcceptOnMatch = 1",
      `filters.2 = ${DENY}`,
    ).letters,
    "I",
  );
  assert.equal(through(`filters.1 = ${MATCH}`, "filters.1.LogLevelToMatch = x").letters, "TDIWEF");
});

Deno.test("LogLevelRangeFilter denies outside and is neutral inside unless it accepts", () => {
  const range = [
    `filters.1 = ${RANGE}`,
    "filters.1.LogLevelMin = DEBUG",
    "filters.1.LogLevelMax = warn",
  ];
  assert.equal(through(...range).letters, "DIW");
  assert.equal(through(...range, `filters.2 = ${DENY}`).letters, "");
  assert.equal(
    through(...range, `filters.2 = ${DENY}`, "filters.1.AcceptOnMatch=TRUE").letters,
    "DIW",
  );
  assert.equal(through(`filters.1 = ${RANGE}`, "filters.1.LogLevelMin = ERROR").letters, "EF");
  assert.equal(through(`filters.1 = ${RANGE}`, "filters.1.logLevelMin = ERROR").letters, "TDIWEF");
});

Deno.test("StringMatchFilter looks for its text as it is written", () => {
  assert.equal(through(`filters.1 = ${STRING}`, "filters.1.StringToMatch = a").letters, "");
  assert.equal(through(`filters.1 = ${STRING}`, "filters.1.StringToMatch = fo").letters, "TDWEF");
  assert.equal(through(`filters.1 = ${STRING}`, "filters.1.StringToMatch = FO").letters, "TDIWEF");
  assert.equal(through(`filters.1 = ${STRING}`, "filters.1.StringToMatch =").letters, "TDIWEF");
});

Deno.test("filters are numbered from 1 without a gap, and unknown classes are left out", () => {
  assert.equal(through(`filters.2 = ${DENY}`, `filters.0 = ${DENY}`).letters, "TDIWEF");
  assert.deepEqual(through("filters.1 = log4cplus::DenyAllFilter", `filters.2 = ${DENY}`), {
    letters: "",
    said: "log4cplus:ERROR Appender::ctor()- Cannot find FilterFactory: log4cplus::DenyAllFilter\n",
  });
});
