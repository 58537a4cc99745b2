/**
 * Has the runtime compile functions when it loads a file.
 *
 * V8 compiles a function when it is first called. So a check of some tens of milliseconds compiles hundreds of them one by
 * one, and again at each start, because what the runtime keeps for the next one is what was compiled when a file was
 * loaded. But V8 takes a function in parentheses for one that is called at once, and compiles it with its file. Here
 * functions get these parentheses; methods of classes cannot have them. What it saves: docs/performance.md.
 */

/** A function of a file: from `async`, `function`, its parameters or the name of a method up to its end. */
export interface FunctionRange {
  /** Of its first character. */
  readonly start: number;
  /** After its last character. */
  readonly end: number;
}

/** A function that is a statement, up to its parameters. */
const DECLARATION = /^((?:async )?function\*?) ?([\w$]+)(?=\()/;

/** What a statement comes after: the start of a body, or another statement. */
const BEFORE_STATEMENT = /(?:^|[;}\n]|=>\{)$/;

/** An arrow function, unless its parameters hold parentheses. */
const ARROW = /^(?:async ?)?(?:[\w$]+|\([^()]*\))=>/;

/** What a part of `core.js` comes after (`join.ts`). */
const BEFORE_PART = /^const core_\d+=\($/m;

interface FunctionNode extends FunctionRange {
  /** Those in it, in their order. */
  readonly inner: FunctionNode[];
}

/** The same code, with `functions` compiled when it is loaded. */
export function compiledAtLoad(code: string, functions: readonly FunctionRange[]): string {
  const file = treeOf(code, functions);
  return rewritten(code, { node: file, isBody: true, headAt: 0 });
}

function treeOf(code: string, functions: readonly FunctionRange[]): FunctionNode {
  const file: FunctionNode = { start: 0, end: code.length, inner: [] };
  const open = [file];
  for (const { start, end } of functions.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    // V8 knows the file itself as a function.
    if (start === 0 && end === code.length) continue;
    while (end > (open.at(-1)?.end ?? Infinity)) open.pop();
    const node = { start, end, inner: [] };
    open.at(-1)?.inner.push(node);
    open.push(node);
  }
  return file;
}

/** A body is that of the file or of a part: what it declares can go to its head (`headAt`), where variables are. */
function rewritten(
  code: string,
  { node, isBody, headAt }: {
    readonly node: FunctionNode;
    readonly isBody: boolean;
    readonly headAt: number;
  },
): string {
  const declared: string[] = [];
  let text = "";
  let at = node.start;
  for (const inner of node.inner) {
    const before = code.slice(Math.max(0, inner.start - 20), inner.start);
    text += code.slice(at, inner.start);
    at = inner.end;
    const isPart = BEFORE_PART.test(before);
    const made = rewritten(code, { node: inner, isBody: isPart, headAt: "()=>{".length });
    const [declaration, kind, name] = DECLARATION.exec(made) ?? [];
    if (isBody && declaration !== undefined && BEFORE_STATEMENT.test(before)) {
      declared.push(`${name}=(${kind}${made.slice(declaration.length)})`);
    } else text += ARROW.test(made) && !isPart ? `(${made})` : made;
  }
  text += code.slice(at, node.end);
  if (declared.length === 0) return text;
  return `${text.slice(0, headAt)}var ${declared.join()};${text.slice(headAt)}`;
}
