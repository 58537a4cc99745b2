/** `--survey` against real peers: what it finds is what DCMTK's own tools negotiate, and what a peer is set up for. */

import assert from "node:assert/strict";
import { Ajv2020 } from "ajv/2020";
import schema from "../../docs/survey.schema.json" with { type: "json" };
import { CLASSES, SYNTAXES } from "../../src/survey/mod.ts";
import { fromFileUrl } from "../support/paths.ts";
import { freePort, untilListening } from "../support/ports.ts";
import { available, type RealPeer, startRealPeer } from "../support/real_peers.ts";
import { type InnerWorld, runInProcess } from "../support/run_in_process.ts";
import { startProgram } from "../support/run_program.ts";
import { startScriptedPeer } from "../support/scripted_peer.ts";
import { testWith } from "../support/test_with.ts";
import { withFolder } from "../support/with_folder.ts";

interface Found {
  readonly complete: boolean;
  readonly associations: number;
  readonly classes: readonly {
    readonly uid: string;
    readonly name: string;
    readonly accepted: readonly string[];
    readonly refusal?: string;
    readonly roles?: { readonly scp: boolean; readonly scu: boolean };
  }[];
}

const isSurvey = new Ajv2020({ strict: true, formats: { "date-time": true } }).compile(schema);

async function survey(groups: string, to: { aeTitle: string; host: string; port: number }) {
  const run = await runInProcess(
    ["--survey", groups, "--json", "-aet", "OURSCU", "-aec", to.aeTitle, to.host, `${to.port}`],
  );
  assert.equal(run.code, 0, run.stderr);
  const found: Found = JSON.parse(run.stdout);
  assert.ok(isSurvey(found), JSON.stringify(isSurvey.errors));
  assert.match(
    run.stderr,
    /^Survey of .*: at most 64 associations, one after another, in at most 300 s; no data is sent\n$/,
  );
  return found;
}

/** Accepted transfer syntaxes by class. */
function acceptedIn({ classes }: Found): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    classes.filter(({ accepted }) => accepted.length > 0).map((
      { uid, accepted },
    ) => [uid, accepted]),
  );
}

const [ILE, ELE, J2KL, JPEG8] = [
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.4.90",
  "1.2.840.10008.1.2.4.50",
];
const [CT, MR, US] = ["2", "4", "6.1"].map((end) => `1.2.840.10008.5.1.4.1.1.${end}`);

/** What DCMTK's storescp is told to accept. */
const PROFILE = `
[[TransferSyntaxes]]
[A]
TransferSyntax1 = ${J2KL}
TransferSyntax2 = ${ELE}
[B]
TransferSyntax1 = ${ILE}
[C]
TransferSyntax1 = ${JPEG8}
[[PresentationContexts]]
[Contexts]
PresentationContext1 = 1.2.840.10008.1.1\\B
PresentationContext2 = ${CT}\\A
PresentationContext3 = ${MR}\\B
PresentationContext4 = ${US}\\C
[[Profiles]]
[Ours]
PresentationContexts = Contexts
`;

testWith({
  name: "--survey all finds exactly the contexts that storescp is set up for",
  missing: available("storescp"),
  fn: () =>
    withFolder(async (folder) => {
      await Deno.writeTextFile(`${folder}/profile.cfg`, PROFILE);
      const port = freePort();
      await using peer = startProgram({ command: "storescp", args: [] }, {
        args: ["-xf", "profile.cfg", "Ours", "--ignore", `${port}`],
        cwd: folder,
      });
      assert.ok(await untilListening(port, { alive: () => peer.alive }), peer.output());
      const found = await survey("all", { aeTitle: "STORESCP", host: "127.0.0.1", port });
      assert.deepEqual(acceptedIn(found), {
        "1.2.840.10008.1.1": [ILE],
        [CT ?? ""]: [ELE, J2KL],
        [MR ?? ""]: [ILE],
        [US ?? ""]: [JPEG8],
      });
      assert.equal(found.complete, true);
    }),
});

const STUDY_FIND = "1.2.840.10008.5.1.4.1.2.2.1";

