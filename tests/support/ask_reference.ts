/**
 * Asks the reference where it may end by its own crash: it is asked again, and a crash that lasts is its own result.
 *
 * Its log library fails an assertion at exit now and then, above all on a busy machine. That says nothing about ours.
 */

/** How a process ended that may have crashed. */
export interface Ending {
  /** The signal that ended it; `null` when it ended by itself. */
  readonly signal: string | null;
}

/** How often one question is put before a crash is believed. */
const ASKED = 3;

/** So many questions without an answer are luck; more of them mean a reference that cannot be used. */
const CRASHES_ALLOWED = 5;

let crashed = 0;

/** Puts a question until no signal ends the reference, three times at most; gives the last answer. */
export async function askAgain<Answer extends Ending>(
  ask: () => Promise<Answer>,
): Promise<Answer> {
  let answer = await ask();
  for (let asked = 1; asked < ASKED && answer.signal !== null; asked++) answer = await ask();
  return answer;
}

/**
 * Puts a question of that name; `undefined` when the reference crashed each time, which a printed line says.
 *
 * Throws when that happened to more than five questions of a process: then nothing is compared any more.
 */
export async function askReference<Answer extends Ending>(
  name: string,
  ask: () => Promise<Answer>,
): Promise<Answer | undefined> {
  const answer = await askAgain(ask);
  if (answer.signal === null) return answer;
  console.log(`the reference's crash, not compared: ${name} (${answer.signal}, ${ASKED} times)`);
  crashed += 1;
  if (crashed <= CRASHES_ALLOWED) return undefined;
  throw new Error(`Cannot compare: the reference crashed on ${crashed} questions`);
}
