/**
 * The floor: the least that a check costs on a runtime. A bare script sends the bytes that our program sends, in as many
 * writes, and reads each answer to its end; it knows nothing of DICOM.
 *
 * Variants of it say what stops a program where it cannot come down to the floor: each has one thing more that a program
 * may want of the runtime.
 */

import { compileFlags, runFlags } from "../../tools/ship/flags.ts";
import { LAB_FOLDER, labRuntime, OWN_RUNTIME } from "../../tools/ship/runtime.ts";
import { type Program, runProgram } from "../support/run_program.ts";

/** `HOST PORT ECHOES [KEY CERTIFICATE CA]`: sends what `REQUESTS` holds, the middle one so many times. */
const SCRIPT = `const [hostname, port, echoes, ...files] = Deno.args;
const [associate, echo, release] = REQUESTS.map((hex) => Uint8Array.fromHex(hex));
const connection = await CONNECT;
const read = READ;
const answer = new Uint8Array(65536);
const view = new DataView(answer.buffer);
async function ask(request) {
  await connection.write(request);
  let got = 0;
  do {
    const count = await read(answer.subarray(got));
    if (count === null) throw new Error("closed");
    got += count;
  } while (got < 6 || got < 6 + view.getUint32(2));
}
await ask(associate);
for (let left = Number(echoes); left > 0; left--) await ask(echo);
await ask(release);
connection.close();
`;

const SOURCES = new URL("../../main.ts", import.meta.url).href;

const PLAIN = "Deno.connect({ hostname, port: Number(port) })";

/** The runtime's TLS, with a certificate on both sides. */
const TLS = `(async () => {
  const [key, cert, ca] = files.map((file) => Deno.readTextFileSync(file));
  const secured = { hostname, port: Number(port), key, cert, caCerts: [ca] };
  const connection = await Deno.connectTls(secured);
  await connection.handshake();
  return connection;
})()`;

const PLAIN_READ = "(into) => connection.read(into)";

/** By a Web Stream that is pulled, as our program does. */
const STREAM_READ = `(() => {
  const buffer = new Uint8Array(16384);
  const reader = new ReadableStream({
    async pull(controller) {
      const count = await connection.read(buffer);
      if (count === null) controller.close();
      else controller.enqueue(buffer.slice(0, count));
    },
  }, { highWaterMark: 0 }).getReader();
  return async (into) => {
    const { done, value } = await reader.read();
    if (done) return null;
    into.set(value);
    return value.length;
  };
})()`;

/** Scripts of the floor. */
export interface FloorScripts {
  /** Takes host, port and number of echoes. */
  readonly check: string;
  /** The same over TLS; takes the files of a key, its certificate, and the CA as well. The host has to be a name. */
  readonly tls: string;
  /** Does nothing at all. */
  readonly empty: string;
  /** Those with one thing more, by its name. */
  readonly more: { readonly check: Scripts; readonly empty: Scripts };
}

type Scripts = Readonly<Record<string, string>>;

/**
 * Writes the scripts to a folder; the peer is one that answers `program`, a bundle in a folder of its own, to see what that
 * sends.
 */
export async function writeFloor(
  folder: string,
  { program, port }: { readonly program: Program; readonly port: number },
): Promise<FloorScripts> {
  let count = 0;
  const write = async (text: string): Promise<string> => {
    const file = `${folder}/floor_${count++}.js`;
    await Deno.writeTextFile(file, text);
    return file;
  };
  const writeAll = async (texts: Scripts): Promise<Scripts> => {
    const written: Record<string, string> = {};
    for (const [name, text] of Object.entries(texts)) written[name] = await write(text);
    return written;
  };
  const requests = await requestsOf(program, port);
  const hex = JSON.stringify(requests.map((request) => request.toHex()));
  const script = (connect: string, read: string) =>
    SCRIPT.replace("REQUESTS", hex).replace("CONNECT", () => connect).replace("READ", () => read);
  const check = script(PLAIN, PLAIN_READ);
  const imports = importsOf(program);
  return {
    check: await write(check),
    tls: await write(script(TLS, PLAIN_READ)),
    empty: await write(""),
    more: {
      check: await writeAll({
        "a Web Stream": script(PLAIN, STREAM_READ),
        ...mapped(imports, (text) => text + check),
      }),
      empty: await writeAll({ "a Web Stream": "new ReadableStream();\n", ...imports }),
    },
  };
}

function importsOf(program: Program): Scripts {
  const core = (program.args.at(-1) ?? "").replace(/[^/]*$/, "core.js");
  return {
    "our code": `import "${core}";\n`,
    // The runtime reads all files that a literal import names, also where it is never called.
    "the sight of our sources": `export const never = () => import("${SOURCES}");\n`,
    "node:crypto": `import "node:crypto";\n`,
  };
}

function mapped(scripts: Scripts, change: (text: string) => string): Scripts {
  return Object.fromEntries(
    Object.entries(scripts).map(([name, text]) => [name, change(text)]),
  );
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
