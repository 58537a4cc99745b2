/**
 * Variables: `${NAME}` in values and in names.
 *
 * Text is replaced in place and scanned again from the same spot, so a replacement may hold further variables. All
 * settings are worked through in passes until a pass changes nothing. The reference never comes to an end when a
 * variable leads back to itself; here that is a refusal which names the variable.
 */
import type { ByteText } from "./byte_text.ts";
import type { Diagnostics } from "./diagnostics.ts";
import type { Properties } from "./properties.ts";
import { LogConfigRefusal } from "./refusal.ts";

/** Looks a name up in the environment. */
export type EnvironmentLookup = (name: ByteText) => ByteText | undefined;

/** Longest text a value may grow to; our judgement: real ones stay below a thousand bytes. */
const MAX_LENGTH = 65_536;
/** Most replacements in one text; our judgement, as above. */
const MAX_REPLACEMENTS = 1000;
/** Most passes over all settings; each one but the last must rename or change something. */
const MAX_PASSES = 100;

/** What expansion needs to know besides the text. */
interface Surroundings {
  readonly properties: Properties;
  readonly env: EnvironmentLookup;
  readonly diagnostics: Diagnostics;
}

/** A replacement that is still being scanned: it reaches to `tail` bytes before the end of the text. */
interface OpenReplacement {
  readonly name: ByteText;
  readonly tail: number;
}

/** Expands the variables of all names and values in place. */
export function expandVariables(
  properties: Properties,
  helpers: { readonly env: EnvironmentLookup; readonly diagnostics: Diagnostics },
): void {
  const surroundings = { properties, ...helpers };
  for (let pass = 0; expandPass(surroundings); pass++) {
    if (pass === MAX_PASSES) {
      throw new LogConfigRefusal("Variables of --log-config file never settle");
    }
  }
}

/** One pass, names in ascending order, name before value; whether anything changed. */
function expandPass(surroundings: Surroundings): boolean {
  const { properties } = surroundings;
  let changed = false;
  for (const name of properties.names()) {
    const value = properties.get(name);
    const newName = expandText({ text: name, setting: name }, surroundings);
    if (newName !== undefined) {
      properties.delete(name);
      properties.set(newName, value);
      changed = true;
    }
    const newValue = expandText({ text: value, setting: newName ?? name }, surroundings);
    if (newValue !== undefined) {
      properties.set(newName ?? name, newValue);
      changed = true;
    }
  }
  return changed;
}

/** The expanded text, or `undefined` when it stays as it is. `setting` is only for messages. */
function expandText(
  { text, setting }: { readonly text: ByteText; readonly setting: ByteText },
  surroundings: Surroundings,
): ByteText | undefined {
  let current = text;
  let from = 0;
  let replacements = 0;
  const open: OpenReplacement[] = [];
  while (true) {
    const start = current.indexOf("${", from);
    if (start < 0) return replacements > 0 ? current : undefined;
    const end = current.indexOf("}", start);
    if (end < 0) {
      surroundings.diagnostics.error(
        `"${current}" has no closing brace. Opening brace at position ${start}.`,
      );
      return undefined;
    }
    const name = current.slice(start + 2, end);
    const replacement = lookUp(name, surroundings);
    if (replacement === undefined) {
      from = end + 1;
      continue;
    }
    enter(open, { name, tail: current.length - end - 1 }, {
      start,
      length: current.length,
      setting,
    });
    current = current.slice(0, start) + replacement + current.slice(end + 1);
    from = start;
    if (++replacements > MAX_REPLACEMENTS || current.length > MAX_LENGTH) {
      throw new LogConfigRefusal(`Value of "${setting}" in --log-config file grows without end`);
    }
  }
}

/** Notes that `next` is being replaced at `place.start`; refuses when that happens inside its own replacement. */
function enter(
  open: OpenReplacement[],
  next: OpenReplacement,
  place: { readonly start: number; readonly length: number; readonly setting: ByteText },
): void {
  let last = open.at(-1);
  while (last !== undefined && place.start >= place.length - last.tail) {
    open.pop();
    last = open.at(-1);
  }
  if (open.some((replacement) => replacement.name === next.name)) {
    throw new LogConfigRefusal(
      `Variable "${next.name}" of --log-config file refers to itself (in "${place.setting}")`,
    );
  }
  open.push(next);
}

/** A setting that is not empty, else an environment variable that is not empty. */
function lookUp(name: ByteText, surroundings: Surroundings): ByteText | undefined {
  const setting = surroundings.properties.get(name);
  if (setting !== "") return setting;
  const variable = surroundings.env(name);
  return variable === undefined || variable === "" ? undefined : variable;
}
