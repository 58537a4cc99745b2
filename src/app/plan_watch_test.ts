import assert from "node:assert/strict";
import { runPlanWorld } from "../../tests/support/plan_world.ts";

const FILES = {
  "site.yaml": `title: Site
peers:
  - { name: Archive, host: pacs, port: 104 }
  - { name: CT, host: late, port: 104 }
  - { name: Closed, host: dead, port: 104, expect: { reachable: false } }
`,
};
const AT = "2026-01-31T08:00:00.000Z";
const NOBODY = "the peer's machine answers, but nothing listens on the port";

/** Text without what depends on time. */
function timeless(text: string): string {
  return text.replaceAll(/\d+(\.\d+)? (ms|s)\b/g, "T");
}

Deno.test("--watch with a plan prints the first run, then what changes, until a signal ends it", async () => {
  const { code, out, err, dialed } = await runPlanWorld(
    ["--watch", "0.05", "--plan", "site.yaml"],
    {
      files: FILES,
      onOut: (text, raise) => {
        if (text.includes(" again")) raise("SIGTERM");
      },
    },
  );
  assert.deepEqual(timeless(out).split("\n"), [
    `${AT} Site: 3 peers in T: 2 passed, 1 failed`,
    `${AT} CT failed: ${NOBODY}`,
    `${AT} CT passed again after T, echo in T`,
    "3 runs, the last one: 3 passed, 0 failed",
    "",
  ]);
  assert.equal(err, "");
  assert.equal(code, 143);
  assert.equal(dialed.length, 9);
});

Deno.test("--watch reads its plan again at SIGHUP, and keeps the old one where the new one is faulty", async () => {
  const { code, out, err, dialed } = await runPlanWorld(["-v", "--watch", "0.05", "--plan", "p"], {
    files: { p: "title: Old\npeers: [{ name: A, host: one, port: 104 }]\n" },
    hangsUp(count, files) {
      if (count === 1) files["p"] = "peers: [{ name: B, hots: two, port: 104 }]\n";
      if (count === 3) files["p"] = "title: New\npeers: [{ name: C, host: three, port: 104 }]\n";
      return count === 1 || count === 3;
    },
    onOut: (text, raise) => void (/ C passed/.test(text) && raise("SIGTERM")),
  });
  assert.equal(code, 143);
  assert.deepEqual(dialed.slice(0, 3), ["one", "one", "one"]);
  assert.equal(dialed.at(-1), "three");
  assert.match(out, / C passed/);
  assert.match(
    err,
    /^E: The plan is not reloaded, the old one is kept: \d errors? in the plan: p:1:.*hots/m,
  );
  assert.match(err, /^I: The plan is reloaded: 1 peer$/m);
});

Deno.test("--watch with a log in JSON prints nothing else when its plan is read again", async () => {
  const args = ["--log-format", "json", "-v", "--watch", "0.05", "--plan", "p"];
  let dials = 0;
  const { code, out, err } = await runPlanWorld(args, {
    files: { p: "peers: [{ name: A, host: one, port: 104 }]\n" },
    hangsUp(count, files) {
      if (count === 2) files["p"] = "peers: [{ name: B, host: two, port: 104 }]\n";
      return count === 2;
    },
    onDial: (host, raise) => void (host === "two" && ++dials === 2 && raise("SIGTERM")),
  });
  assert.deepEqual([code, out], [143, ""]);
  const messages = err.trimEnd().split("\n").map((line) => JSON.parse(line).message);
  assert.ok(messages.includes("The plan is reloaded: 1 peer"), err);
});

Deno.test("--watch with a plan goes on where standard output is full, and ends where nobody reads it", async () => {
  const args = ["--watch", "0.01", "--plan", "site.yaml"];
  let dials = 0;
  const full = await runPlanWorld(args, {
    files: FILES,
    isFull: true,
    onDial: (_, raise) => ++dials === 12 ? raise("SIGINT") : undefined,
  });
  assert.equal(full.code, 130);
  assert.match(full.err, /^\S+ Site: 3 peers in /);
  const unread = await runPlanWorld(args, { files: FILES, stopsReading: () => true });
  assert.deepEqual([unread.code, unread.dialed.length], [1, 3]);
});

Deno.test("--watch with a plan says what is known when a person ends the first run, and writes no report", async () => {
  const files = { "site.yaml": "peers: [{ host: pacs, port: 104 }, { host: silent, port: 104 }]" };
  const args = ["--watch", "60", "--plan", "site.yaml", "--report", "json=report"];
  const { code, out, reports } = await runPlanWorld(args, {
    files,
    onDial: (host, raise) => void (host === "silent" && setTimeout(() => raise("SIGINT"), 1500)),
  });
  assert.equal(code, 130);
  assert.match(
    timeless(out),
    /^\S+ site\.yaml: 2 peers in T: 1 passed, 0 failed, 1 skipped \(interrupted\)\n/,
  );
  assert.match(
    out,
    /\n\S+ silent:104 skipped\n1 run, the last one: 1 passed, 0 failed, 1 skipped\n$/,
  );
  assert.deepEqual(reports, {});
});

Deno.test("--wait-until-up with a plan tries until every peer has passed", async () => {
  const args = ["--wait-until-up", "30", "--retry-delay", "0.01", "--plan", "site.yaml"];
  const { code, out, dialed } = await runPlanWorld(args, { files: FILES });
  assert.equal(code, 0);
  assert.match(out, /^passed\tCT\tlate:104\t[^\t]+\tECHOSCU_0_1_0; 3 attempts$/m);
  assert.equal(dialed.filter((host) => host === "late").length, 3);
});

Deno.test("--wait-until-up with a plan gives up in time, with what was found last", async () => {
  const args = ["--wait-until-up", "0.3", "--plan", "dead.yaml", "--exit-codes", "detailed"];
  const files = { "dead.yaml": "peers: [{ host: silent, port: 104 }, { host: dead, port: 104 }]" };
  const { code, out } = await runPlanWorld(args, { files });
  assert.equal(code, 66);
  const [silent, dead, sum] = timeless(out).split("\n");
  assert.match(silent ?? "", /^failed\tsilent:104\tsilent:104\tT\t/);
  assert.ok(dead?.startsWith(`failed\tdead:104\tdead:104\tT\t${NOBODY}; `), dead);
  assert.equal(sum, "dead.yaml: 2 peers in T: 0 passed, 2 failed");
});
