/**
 * Plays the recorded TLS cases with our program and compares exit code, both streams and the files written.
 *
 * Arguments after `--`: a word plays only cases whose group or name holds it; `--own` plays those with a server with
 * our own engine alone, which must come to what the reference comes to.
 */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { playerOf, sayShare } from "../support/players.ts";
import { putTestPki } from "../support/test_pki_copy.ts";
import { describe, type Outcome } from "./outcome.ts";
import { testWith } from "../support/test_with.ts";
import {
  hasShortLimit,
  playTlsCase,
  recordedTlsOutcomes,
  Servers,
  type TlsCase,
  tlsCases,
  tlsOutcome,
  widened,
} from "./tls_cases.ts";
import { TLS_DIFFERENCES } from "./tls_differences.ts";

const AT_ONCE = 3;

/** One case in so many is played by a process, and each one about passwords, or that writes files. */
const PROCESS_SHARE = 4;
/** Whether our own engine makes every handshake. */
const isOwn = Deno.args.includes("--own");
const words = Deno.args.filter((arg) => !arg.startsWith("--"));

testWith({
  name: "our program does what the reference did in the recorded TLS cases",
  missing: missing({ program: "storescp" }) ?? missing({ program: "openssl" }),
  fn: playAll,
});

const NAMES = tlsCases().map(({ name }) => name);

interface Tally {
  agreed: number;
  readonly excused: Map<string, string[]>;
  readonly faults: string[];
  /** Cases with short limits of seconds that came out otherwise while others ran next to them. */
  readonly hurried: TlsCase[];
}

async function playAll(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "tls-cases-" });
  const tally: Tally = { agreed: 0, excused: new Map(), faults: [], hurried: [] };
  try {
    await putTestPki(folder);
    await Deno.writeFile(`${folder}/seed.bin`, new Uint8Array(2000));
    await using servers = new Servers(folder);
    sayShare(`one case in ${PROCESS_SHARE}, and all about passwords or files written,`);
    const queue = chooseCases();
    const workers = Array.from({ length: AT_ONCE }, async () => {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        await playOne(next, { servers, folder, tally });
      }
    });
    await Promise.all(workers);
    await playAlone(tally, { servers, folder });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
  report(tally);
  assert.deepEqual(tally.faults, []);
  if (isOwn) assert.ok(!tally.excused.has("D61"), "our own engine makes the reference's offer");
  if (words.length > 0 || isOwn) return;
  for (const { id } of TLS_DIFFERENCES) assert.ok(tally.excused.has(id), `${id} excuses nothing`);
}

/** Limits of a second or three leave a busy machine no time: such cases are judged again alone, and with wide ones. */
async function playAlone(
  tally: Tally,
  at: { readonly servers: Servers; readonly folder: string },
): Promise<void> {
  const again = tally.hurried.splice(0);
  if (again.length > 0) {
    console.log(`again and alone: ${again.map(({ name }) => name).join(", ")}, with wide limits`);
  }
  for (const one of again) await playOne(widened(one), { ...at, tally, isAlone: true });
}

/** Prompts on a terminal are shown in `tests/peers/tls_password_test.ts`. */
function chooseCases(): TlsCase[] {
  const chosen = tlsCases().filter(({ group, name, tty }) =>
    tty === undefined && words.every((word) => `${group} ${name}`.includes(word))
  );
  return isOwn ? chosen.flatMap(withOwnEngine) : chosen;
}

function isProcess({ name, group, filesAfter }: TlsCase): boolean {
  const isShare = NAMES.indexOf(name) % PROCESS_SHARE === 0;
  return isShare || group === "password" || filesAfter !== undefined;
}

function withOwnEngine(one: TlsCase): readonly TlsCase[] {
  const { serverCommand, rawPeer, args } = one;
  const isTls = (args.includes("+tls") || args.includes("+tla")) && !args.includes("-tls");
  if (!isTls || (serverCommand ?? rawPeer) === undefined) return [];
  return [{ ...one, args: ["--tls-engine", "own", ...args] }];
}

async function playOne(
  one: TlsCase,
  at: {
    readonly servers: Servers;
    readonly folder: string;
    readonly tally: Tally;
    readonly isAlone?: true;
  },
): Promise<void> {
  const { folder, tally } = at;
  const port = await at.servers.portFor(one);
  const play = playerOf(isProcess(one));
  const ours = tlsOutcome(await playTlsCase(one, { play, folder, port }));
  const references = recordedTlsOutcomes(one);
  const faults = references.map((expected) => describe(expected, ours));
  const file = await fileFault(one, folder);
  if (file !== undefined) tally.faults.push(`${one.name}: ${file}`);
  if (faults.includes(undefined)) {
    tally.agreed += 1;
    return;
  }
  const ids = references.flatMap((expected) => excuse(expected, { one, ours }) ?? []);
  if (ids.length === 0 && at.isAlone === undefined && hasShortLimit(one)) {
    tally.hurried.push(one);
    return;
  }
  if (ids.length === 0) {
    tally.faults.push(`${one.group}: ${one.name}: ${one.args.join(" ")}\n${faults[0]}`);
  }
  for (const id of new Set(ids)) tally.excused.set(id, [...tally.excused.get(id) ?? [], one.name]);
}

/** The rows that, one after another, make the reference's outcome ours. */
function excuse(
  reference: Outcome,
  { one, ours }: { readonly one: TlsCase; readonly ours: Outcome },
): readonly string[] | undefined {
  let expected = reference;
  const ids: string[] = [];
  for (const row of TLS_DIFFERENCES) {
    const rewritten = row.rewrite(expected, one);
    if (rewritten === undefined || describe(expected, rewritten) === undefined) continue;
    expected = rewritten;
    ids.push(row.id);
    if (describe(expected, ours) === undefined) return ids;
  }
  return undefined;
}

/** Seeds are written over the start of a file, for the owner only. */
async function fileFault(one: TlsCase, folder: string): Promise<string | undefined> {
  for (const [name, { size, mode }] of Object.entries(one.filesAfter ?? {})) {
    // Another case may have written to a file that this one leaves alone.
    if (!one.args.includes(name) || !one.args.some((arg) => /^\+w[sf]$/.test(arg))) continue;
    if (one.args.includes("+wf") && one.args[one.args.indexOf("+rs") + 1] === name) continue;
    const info = await Deno.stat(`${folder}/${name}`);
    const got = `${info.size} bytes, mode ${((info.mode ?? 0) & 0o777).toString(8)}`;
    if (got !== `${size} bytes, mode ${mode}`) return `${name} has ${got}`;
  }
  return undefined;
}

function report({ agreed, excused, faults }: Tally): void {
  console.log(`recorded TLS cases: ${agreed} agree, ${faults.length} do not; excused:`);
  for (const [id, names] of [...excused].sort()) console.log(`  ${id}: ${names.length}`);
}
