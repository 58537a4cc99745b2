/** What other people's programs this machine has. */

/** A program of another vendor that the tests use. */
export type Need =
  | { readonly program: string }
  | { readonly python: string }
  | { readonly jar: string }
  | { readonly npm: string };

/** Debian's own Python, the only one that sees Debian's modules. */
export const DEBIAN_PYTHON = "/usr/bin/python3";

/** Folder of the project, outside version control, where the npm peers are installed. */
export const NPM_FOLDER = pathOf("../../.cache/peers");

const checked = new Map<string, string | undefined>();

/** Says why a program cannot be used here; `undefined` when it can. `afresh` looks again after an installation. */
export function missing(need: Need, { afresh = false } = {}): string | undefined {
  const key = JSON.stringify(need);
  if (afresh || !checked.has(key)) checked.set(key, look(need));
  return checked.get(key);
}

/** Path of a program on the search path, system folders included. */
export function findProgram(name: string): string | undefined {
  const folders = (Deno.env.get("PATH") ?? "").split(":").concat("/usr/sbin", "/usr/bin");
  return folders.map((folder) => `${folder}/${name}`).find(isFile);
}

/** Path of a file of the test tools. */
export function pathOf(relative: string): string {
  return decodeURIComponent(new URL(relative, import.meta.url).pathname);
}

function look(need: Need): string | undefined {
  if (Deno.build.os === "windows") return "the foreign programs are set up for Unix systems only";
  if ("program" in need) {
    return findProgram(need.program) === undefined ? `${need.program} is not installed` : undefined;
  }
  if ("jar" in need) {
    if (!isFile(need.jar)) return `${need.jar} is not installed`;
    return findProgram("java") === undefined ? "java is not installed" : undefined;
  }
  if ("npm" in need) {
    if (findProgram("node") === undefined) return "node is not installed";
    const found = isFile(`${NPM_FOLDER}/node_modules/${need.npm}/package.json`);
    return found
      ? undefined
      : `npm package ${need.npm} is not installed (deno task test installs it)`;
  }
  return importsModule(need.python) ? undefined : `python3-${need.python} is not installed`;
}

function importsModule(name: string): boolean {
  if (!isFile(DEBIAN_PYTHON)) return false;
  const args = ["-c", `import ${name}`];
  return new Deno.Command(DEBIAN_PYTHON, { args, stderr: "null" }).outputSync().success;
}

function isFile(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
