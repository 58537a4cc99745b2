import assert from "node:assert/strict";
import { testWith } from "../../tests/support/test_with.ts";
import { isFailure } from "./host.ts";
import { createFiles, type FileSystem } from "./host_deno_files.ts";

/** A system like Windows: a handle that only appends can neither be emptied nor locked. */
class WindowsLike {
  readonly done: string[] = [];
  /** Paths that somebody else keeps a lock on. */
  readonly locked = new Set<string>();
  readonly folders = new Set<string>();
  /** Paths on volumes that know no locks. */
  readonly lockless = new Set<string>();

  readonly system: FileSystem = {
    openSync: (path: string | URL, options?: Deno.OpenOptions) => this.#open(String(path), options),
    renameSync: () => {},
    removeSync: () => {},
    statSync: () => {
      throw new Deno.errors.NotFound("");
    },
    truncateSync: (path: string) => void this.done.push(`empty ${path}`),
  };

  #open(path: string, options: Deno.OpenOptions = {}): Deno.FsFile {
    this.done.push(`open ${path}`);
    const refuse = () => {
      throw new Deno.errors.PermissionDenied("Zugriff verweigert (os error 5)");
    };
    const lock = () => !this.locked.has(path);
    return {
      truncateSync: options.append ? refuse : () => {},
      tryLockSync: options.append || this.lockless.has(path) ? refuse : lock,
      unlockSync: options.append ? refuse : () => void this.done.push(`unlock ${path}`),
      statSync: () => ({ isFile: true, isDirectory: this.folders.has(path), ino: null }),
      close: () => void this.done.push(`close ${path}`),
    } as unknown as Deno.FsFile;
  }
}

function windowsFiles() {
  const windows = new WindowsLike();
  const files = createFiles({
    directory: undefined,
    streams: {},
    system: windows.system,
    isWindows: true,
  });
  return { windows, files };
}

Deno.test("on Windows a folder, which the runtime opens there, is not taken for a file", () => {
  const { windows, files } = windowsFiles();
  windows.folders.add("logs");
  for (const opened of [files.open("logs"), files.openLock("logs")]) {
    assert.deepEqual(opened, { code: 21, reason: "Is a directory" });
  }
  assert.deepEqual(windows.done, ["open logs", "close logs", "open logs", "close logs"]);
});

Deno.test("on Windows a log file is emptied by its path", () => {
  const { windows, files } = windowsFiles();
  const file = files.open("C:\\log\\a.log");
  assert.ok(!isFailure(file));
  assert.equal(file.truncate(), undefined);
  assert.deepEqual(windows.done, ["open C:\\log\\a.log", "empty C:\\log\\a.log"]);
});

Deno.test("on Windows the right to move a log file is a lock on a file of its own", () => {
  const { windows, files } = windowsFiles();
  const file = files.open("a.log");
  assert.ok(!isFailure(file));
  assert.equal(file.lock(true), "held");
  file.unlock();
  windows.locked.add("a.log.roll");
  assert.equal(file.lock(false), "taken");
  file.close();
  assert.deepEqual(windows.done, [
    "open a.log",
    "open a.log.roll",
    "unlock a.log.roll",
    "close a.log.roll",
    "close a.log",
  ]);
});

Deno.test("a lock file is opened so that Windows can lock it", () => {
  const { files } = windowsFiles();
  const lock = files.openLock("l");
  assert.ok(!isFailure(lock));
  assert.equal(lock.acquire(false), "held");
  lock.close();
  assert.equal(lock.acquire(false), "taken");
});

Deno.test("a lock that the system refuses is not taken for one that is held", () => {
  const { windows, files } = windowsFiles();
  for (const path of ["l", "a.log.roll"]) windows.lockless.add(path);
  const denied = { code: 13, reason: "Permission denied" };
  const lock = files.openLock("l");
  assert.ok(!isFailure(lock));
  assert.deepEqual(lock.acquire(true), denied);
  const file = files.open("a.log");
  assert.ok(!isFailure(file));
  assert.deepEqual(file.lock(true), denied);
});

Deno.test("on Windows NUL takes everything and is not a file", () => {
  const { windows, files } = windowsFiles();
  for (const path of ["NUL", "nul", "NUL:"]) {
    const file = files.open(path);
    assert.ok(!isFailure(file));
    assert.equal(file.write(new Uint8Array(1)), undefined);
    file.close();
  }
  assert.deepEqual(windows.done, []);
});

testWith({
  name: "a log that is a pipe holds nothing up, and gets everything once somebody reads",
  missing: Deno.build.os === "windows" ? "on Windows no pipes are in folders" : undefined,
  fn: async () => {
    const folder = await Deno.makeTempDir();
    const path = `${folder}/pipe`;
    await new Deno.Command("mkfifo", { args: [path] }).output();
    const file = createFiles({ directory: folder, streams: {} }).open("pipe");
    assert.ok(!isFailure(file));
    const text = "a line\n".repeat(20_000);
    assert.equal(file.write(new TextEncoder().encode(text)), undefined);
    assert.equal(file.truncate(), undefined);
    const reader = await Deno.open(path);
    const buffer = new Uint8Array(65_536);
    let length = 0;
    while (length < text.length) length += await reader.read(buffer) ?? 0;
    file.close();
    await file.settled?.();
    reader.close();
    await Deno.remove(folder, { recursive: true });
  },
});
