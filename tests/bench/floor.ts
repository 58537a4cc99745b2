/**
 * The floor: the least that a check costs on a runtime. A bare script sends the bytes that our program sends, in as many
 * writes, and reads each answer to its end; it knows nothing of DICOM.
 */

import { compileFlags, runFlags } from "../../tools/ship/flags.ts";
import { LAB_FOLDER, labRuntime, OWN_RUNTIME } from "../../tools/ship/runtime.ts";
import { type Program, runProgram } from "../support/run_program.ts";

/** `HOST PORT ECHOES`: sends what `REQUESTS` holds, the middle one so many times. */
const SCRIPT = `const [hostname, port, echoes] = Deno.args;
const [associate, echo, release] = REQUESTS.map((hex) => Uint8Array.fromHex(hex));
const connection = await Deno.connect({ hostname, port: Number(port) });
const answer = new Uint8Array(65536);
const view = new DataView(answer.buffer);
async function ask(request) {
  await connection.write(request);
  let got = 0;
  do {
    const count = await connection.read(answer.subarray(got));
    if (count === null) throw new Error("closed");
    got += count;
  } while (got < 6 || got < 6 + view.getUint32(2));
}
await ask(associate);
for (let left = Number(echoes); left > 0; left--) await ask(echo);
await ask(release);
connection.close();
`;

/** Scripts of the floor. */
export interface FloorScripts {
  /** Takes host, port and number of echoes. */
  readonly check: string;
  /** Does nothing at all. */
  readonly empty: string;
}

/** Writes the scripts to a folder; the peer is one that answers `program`, to see what that sends. */
export async function writeFloor(
  folder: string,
  { program, port }: { readonly program: Program; readonly port: number },
): Promise<FloorScripts> {
  const requests = await requestsOf(program, port);
  const scripts = { check: `${folder}/floor.js`, empty: `${folder}/empty.js` };
  const hex = JSON.stringify(requests.map((request) => request.toHex()));
  await Deno.writeTextFile(scripts.check, SCRIPT.replace("REQUESTS", hex));
  await Deno.writeTextFile(scripts.empty, "");
  return scripts;
}

/** The PDUs that a check sends, seen on their way to a peer: A-ASSOCIATE-RQ, P-DATA-TF, A-RELEASE-RQ. */
export async function requestsOf(
  program: Program,
  port: number,
): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const hostname = "127.0.0.1";
  using listener = Deno.listen({ hostname, port: 0 });
  const pieces: Uint8Array[] = [];
  const relayed = (async () => {
    using near = await listener.accept();
    using far = await Deno.connect({ hostname, port });
    const answers = far.readable.pipeTo(near.writable).catch(() => {});
    for await (const piece of near.readable) {
      pieces.push(piece);
      await far.write(piece);
    }
    far.closeWrite();
    await answers;
  })().catch(() => {});
  const { code, stderr } = await runProgram(program, { args: [hostname, `${listener.addr.port}`] });
  await relayed;
  const requests = splitPdus(Uint8Array.from(pieces.flatMap((piece) => [...piece])));
  if (code === 0 && requests.length === 3) return requests;
  throw new Error(`a check that was to be watched ended with ${code}: ${stderr}`);
}

function splitPdus(bytes: Uint8Array<ArrayBuffer>): readonly Uint8Array<ArrayBuffer>[] {
  const pdus: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = at + 6 + new DataView(bytes.buffer).getUint32(at + 2);
    pdus.push(bytes.slice(at, end));
    at = end;
  }
  return pdus;
}

/** A script under the runtime of the Deno that runs this, with the flags of our program. */
export function runScript(script: string): Program {
  return { command: Deno.execPath(), args: ["run", ...runFlags(), script] };
}

/** The same script compiled as our program is, by Deno's own runtime or the laboratory's. */
export async function compileScript(
  script: string,
  { lab }: { readonly lab: boolean },
): Promise<Program> {
  const { deno, env } = lab ? await labRuntime(LAB_FOLDER, Deno.build.target) : OWN_RUNTIME;
  const output = script.replace(/\.js$/, "");
  const compiler = { command: deno, args: ["compile", ...compileFlags(), `--output=${output}`] };
  const { code, stderr } = await runProgram(compiler, { args: [script], env });
  if (code !== 0) throw new Error(`cannot compile ${script}: ${stderr}`);
  return { command: output, args: [] };
}
