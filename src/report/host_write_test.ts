import assert from "node:assert/strict";
import { testWith } from "../../tests/support/test_with.ts";
import { writeReport } from "./host_write.ts";

const TO = {
  bytes: new TextEncoder().encode("a report\n"),
  signal: new AbortController().signal,
};
const isWindows = Deno.build.os === "windows";
const noLinks = isWindows ? "who makes links on Windows needs a right to" : undefined;
const noDevices = isWindows ? "on Windows no devices or pipes are in folders" : undefined;

interface Folder extends AsyncDisposable {
  readonly path: string;
  names(): readonly string[];
}

async function folder(): Promise<Folder> {
  const path = await Deno.makeTempDir({ prefix: "report-" });
  return {
    path,
    names: () => [...Deno.readDirSync(path)].map(({ name }) => name).sort(),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}

Deno.test("writeReport() makes a file that others may read as the user's mask says", async () => {
  await using at = await folder();
  await Deno.writeTextFile(`${at.path}/usual`, "");
  assert.equal(await writeReport(`${at.path}/report`, TO), "written");
  assert.equal(await Deno.readTextFile(`${at.path}/report`), "a report\n");
  assert.deepEqual(at.names(), ["report", "usual"]);
  const mode = (name: string) => Deno.statSync(`${at.path}/${name}`).mode;
  assert.equal(mode("report"), mode("usual"));
});

Deno.test("writeReport() replaces a file as a whole and keeps its mode", async () => {
  await using at = await folder();
  const path = `${at.path}/report`;
  await Deno.writeTextFile(path, "an old and much longer report\n");
  if (!isWindows) await Deno.chmod(path, 0o640);
  using old = await Deno.open(path);
  assert.equal(await writeReport(path, TO), "written");
  assert.equal(await Deno.readTextFile(path), "a report\n");
  const seen = new Uint8Array(99);
  const length = await old.read(seen) ?? 0;
  // Whoever has opened the old report reads it to its end.
  assert.equal(
    new TextDecoder().decode(seen.subarray(0, length)),
    "an old and much longer report\n",
  );
  if (!isWindows) assert.equal((Deno.statSync(path).mode ?? 0) & 0o777, 0o640);
  assert.deepEqual(at.names(), ["report"]);
});

testWith({
  name: "writeReport() writes through a link",
  missing: noLinks,
  fn: async () => {
    await using at = await folder();
    await Deno.mkdir(`${at.path}/to`);
    await Deno.writeTextFile(`${at.path}/to/real`, "old");
    await Deno.symlink("to/real", `${at.path}/link`);
    assert.equal(await writeReport(`${at.path}/link`, TO), "written");
    assert.equal(await Deno.readTextFile(`${at.path}/to/real`), "a report\n");
    assert.ok(Deno.lstatSync(`${at.path}/link`).isSymlink);
  },
});

testWith({
  name: "writeReport() makes the file that a link points to, by however many links",
  missing: noLinks,
  fn: async () => {
    await using at = await folder();
    await Deno.mkdir(`${at.path}/to`);
    await Deno.symlink("next", `${at.path}/to/link`);
    await Deno.symlink(`${at.path}/to/link`, `${at.path}/link`);
    assert.equal(await writeReport(`${at.path}/link`, TO), "written");
    assert.equal(await Deno.readTextFile(`${at.path}/to/next`), "a report\n");
    assert.ok(Deno.lstatSync(`${at.path}/link`).isSymlink);
    assert.ok(Deno.lstatSync(`${at.path}/to/link`).isSymlink);
  },
});

testWith({
  name: "writeReport() writes to what is not a regular file instead of replacing it",
  missing: noDevices,
  fn: async () => {
    assert.equal(await writeReport("/dev/null", TO), "written");
    assert.ok(Deno.statSync("/dev/null").isCharDevice);
  },
});

Deno.test("writeReport() says why a file cannot be written, and leaves nothing after", async () => {
  await using at = await folder();
  await Deno.writeTextFile(`${at.path}/file`, "old");
  for (
    const [file, failure] of [
      [`${at.path}/no/report`, "No such file or directory"],
      [at.path, "Is a directory"],
      [`${at.path}/file/report`, isWindows ? "No such file or directory" : "Not a directory"],
    ] as const
  ) assert.deepEqual(await writeReport(file, TO), { failure });
  assert.deepEqual(at.names(), ["file"]);
});

testWith({
  name:
    "writeReport() gives up a pipe that nobody reads once a signal is raised, and writes to one that is read",
  missing: noDevices,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using at = await folder();
    const path = `${at.path}/pipe`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    const [text, outcome] = await Promise.all([Deno.readTextFile(path), writeReport(path, TO)]);
    assert.deepEqual([text, outcome], ["a report\n", "written"]);
    const stop = new AbortController();
    const writing = writeReport(path, { ...TO, signal: stop.signal });
    stop.abort("SIGINT");
    assert.deepEqual(await writing, { failure: "nobody reads it" });
    // Lets the writer that was left to itself end.
    await Deno.readTextFile(path);
  },
});

testWith({
  name: "writeReport() follows no link in a folder that others may write to, and says so",
  missing: noLinks,
  fn: async () => {
    await using at = await folder();
    await Deno.chmod(at.path, 0o1777);
    await using own = await folder();
    await Deno.writeTextFile(`${own.path}/victim`, "precious");
    await Deno.symlink(`${own.path}/victim`, `${at.path}/report`);
    await Deno.symlink(`${own.path}/made`, `${at.path}/dangling`);
    await Deno.symlink(own.path, `${at.path}/folder`);
    for (const name of ["report", "dangling", "folder/made"]) {
      const outcome = await writeReport(`${at.path}/${name}`, TO);
      assert.ok(typeof outcome !== "string", name);
      assert.match(outcome.failure, / is a link in a folder that others may write to, and is not /);
    }
    assert.deepEqual(own.names(), ["victim"]);
    assert.equal(await Deno.readTextFile(`${own.path}/victim`), "precious");
    // A name for a file of others is replaced; the file and its mode stay theirs.
    await Deno.link(`${own.path}/victim`, `${at.path}/hard`);
    assert.equal(await writeReport(`${at.path}/hard`, TO), "written");
    assert.equal(await Deno.readTextFile(`${own.path}/victim`), "precious");
    assert.deepEqual(at.names(), ["dangling", "folder", "hard", "report"]);
  },
});

testWith({
  name: "writeReport() takes NUL of Windows for the file that keeps nothing",
  missing: isWindows ? undefined : "only Windows has NUL",
  async fn() {
    for (const name of ["NUL", "nul:"]) assert.equal(await writeReport(name, TO), "written");
  },
});
