import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/support/plan_world.ts";
import { ENTER, LEAVE } from "../live/mod.ts";

const FILES = {
  "site.yaml": `title: Site
peers:
  - { name: Archive, host: pacs, port: 104 }
  - { name: CT, host: dead, port: 104 }
`,
};
const ARGS = ["--watch", "0.05", "--plan", "site.yaml"];
const TERMINAL = { columns: 80, keys: () => {} };

/** What is left on the screen that was there before. */
function left(out: string): string {
  const end = out.lastIndexOf(LEAVE);
  return out.slice(0, out.indexOf(ENTER)) + out.slice(end + LEAVE.length);
}

Deno.test("--watch with a plan draws a table on a terminal, and leaves failures and summary at its end", async () => {
  let typed = false;
  const { code, out, err } = await runPlanWorld(ARGS, {
    files: FILES,
    columns: 80,
    keys(type, out) {
      if (typed || !out.includes("run 3")) return;
      typed = true;
      type("q");
    },
  });
  assert.equal(code, 130);
  assert.equal(err, "");
  assert.ok(out.startsWith(ENTER));
  assert.match(out, /FAILED.*CT/);
  const lines = left(out).split("\n");
  assert.match(
    lines[0] ?? "",
    /^2026-01-31T08:00:00.000Z Site: 2 peers in .*: 1 passed, 1 failed$/,
  );
  assert.match(lines[1] ?? "", /^2026-01-31T08:00:00.000Z CT failed: /);
  assert.match(lines[2] ?? "", /^\d+ runs, the last one: 1 passed, 1 failed$/);
  assert.equal(lines.length, 4);
});

Deno.test("--watch with a plan prints lines where a table is not wanted", async () => {
  const out = async (args: readonly string[], about: Parameters<typeof runPlanWorld>[1] = {}) => {
    const seen = await runPlanWorld([...ARGS, ...args], {
      files: FILES,
      ...TERMINAL,
      onDial: (_, raise) => void (++dials > 4 && raise("SIGTERM")),
      ...about,
    });
    dials = 0;
    return seen.out;
  };
  let dials = 0;
  assert.ok((await out([])).startsWith(ENTER));
  const lines = await out([], { columns: undefined });
  assert.match(lines, /^2026-01-31T08:00:00.000Z Site: 2 peers/);
  const timeless = (text: string) => text.replaceAll(/in \d+(\.\d+)? m?s/g, "in T");
  for (const args of [["--color", "never"], ["-v"], ["-d"], ["-lc", "log.cfg"]]) {
    const files = { ...FILES, "log.cfg": "log4cplus.rootLogger = OFF\n" };
    assert.equal(timeless(await out(args, { files })), timeless(lines), args.join(" "));
  }
  for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }, { CLICOLOR: "0" }]) {
    assert.equal(timeless(await out([], { env })), timeless(lines), JSON.stringify(env));
  }
  assert.equal(timeless(await out([], { keys: undefined })), timeless(lines));
  for (const args of [["-q"], ["--explain"], ["--log-format", "json"], ["--report", "csv"]]) {
    assert.ok(!(await out(args)).includes("\x1b[?1049h"), args.join(" "));
  }
});

Deno.test("what the program has to say while there is a table is shown on it, and printed after it", async () => {
  const words = "E: The plan is not reloaded, the old one is kept: ";
  const { out, err } = await runPlanWorld(ARGS, {
    files: FILES,
    ...TERMINAL,
    hangsUp(count, files) {
      if (count === 3) files["site.yaml"] = "peers: [{ name: B, hots: two, port: 104 }]\n";
      return count === 3;
    },
    onOut: (text, raise) => void (text.includes(words) && raise("SIGTERM")),
  });
  assert.ok(out.indexOf(words) < out.lastIndexOf(LEAVE));
  assert.ok(err.startsWith(words), err);
  assert.equal(err.split(words).length, 2);
});
