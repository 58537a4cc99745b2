/** Many clients at once that send fixed bytes and read the answers: as little work as can be, so that the server is measured. */

/** What the clients do. */
export interface Load {
  readonly port: number;
  /** How many at once. */
  readonly clients: number;
  /** A-ASSOCIATE-RQ, P-DATA-TF and A-RELEASE-RQ. */
  readonly requests: readonly Uint8Array<ArrayBuffer>[];
  /** Whether each has one association, and sends echoes on it; else each echo has an association of its own. */
  readonly keeps: boolean;
  /** Ends the load, besides `most`. */
  readonly seconds?: number;
  /** So many echoes in all. */
  readonly most?: number;
  /** Called after each echo. */
  readonly onEcho?: (done: number) => void;
}

/** What came of it. */
export interface LoadResult {
  /** Echoes that were answered. */
  readonly done: number;
  /** Associations that were rejected. */
  readonly rejected: number;
  /** Connections that failed or ended early. */
  readonly failed: number;
  readonly seconds: number;
}

/** Types of the answers that are hoped for, in order (PS3.8 9.3). */
const [ACCEPTED, REJECTED, DATA] = [2, 3, 4];

/** Puts the load on a server. */
export async function put(load: Load): Promise<LoadResult> {
  const { clients, seconds, most = Infinity } = load;
  const end = new AbortController();
  const timer = seconds === undefined ? undefined : setTimeout(() => end.abort(), 1000 * seconds);
  const began = performance.now();
  const counts = { done: 0, rejected: 0, failed: 0 };
  const counted = () => {
    counts.done += 1;
    load.onEcho?.(counts.done);
    if (counts.done >= most) end.abort();
  };
  async function play(): Promise<void> {
    while (!end.signal.aborted) {
      try {
        if (!await associate(load, { signal: end.signal, counted })) counts.rejected += 1;
      } catch {
        if (!end.signal.aborted) counts.failed += 1;
      }
    }
  }
  await Promise.all(Array.from({ length: clients }, play));
  clearTimeout(timer);
  return { ...counts, seconds: (performance.now() - began) / 1000 };
}

interface Run {
  readonly signal: AbortSignal;
  readonly counted: () => void;
}

/** One association; false when it was rejected. */
async function associate(
  { port, requests, keeps }: Load,
  { signal, counted }: Run,
): Promise<boolean> {
  const [request, echo, release] = requests;
  if (request === undefined || echo === undefined || release === undefined) return false;
  using connection = await Deno.connect({ hostname: "127.0.0.1", port, signal });
  const stop = () => closeOnce(connection);
  signal.addEventListener("abort", stop);
  try {
    const ask = talker(connection);
    const answer = await ask(request);
    if (answer === REJECTED) return false;
    if (answer !== ACCEPTED) throw new Error(`PDU of type ${answer}`);
    do {
      if (await ask(echo) !== DATA) throw new Error("no echo");
      counted();
    } while (keeps && !signal.aborted);
    await ask(release);
    return true;
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

function closeOnce(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It was closed already.
  }
}

/** Sends a PDU, reads the answer to its end, and gives its type. */
function talker(
  connection: Deno.Conn,
): (request: Uint8Array<ArrayBuffer>) => Promise<number | undefined> {
  const answer = new Uint8Array(1024);
  const view = new DataView(answer.buffer);
  return async (request) => {
    await connection.write(request);
    let got = 0;
    do {
      const count = await connection.read(answer.subarray(got));
      if (count === null) throw new Error("closed");
      got += count;
    } while (got < 6 || got < 6 + view.getUint32(2));
    return answer[0];
  };
}
