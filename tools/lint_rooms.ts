/**
 * Lint rules of this project, run by `deno lint` (`lint.plugins` in deno.json).
 *
 * They hold what no reader should have to check: the direction of imports between rooms, that pure rooms never name
 * `Deno`, the sizes of functions and files, and that no text makes a regular expression slow. Tests (`*_test.ts`) are
 * left alone by the rules about sizes and expressions.
 */

import { isTest, judgeImport, placeOf, ROOMS } from "./rooms.ts";
import { type Expression, slowness } from "./slow_patterns.ts";

const MAX_FUNCTION_LINES = 40;
const MAX_FILE_LINES = 500;
const MAX_POSITIONAL_PARAMETERS = 2;

type FunctionNode =
  | Deno.lint.FunctionDeclaration
  | Deno.lint.FunctionExpression
  | Deno.lint.ArrowFunctionExpression;

type Importing =
  | Deno.lint.ImportDeclaration
  | Deno.lint.ExportNamedDeclaration
  | Deno.lint.ExportAllDeclaration
  | Deno.lint.ImportExpression;

const roomImports: Deno.lint.Rule = {
  create(context) {
    function judge(node: Importing, typeOnly: boolean): void {
      if (node.source?.type !== "Literal") return;
      const specifier = String(node.source.value);
      const found = {
        from: context.filename,
        specifier,
        typeOnly,
        errorsOnly: takesErrorsOnly(node),
      };
      const message = judgeImport(found);
      if (message !== undefined) context.report({ node, message });
    }
    return {
      ImportDeclaration: (node) => judge(node, node.importKind === "type"),
      ExportNamedDeclaration: (node) => judge(node, node.exportKind === "type"),
      ExportAllDeclaration: (node) => judge(node, node.exportKind === "type"),
      ImportExpression: (node) => judge(node, false),
    };
  },
};

const noDenoInPureRooms: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename) || !mustBePure(context.filename)) return {};
    return {
      Identifier(node) {
        if (node.name !== "Deno") return;
        context.report({
          node,
          message: "A pure room never names Deno: take what is needed as a value",
        });
      },
    };
  },
};

const maxFunctionLength: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename)) return {};
    function measure(node: FunctionNode): void {
      const lines = countLines(context.sourceCode.getText(node));
      if (lines <= MAX_FUNCTION_LINES) return;
      const message = `A function has at most ${MAX_FUNCTION_LINES} lines, this one has ${lines}`;
      context.report({ range: [node.range[0], node.range[0] + 1], message });
    }
    return {
      FunctionDeclaration: measure,
      FunctionExpression: measure,
      ArrowFunctionExpression: measure,
    };
  },
};

const maxFileLength: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename) || placeOf(context.filename).kind === "outside") return {};
    const text = context.sourceCode.text;
    const lines = countLines(text.trimEnd());
    if (lines <= MAX_FILE_LINES || isDataTable(context.filename, text)) return {};
    return {
      Program() {
        const message = `A source file has at most ${MAX_FILE_LINES} lines, this one has ${lines}`;
        const hint =
          "split it, or begin it with the comment `// data table` if it holds nothing else";
        context.report({ range: [0, 1], message, hint });
      },
    };
  },
};

const noTopLevelArrow: Deno.lint.Rule = {
  create(context) {
    function judge(statement: Deno.lint.Node): void {
      if (statement.type === "ExportNamedDeclaration" && statement.declaration) {
        return judge(statement.declaration);
      }
      if (statement.type !== "VariableDeclaration") return;
      for (const { init } of statement.declarations) {
        if (init?.type !== "ArrowFunctionExpression") continue;
        context.report({ node: init, message: "A function at the top level is a `function`" });
      }
    }
    return { Program: (node) => node.body.forEach((statement) => judge(statement)) };
  },
};

const maxPositionalParameters: Deno.lint.Rule = {
  create(context) {
    function judge(node: Deno.lint.Node, params: readonly Deno.lint.Parameter[]): void {
      const count = isOptionsObject(params.at(-1)) ? params.length - 1 : params.length;
      if (count <= MAX_POSITIONAL_PARAMETERS) return;
      const message =
        `At most ${MAX_POSITIONAL_PARAMETERS} positional parameters, then one options object; here ${count}`;
      context.report({ range: [node.range[0], node.range[0] + 1], message });
    }
    return {
      FunctionDeclaration: (node) => judge(node, node.params),
      MethodDefinition: (node) => judge(node, node.value.params),
    };
  },
};

const noSlowPatterns: Deno.lint.Rule = {
  create(context) {
    if (isTest(context.filename) || placeOf(context.filename).kind === "outside") return {};
    function judge(node: Deno.lint.Node, expression: Expression): void {
      const message = slowness(expression);
      if (message === undefined) return;
      const hint = "cut by index, as src/common/trim.ts does, or say where the expression begins";
      context.report({ node, message: `A long text makes this slow: ${message}`, hint });
    }
    return {
      Literal(node) {
        if (!("regex" in node) || node.regex === undefined) return; // a bigint has it empty
        judge(node, { source: node.regex.pattern, flags: node.regex.flags });
      },
      NewExpression(node) {
        const [source] = node.arguments;
        if (node.callee.type !== "Identifier" || node.callee.name !== "RegExp") return;
        if (source?.type !== "Literal" || typeof source.value !== "string") return;
        judge(node, { source: source.value, flags: "" });
      },
    };
  },
};

/** The plugin, as `deno lint` wants it. */
const plugin: Deno.lint.Plugin = {
  name: "rooms",
  rules: {
    "room-imports": roomImports,
    "no-deno-in-pure-rooms": noDenoInPureRooms,
    "max-function-length": maxFunctionLength,
    "max-file-length": maxFileLength,
    "no-top-level-arrow": noTopLevelArrow,
    "max-positional-parameters": maxPositionalParameters,
    "no-slow-patterns": noSlowPatterns,
  },
};

// The one default export of the project: `deno lint` asks for it.
export default plugin;

function mustBePure(filename: string): boolean {
  const place = placeOf(filename);
  if (place.kind === "leaf") return true;
  if (place.kind === "outside") return false;
  const deno = ROOMS[place.room]?.deno ?? "nowhere";
  if (deno === "host files") return !(place.path.split("/").at(-1) ?? "").startsWith("host_");
  return deno === "nowhere";
}

function takesErrorsOnly(node: Importing): boolean {
  if (node.type !== "ImportDeclaration" || node.specifiers.length === 0) return false;
  return node.specifiers.every((specifier) =>
    specifier.type === "ImportSpecifier" && specifier.imported.type === "Identifier" &&
    specifier.imported.name.endsWith("Error")
  );
}

/** The last parameter counts as options when it may be left out, is taken apart, or has its type written inline. */
function isOptionsObject(parameter: Deno.lint.Parameter | undefined): boolean {
  if (parameter === undefined) return false;
  if (parameter.type === "TSParameterProperty") return isOptionsObject(parameter.parameter);
  if (parameter.type === "AssignmentPattern" || parameter.type === "ObjectPattern") return true;
  if (parameter.type !== "Identifier") return false;
  const written = parameter.typeAnnotation?.typeAnnotation.type;
  return parameter.optional || parameter.name === "options" || written === "TSTypeLiteral";
}

function countLines(text: string): number {
  return text === "" ? 0 : text.split("\n").length;
}

/** A file of data says so by its name, or in its first line. */
function isDataTable(filename: string, text: string): boolean {
  return /(^|[/\\_])(rows|names|cases)(_\w+)?\.ts$/.test(filename) ||
    /^\/\/ data table\b/.test(text);
}