/** Programs of DCMTK that ask for one class, and that class. */
const ASKING = [
  ["echoscu", [], "1.2.840.10008.1.1"],
  ...(["-P", "-S", "-O"] as const).flatMap((model, at) =>
    (["findscu", "movescu", "getscu"] as const).map((program, operation) =>
      [program, [model], `1.2.840.10008.5.1.4.1.2.${at + 1}.${operation + 1}`] as const
    )
  ),
  ["findscu", ["-W"], "1.2.840.10008.5.1.4.31"],
] as const;

/** What DCMTK's `program` prints of an association with the peer. */
async function debugOutput(
  program: string,
  { aeTitle, host, port }: RealPeer,
  args: { readonly before: readonly string[]; readonly after?: readonly string[] },
): Promise<string> {
  const titles = ["-aet", "OURSCU", "-aec", aeTitle, host, `${port}`];
  const { stdout, stderr } = await new Deno.Command(program, {
    args: ["-d", ...args.before, ...titles, ...args.after ?? []],
    stdout: "piped",
    stderr: "piped",
  }).output();
  return new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
}

/** Whether the first context of DCMTK's `program` is accepted: that of the operation. */
async function isAccepted([program, options]: (typeof ASKING)[number], peer: RealPeer) {
  const keys = program === "echoscu" ? [] : ["-k", "0008,0052=STUDY", "-k", "StudyInstanceUID=1.9"];
  const output = await debugOutput(program, peer, { before: [...options, ...keys] });
  const answer = /BEGIN A-ASSOCIATE-AC [^]*?Context ID: +1 \(([^)]*)\)/.exec(output)?.[1];
  // Where no context is accepted, the program says only that.
  return answer === "Accepted";
}

/** Each storage class in one transfer syntax, and every sixth in all of them: all pairs would take long. */
const PAIRS = CLASSES.filter(({ group }) => group === "storage").flatMap(({ uid }, at) =>
  SYNTAXES.slice(0, at % 6 === 0 ? SYNTAXES.length : 1).map((syntax) => [uid, syntax.uid] as const)
);
/** Contexts in one association. */
const MOST_CONTEXTS = 128;

/** The pairs of `pairs` (class and transfer syntax, each a context of its own) that storescu gets accepted. */
async function storescuGets(pairs: readonly (readonly [string, string])[], peer: RealPeer) {
  const accepted = new Set<string>();
  const syntaxes = [...new Set(pairs.map(([, syntax]) => syntax))];
  await withFolder(async (folder) => {
    await Deno.writeTextFile(
      `${folder}/dump`,
      "(0008,0016) UI [1.2.3]\n(0008,0018) UI [1.2.3.4]\n",
    );
    const { success } = await new Deno.Command("dump2dcm", {
      args: ["-q", `${folder}/dump`, `${folder}/file.dcm`],
    }).output();
    assert.ok(success);
    for (let at = 0; at < pairs.length; at += MOST_CONTEXTS) {
      const some = pairs.slice(at, at + MOST_CONTEXTS);
      const profile = [
        "[[TransferSyntaxes]]",
        ...syntaxes.map((uid, at) => `[T${at}]\nTransferSyntax1 = ${uid}`),
        "[[PresentationContexts]]\n[Contexts]",
        ...some.map(([sopClass, syntax], at) =>
          `PresentationContext${at + 1} = ${sopClass}\\T${syntaxes.indexOf(syntax)}`
        ),
        "[[Profiles]]\n[Ours]\nPresentationContexts = Contexts\n",
      ];
      await Deno.writeTextFile(`${folder}/profile.cfg`, profile.join("\n"));
      const output = await debugOutput("storescu", peer, {
        before: ["-xf", `${folder}/profile.cfg`, "Ours"],
        after: [`${folder}/file.dcm`],
      });
      const [, answer = ""] = output.split("BEGIN A-ASSOCIATE-AC");
      for (const [, id] of answer.matchAll(/Context ID: +(\d+) \(Accepted\)/g)) {
        const pair = some[(Number(id) - 1) / 2];
        assert.ok(pair, output);
        accepted.add(pair.join(" "));
      }
    }
  });
  return accepted;
}

