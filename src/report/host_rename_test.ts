import assert from "node:assert/strict";
import { renamePatiently } from "./host_rename.ts";

/** A renaming that fails so often with this error of Windows, and what was tried. */
function failing(times: number, number: number) {
  const seen = { attempts: 0, pauses: 0 };
  return {
    seen,
    renaming: {
      rename: () => {
        seen.attempts += 1;
        return seen.attempts > times
          ? Promise.resolve()
          : Promise.reject(new Error(`Zugriff verweigert (os error ${number})`));
      },
      pause: () => {
        seen.pauses += 1;
        return Promise.resolve();
      },
    },
  };
}

Deno.test("renamePatiently() tries again on Windows while somebody has the file open", async () => {
  for (const number of [5, 32]) {
    const { seen, renaming } = failing(3, number);
    await renamePatiently({ ...renaming, isWindows: true });
    assert.deepEqual(seen, { attempts: 4, pauses: 3 });
  }
});

Deno.test("renamePatiently() gives up after about a second", async () => {
  const { seen, renaming } = failing(Infinity, 32);
  await assert.rejects(renamePatiently({ ...renaming, isWindows: true }), /os error 32/);
  assert.deepEqual(seen, { attempts: 10, pauses: 9 });
});

Deno.test("renamePatiently() does not try again what will fail again", async () => {
  const missing = failing(Infinity, 3);
  await assert.rejects(renamePatiently({ ...missing.renaming, isWindows: true }));
  assert.equal(missing.seen.attempts, 1);
  const elsewhere = failing(Infinity, 5);
  await assert.rejects(renamePatiently({ ...elsewhere.renaming, isWindows: false }));
  assert.equal(elsewhere.seen.attempts, 1);
});
