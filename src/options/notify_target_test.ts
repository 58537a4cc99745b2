import assert from "node:assert/strict";
import { parseNotifyTarget } from "./notify_target.ts";
import { errorOf, optionsOf } from "./testing.ts";

const SECRET = "T0K3N";

function read(word: string): unknown {
  const outcome = parseNotifyTarget(word);
  return "value" in outcome ? outcome.value : outcome.because ?? "invalid";
}

Deno.test("the address of a web hook says what it understands, or its prefix does", () => {
  const formats = [
    ["https://hooks.slack.com/services/x", "slack"],
    ["https://discord.com/api/webhooks/1/x", "discord"],
    ["https://prod-1.westeurope.logic.azure.com:443/workflows/x?sig=y", "teams"],
    ["https://default0.1f.environment.api.powerplatform.com/x", "teams"],
    ["https://ntfy.sh/topic", "ntfy"],
    ["https://evil-hooks.slack.com.example/x", "json"],
    ["json+https://hooks.slack.com/x", "json"],
    ["Mattermost+HTTPS://chat.example/hooks/x", "mattermost"],
    ["alertmanager+http://[::1]:9093", "alertmanager"],
  ] as const;
  for (const [word, format] of formats) {
    assert.equal(Reflect.get(Object(read(word)), "format"), format, word);
  }
  assert.deepEqual(read(`slack+https://h.example:8443/${SECRET}?a=b#c`), {
    kind: "web",
    format: "slack",
    url: `https://h.example:8443/${SECRET}?a=b`,
    shown: "https://h.example:8443",
  });
});

Deno.test("http is for this computer only, whatever its address looks like", () => {
  for (
    const host of ["localhost:1", "127.0.0.1", "127.9.9.9", "[::1]:80", "2130706433", "0x7f.1"]
  ) {
    assert.equal(typeof read(`http://${host}/`), "object", host);
  }
  for (const host of ["10.1.2.3", "localhost.example", "127.0.0.1.example", "[::2]", "0.0.0.0"]) {
    assert.match(String(read(`http://${host}/`)), /^http is for this computer only/, host);
  }
});

Deno.test("log servers and files have forms of their own", () => {
  assert.deepEqual(read("syslog://log.example"), {
    kind: "syslog",
    by: "udp",
    host: "log.example",
    port: 514,
    shown: "syslog://log.example:514",
  });
  assert.deepEqual(read("syslog+tls://[fd00::1]"), {
    kind: "syslog",
    by: "tls",
    host: "fd00::1",
    port: 6514,
    shown: "syslog+tls://[fd00::1]:6514",
  });
  assert.equal(Reflect.get(Object(read("syslog:")), "by"), "local");
  assert.deepEqual(read("file:///var/log/a b"), {
    kind: "file",
    path: "/var/log/a b",
    shown: "file '/var/log/a b'",
  });
  assert.equal(Reflect.get(Object(read("file:C:\\logs\\n.jsonl")), "path"), "C:\\logs\\n.jsonl");
  const wrong = ["syslog://", "syslog://h:0", "syslog://h:70000", "syslog://u@h", "syslog+xml://h"];
  for (const word of [...wrong, "file:", "file:-", "", "x", "a+b+https://h", "file+https://h"]) {
    assert.equal(typeof read(word), "string", word);
  }
});

Deno.test("no error shows a target", async () => {
  for (
    const [word, because] of [
      [`http://chat.example/${SECRET}`, "http is for this computer only"],
      [`https://me:${SECRET}@chat.example/`, "a URL holds no name and password here"],
      [`ftp://chat.example/${SECRET}`, "***"],
      [`slak+https://chat.example/${SECRET}`, "***"],
    ] as const
  ) {
    const text = await errorOf(["--watch", "1", "--notify", word, "a", "1"]);
    assert.match(text, /^Invalid value for option --notify \(\*\*\*/);
    assert.ok(text.includes(because), text);
    assert.ok(!text.includes(SECRET), text);
  }
  assert.equal(
    await errorOf([`--notify=https://chat.example/${SECRET}`, "a", "1"]),
    "Unknown option --notify=***",
  );
  assert.equal(await errorOf(["--notify-aftr", "1", "a", "1"]), "Unknown option --notify-aftr");
});

Deno.test("a token is for one server, and a file for one kind of text", async () => {
  const watch = ["--watch", "1", "--notify-token-file", "t", "a", "1"];
  const many = ["--notify", "https://a/x", "--notify", "https://a/y", "--notify", "syslog:"];
  const chat = ["--notify", "https://hooks.slack.com/x"];
  assert.equal((await optionsOf([...many, ...chat, ...watch])).notify.length, 4);
  assert.match(
    await errorOf([...many, "--notify", "https://b/x", ...watch]),
    /a token is for one server, not for https:\/\/a and https:\/\/b/,
  );
  assert.match(await errorOf([...chat, ...watch]), /no target of --notify takes a token/);
  assert.equal(
    await errorOf(["--watch", "1", "--notify", "file:n", "--report", "jsonl=n", "a", "1"]),
    "More than one report for file 'n'",
  );
  assert.equal(
    await errorOf(["--notify", "syslog:", "a", "1"]),
    "--notify only allowed with --watch",
  );
});