/** Compares what the survey finds with what DCMTK's programs are told at the same time. */
async function compare(name: "dcmqrscp" | "orthanc") {
  await using peer = await startRealPeer(name);
  const [surveyed, accepted, theirs] = await Promise.all([
    survey("all", peer),
    Promise.all(ASKING.map((asking) => isAccepted(asking, peer))),
    storescuGets(PAIRS, peer),
  ]);
  const found = acceptedIn(surveyed);
  assert.deepEqual(
    ASKING.map(([program, options, uid]) => [name, program, ...options, found[uid] !== undefined]),
    ASKING.map(([program, options], at) => [name, program, ...options, accepted[at]]),
  );
  const ours = PAIRS.filter(([uid, syntax]) => found[uid]?.includes(syntax));
  assert.deepEqual(new Set(ours.map((pair) => pair.join(" "))), theirs, name);
  assert.ok(theirs.size > 100, name);
}

// Most of a survey is pauses: both take no longer than one.
testWith({
  name: "--survey all of dcmqrscp and Orthanc agrees with what DCMTK's own programs negotiate",
  missing: available("dcmqrscp") ?? available("orthanc"),
  fn: async () => void await Promise.all([compare("dcmqrscp"), compare("orthanc")]),
});

testWith({
  name: "docs/survey.md shows what --survey prints of dcmqrscp",
  missing: available("dcmqrscp"),
  async fn() {
    await using peer = await startRealPeer("dcmqrscp");
    const args = [
      "--survey",
      "verification,query,worklist",
      "-aet",
      "OURSCU",
      "-aec",
      peer.aeTitle,
    ];
    const run = await runInProcess([...args, peer.host, `${peer.port}`]);
    const page = await Deno.readTextFile(
      fromFileUrl(new URL("../../docs/survey.md", import.meta.url)),
    );
    const shown = /```console\n\$ echoscu --survey .*\n([^`]*)```/.exec(page)?.[1] ?? "";
    const plain = (text: string) =>
      text.replace(/\S+@[^)]*\)/, "PEER").replace(/in [\d.]+ m?s/g, "in TIME").replace(/\s+/g, " ")
        .trim();
    assert.equal(plain(run.stdout), plain(shown.replace(/^Survey of .*\n/, "")));
    for (const line of run.stdout.split("\n")) assert.ok(line.length <= 80, line);
    const html = await runInProcess([...args, "--report", "html", peer.host, `${peer.port}`]);
    assert.match(
      html.stdout,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'none'/,
    );
    assert.match(
      html.stdout,
      /<td>Study Root Query\/Retrieve Information Model - FIND<\/td><td>SCP<\/td>/,
    );
    assert.doesNotMatch(html.stdout, /<script|src=/);
  },
});

testWith({
  name: "--survey prints what is known when it is interrupted, marked incomplete",
  missing: available("dcmqrscp"),
  async fn() {
    await using peer = await startRealPeer("dcmqrscp");
    const end = new AbortController();
    const options = ["--survey", "all", "--json", "-v", "-aec", peer.aeTitle];
    const running = runInProcess([...options, peer.host, `${peer.port}`], { signal: end.signal });
    setTimeout(() => end.abort("SIGINT"), 400);
    const run = await running;
    assert.equal(run.code, 130);
    const found: Found = JSON.parse(run.stdout);
    assert.ok(isSurvey(found));
    assert.equal(found.complete, false);
  },
});

Deno.test("--survey of a peer that rejects fails as a check does", async () => {
  await using peer = await startScriptedPeer([
    { expect: "A-ASSOCIATE-RQ" },
    { send: "03000000000400010107" },
    { expect: "close" },
  ]);
  const run = await runInProcess([
    "--survey",
    "all",
    "--exit-codes",
    "detailed",
    "--explain",
    peer.host,
    `${peer.port}`,
  ]);
  assert.equal(run.code, 64);
  assert.match(run.stderr, /F: Reason: Called AE Title Not Recognized\nhint: /);
  assert.equal(run.stdout, "");
});

Deno.test("--survey refuses groups that do not exist, reports that it cannot make, and what only checks of plans have", async () => {
  const errors = await Promise.all([
    ["--survey", "all,ct"],
    ["--survey", "all", "--report", "junit"],
    ["--survey", "all", "--plan", "f", "--jobs", "2"],
  ].map(async (args) =>
    (await runInProcess(args.includes("--plan") ? args : [...args, "a", "1"])).stderr
  ));
  assert.match(errors[0] ?? "", /--survey/);
  assert.match(errors[1] ?? "", /--survey makes no junit report, only text, json and html/);
  assert.match(errors[2] ?? "", /--survey not allowed with .*--jobs/);
});

/** A plan of two peers with something in between at which nobody listens. */
async function withPlan(
  test: (
    run: (args: readonly string[], more?: InnerWorld) => ReturnType<typeof runInProcess>,
  ) => Promise<void>,
) {
  await using archive = await startRealPeer("dcmqrscp");
  await using store = await startRealPeer("storescp");
  const peers = [
    {
      name: "Archive",
      host: archive.host,
      port: archive.port,
      called: archive.aeTitle,
      tags: ["a"],
    },
    { name: "Closed", host: "127.0.0.1", port: freePort() },
    { name: "Store", host: store.host, port: store.port, called: store.aeTitle, tags: ["a"] },
  ];
  const files = { "plan.yaml": JSON.stringify({ peers }) };
  await test((args, more) =>
    runInProcess(["--survey", "verification,query", "--plan", "plan.yaml", ...args], {
      files,
      ...more,
    })
  );
}

testWith({
  name: "--survey of a plan asks one peer after another, and goes on past one that is not there",
  missing: available("dcmqrscp") ?? available("storescp"),
  fn: () =>
    withPlan(async (run) => {
      const written = new Map<string, Uint8Array>();
      const json = await run(["--json", "--exit-codes", "detailed", "--trace", "{name}.txt"], {
        written,
      });
      assert.equal(json.code, 62, json.stderr);
      assert.match(json.stderr, /^Survey of 3 peers, one at a time: for each at most 64 /);
      const document = JSON.parse(json.stdout);
      assert.ok(isSurvey(document), JSON.stringify(isSurvey.errors));
      const { kind, complete, surveys } = document as {
        kind: string;
        complete: boolean;
        surveys: { name: string; outcome: string; survey?: Found; failure?: { hint: string } }[];
      };
      assert.deepEqual([kind, complete], ["surveys", false]);
      assert.deepEqual(surveys.map(({ name, outcome }) => [name, outcome]), [
        ["Archive", "complete"],
        ["Closed", "failed"],
        ["Store", "complete"],
      ]);
      const [archive, closed, store] = surveys;
      assert.ok(archive?.survey && store?.survey);
      assert.deepEqual(acceptedIn(archive.survey)[STUDY_FIND], [ILE, ELE, "1.2.840.10008.1.2.2"]);
      assert.deepEqual(Object.keys(acceptedIn(store.survey)), ["1.2.840.10008.1.1"]);
      const traced = new TextDecoder().decode(written.get("Store.txt"));
      assert.ok(traced.split("A-ASSOCIATE-AC").length > 2, traced);
      assert.match(closed?.failure?.hint ?? "", /nothing listens on port/);

      const text = await run(["--only", "a"]);
      assert.equal(text.code, 0, text.stderr);
      assert.match(
        text.stdout,
        /^Archive\n=======\nDCMQRSCP@.*\n(.*\n)+\nStore\n=====\nSTORESCP@(.*\n)+\n2 of 2 peers surveyed completely\n$/,
      );
      const all = await run(["--report", "html"]);
      assert.equal(all.code, 1);
      for (const name of ["Archive", "Closed", "Store"]) {
        assert.ok(all.stdout.includes(`<section><h2>${name} (`), name);
      }
    }),
});

testWith({
  name: "--survey of a plan prints what is known when it is interrupted",
  missing: available("dcmqrscp") ?? available("storescp"),
  fn: () =>
    withPlan(async (run) => {
      const end = new AbortController();
      const running = run(["--json", "-v"], { signal: end.signal });
      setTimeout(() => end.abort("SIGINT"), 150);
      const { code, stdout } = await running;
      assert.equal(code, 130);
      const document = JSON.parse(stdout);
      assert.ok(isSurvey(document), JSON.stringify(isSurvey.errors));
      const { complete, surveys } = document as {
        complete: boolean;
        surveys: { outcome: string }[];
      };
      assert.equal(complete, false);
      assert.equal(surveys.length, 3);
      assert.equal(surveys.at(-1)?.outcome, "skipped");
    }),
});
