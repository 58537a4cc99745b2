/**
 * Puts what every start needs into one file.
 *
 * Code splitting makes a file of each set of modules that the same parts of the program share: some forty that a plain
 * check has to find, read and link one by one, which took a tenth of its processor time. Here the files that `main.js`
 * imports, and those that they import, become functions of one file, `core.js`, that are called in their order; what
 * they export is what these functions give. So it is fixed once they have run: no module may export a variable that
 * changes, and circles are not allowed, which holds in this program (`deno lint`).
 */

/** The file that everything begins with. */
export const MAIN = "main.js";

/** The file that is made. */
export const CORE = "core.js";

/** A static import at the top of a file, as the bundler writes it. */
const IMPORT = /import(?:\{([^}]*)\}from)?"\.\/([\w-]+\.js)";/y;

/** The exports at the end of a file, as the bundler writes them. */
const EXPORT = /export\{([^}]*)\};\s*$/;

/** An import of what is not in the bundle, such as a module of Node.js: these are slow, and for who needs them. */
const FOREIGN = /(?:^|[;}\n])import[\s"{*]/;

/** A name in one file and in another one. */
interface Renaming {
  readonly from: string;
  readonly to: string;
}

/** A file in its parts. */
interface Chunk {
  readonly imports: readonly { readonly file: string; readonly names: readonly Renaming[] }[];
  readonly code: string;
  readonly exports: readonly Renaming[];
}

/** The files of a bundle by their names, with those joined that every start needs. Throws when they are not as expected. */
export function joinCore(files: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const chunks = new Map([...files].map(([name, text]) => [name, parseChunk(text)]));
  const order = orderOf(chunks);
  const core = new Map(order.map((name, at) => [name, `core_${at}`]));
  const joined = new Map<string, string>([[CORE, coreOf(order, { chunks, core })]]);
  for (const [name, chunk] of chunks) {
    const own = core.get(name);
    if (own === undefined) joined.set(name, relinked(chunk, core));
    else if (isLoadedLater(name, files)) joined.set(name, facade(chunk, own));
  }
  return joined;
}

function parseChunk(text: string): Chunk {
  const imports: Chunk["imports"][number][] = [];
  let end = 0;
  for (IMPORT.lastIndex = 0;;) {
    const found = IMPORT.exec(text);
    if (found === null) break;
    const [, names = "", file = ""] = found;
    imports.push({ file, names: renamings(names) });
    end = IMPORT.lastIndex;
  }
  const [last = "", names = ""] = EXPORT.exec(text) ?? [];
  const code = text.slice(end, text.length - last.length).trim();
  return { imports, code, exports: renamings(names) };
}

/** `a as b,c` are `a` under the name of `b`, and `c`. */
function renamings(list: string): readonly Renaming[] {
  return list.split(",").filter((one) => one !== "").map((one) => {
    const [from = "", to = from] = one.split(" as ");
    return { from, to };
  });
}

/** What `main.js` imports, each file after those that it imports itself. */
function orderOf(chunks: ReadonlyMap<string, Chunk>): readonly string[] {
  const done = new Map<string, "begun" | "ended">();
  const order: string[] = [];
  function visit(name: string): void {
    if (done.get(name) === "ended") return;
    if (done.get(name) === "begun") throw new Error(`${name} imports itself in a circle`);
    done.set(name, "begun");
    const chunk = chunks.get(name);
    if (chunk === undefined) throw new Error(`${name} is imported, but is not there`);
    for (const { file } of chunk.imports) visit(file);
    done.set(name, "ended");
    if (name === MAIN) return;
    if (FOREIGN.test(chunk.code)) throw new Error(`${name} would load more at every start`);
    order.push(name);
  }
  visit(MAIN);
  return order;
}

function coreOf(
  order: readonly string[],
  { chunks, core }: {
    readonly chunks: ReadonlyMap<string, Chunk>;
    readonly core: ReadonlyMap<string, string>;
  },
): string {
  const parts = order.map((name) => {
    const chunk = chunks.get(name);
    const given = chunk?.exports.map(({ from, to }) => `${to}:${from}`).join() ?? "";
    const code = chunk === undefined ? "" : taken(chunk, core) + chunk.code;
    return `const ${core.get(name)}=(()=>{${code}\nreturn{${given}}})();\n`;
  });
  return `${parts.join("")}export{${[...core.values()].join()}};\n`;
}

/** Takes what a file imports of the core into its own names. */
function taken({ imports }: Chunk, core: ReadonlyMap<string, string>): string {
  return imports.filter(({ file, names }) => core.has(file) && names.length > 0)
    .map(({ file, names }) => {
      const pattern = names.map(({ from, to }) => from === to ? from : `${from}:${to}`).join();
      return `const{${pattern}}=${core.get(file)};`;
    }).join("");
}

/** A file that stays, with the core in place of the files that are in it now. */
function relinked(chunk: Chunk, core: ReadonlyMap<string, string>): string {
  const parts = new Set(
    chunk.imports.filter(({ names }) => names.length > 0).map(({ file }) => core.get(file))
      .filter((part) => part !== undefined),
  );
  const others = chunk.imports.filter(({ file }) => !core.has(file)).map(({ file, names }) =>
    names.length === 0 ? `import"./${file}";` : `import{${listed(names)}}from"./${file}";`
  );
  const own = parts.size === 0 ? "" : `import{${[...parts].join()}}from"./${CORE}";`;
  return `${own}${others.join("")}${taken(chunk, core)}${chunk.code}${exported(chunk.exports)}`;
}

/** What is in the core, for who loads it later by its own name. */
function facade({ exports }: Chunk, part: string): string {
  const names = exports.map(({ from, to }) => `${to}:${from}`).join();
  return `import{${part}}from"./${CORE}";const{${names}}=${part};${exported(exports)}`;
}

function exported(names: readonly Renaming[]): string {
  return names.length === 0 ? "\n" : `\nexport{${listed(names)}};\n`;
}

function listed(names: readonly Renaming[]): string {
  return names.map(({ from, to }) => from === to ? from : `${from} as ${to}`).join();
}

function isLoadedLater(name: string, files: ReadonlyMap<string, string>): boolean {
  return files.values().some((text) => text.includes(`import("./${name}")`));
}
