import assert from "node:assert/strict";
import { addLogConfig, Needs } from "./permissions_mode.ts";

Deno.test("Needs gives flags for deno run: each name once, commas doubled", () => {
  const needs = new Needs();
  needs.addPlace({ host: "::1", port: 104 });
  needs.addPlace({ host: "pacs", port: 104 });
  needs.addPlace({ host: "pacs", port: 104 });
  needs.add("read", "a,b.pem");
  needs.addReport("report.csv");
  needs.addReport("/report.csv");
  needs.addReport("out/report.csv");
  assert.deepEqual(needs.flags, [
    "--allow-net=[::1]:104,pacs:104",
    "--allow-read=a,,b.pem,.,/,out",
    "--allow-write=.,/,out",
  ]);
  needs.addWhole("net", "nobody knows");
  assert.equal(needs.flags[0], "--allow-net");
  assert.deepEqual(needs.notes, ["--allow-net is whole because nobody knows"]);
});

Deno.test("addLogConfig() finds files, variables and what else a log configuration names", () => {
  const needs = new Needs();
  addLogConfig(
    `# log4cplus.appender.X.File=not/this
log4cplus.appender.F.File = logs/\${SITE}.log
log4cplus.appender.F.layout.ConversionPattern=%h %m%n
log4cplus.appender.S=log4cplus::SysLogAppender
`,
    needs,
  );
  assert.deepEqual(needs.flags, [
    "--allow-read=logs",
    "--allow-write=logs",
    "--allow-env=SITE",
    "--allow-sys=hostname",
    "--unstable-net",
  ]);
  assert.equal(needs.notes.length, 1);
});
