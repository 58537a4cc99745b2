import assert from "node:assert/strict";
import { compiledAtLoad, type FunctionRange } from "./eager.ts";

/** Where these functions are in `code`, each once. */
function rangesIn(code: string, ...texts: readonly string[]): readonly FunctionRange[] {
  return texts.map((text) => {
    const start = code.indexOf(text);
    assert.notEqual(start, -1, text);
    return { start, end: start + text.length };
  });
}

async function load(code: string): Promise<Readonly<Record<string, unknown>>> {
  return await import(`data:text/javascript,${encodeURIComponent(code)}`);
}

Deno.test("compiledAtLoad() puts functions into parentheses, declared ones at the head of their body", async () => {
  const code = `import{sep as s}from"node:path";var x=a(1);function a(n){return n+1}` +
    `var b=async n=>a(n),c=[1,2].map(n=>n*x);async function d(n){return await b(n)}` +
    `function*e(){yield s}class F{m(){return a.name}}export{c,d,e,F};\n`;
  const ranges = rangesIn(
    code,
    code,
    "function a(n){return n+1}",
    "async n=>a(n)",
    "n=>n*x",
    "async function d(n){return await b(n)}",
    "function*e(){yield s}",
    "m(){return a.name}",
  );
  const made = compiledAtLoad(code, ranges);
  assert.equal(
    made,
    `var a=(function(n){return n+1}),d=(async function(n){return await b(n)}),` +
      `e=(function*(){yield s});import{sep as s}from"node:path";var x=a(1);` +
      `var b=(async n=>a(n)),c=[1,2].map((n=>n*x));class F{m(){return a.name}}export{c,d,e,F};\n`,
  );
  const before = await load(code);
  const after = await load(made);
  assert.deepEqual(after.c, before.c);
  const { d, F } = after;
  assert.ok(typeof d === "function" && typeof F === "function");
  assert.equal(await d(4), 5);
  assert.equal(Reflect.construct(F, []).m(), "a");
});

Deno.test("compiledAtLoad() gives each part of the core a head of its own", async () => {
  const one = `()=>{var x=f(1);function f(n){function g(){return n}return g()}\nreturn{x}}`;
  const code = `const core_0=(${one})();\nconst core_1=(()=>{const{x}=core_0;return{y:x}})();\n` +
    `export{core_0,core_1};\n`;
  const inner = "function g(){return n}";
  const ranges = rangesIn(code, one, `function f(n){${inner}return g()}`, inner);
  const made = compiledAtLoad(code, ranges);
  assert.ok(
    made.startsWith(`const core_0=(()=>{var f=(function(n){${inner}return g()});var x=f(1);\nre`),
    made,
  );
  assert.deepEqual((await load(made)).core_1, { y: 1 });
});

Deno.test("compiledAtLoad() leaves alone what is not asked for, and functions inside expressions", () => {
  const code = "var a=function b(n){return n},c={d(){}};function e(){}";
  assert.equal(compiledAtLoad(code, []), code);
  assert.equal(compiledAtLoad(code, rangesIn(code, "function b(n){return n}", "d(){}")), code);
});
