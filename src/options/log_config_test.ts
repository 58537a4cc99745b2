import assert from "node:assert/strict";
import { errorOf, hostWith, optionsOf } from "./testing.ts";

/** The error for a configuration file with this content. */
function errorFor(content: string | Uint8Array | null): Promise<string> {
  return errorOf(["-lc", "f", "a", "1"], hostWith({ f: content }));
}

Deno.test("--log-config reports a file that is missing, unnamed or a directory as not existing", async () => {
  const text = "Specified --log-config file does not exist";
  assert.equal(await errorOf(["-lc", "nofile", "a", "1"]), text);
  assert.equal(await errorOf(["-lc", "", "a", "1"], hostWith({ "": "x" })), text);
  assert.equal(await errorFor(null), text);
});

Deno.test("--log-config reports a file that cannot be read", async () => {
  const host = hostWith({}, { readFile: () => ({ error: "unreadable" }) });
  assert.equal(
    await errorOf(["-lc", "f", "a", "1"], host),
    "Specified --log-config file cannot be read",
  );
});

Deno.test("--log-config reports a file without settings", async () => {
  const text = "Specified --log-config file does not contain any settings";
  for (const content of ["", "\n\n", "# a = b\n", "  # a = b", "words only\n"]) {
    assert.equal(await errorFor(content), text, JSON.stringify(content));
  }
});

Deno.test("--log-config reports a file without settings of its own", async () => {
  const text = "Specified --log-config file does not contain any valid settings";
  for (const content of ["a = b\n", "=x", ";log4cplus.a=b", "Log4cplus.rootLogger=INFO"]) {
    assert.equal(await errorFor(content), text, JSON.stringify(content));
  }
});

Deno.test("--log-config reports a file that does not set up the root logger", async () => {
  const text = "Specified --log-config file does not set up log4cplus.rootLogger";
  const contents = [
    ...[
      "log4cplus.logger.x=INFO",
      "log4cplus.rootlogger = INFO",
      "\ufefflog4cplus.rootLogger=INFO\nlog4cplus.a=b",
    ],
    ...["log4cplus.${x}=INFO\nx=rootLogger", "log4cplus. rootLogger=INFO"],
  ];
  for (const content of contents) {
    assert.equal(await errorFor(content), text, JSON.stringify(content));
  }
});

Deno.test("--log-config gives the bytes of a file that sets up the root logger", async () => {
  const bytes = new TextEncoder().encode(
    "x\r\n \t log4cplus.rootLogger \v= INFO, c\r\n\u00e9 = 1\n",
  );
  const { logging } = await optionsOf(["-lc", "dir/f", "a", "1"], hostWith({ "dir/f": bytes }));
  assert.deepEqual(logging.config, { path: "dir/f", bytes });
});

Deno.test("--log-config is read once", async () => {
  let count = 0;
  const host = hostWith({}, {
    readFile: () => {
      count += 1;
      return new TextEncoder().encode("log4cplus.rootLogger=INFO");
    },
  });
  await optionsOf(["-lc", "pipe", "a", "1"], host);
  assert.equal(count, 1);
});
