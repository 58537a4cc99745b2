/** Paths of files that are named in a plan. */

/** `path` as seen from the folder of `file`, where it is named; an absolute path stays. */
export function pathBeside(file: string, path: string): string {
  if (/^([/\\]|[A-Za-z]:[/\\])/.test(path)) return path;
  const folder = /^.*[/\\]/s.exec(file)?.[0] ?? "";
  return simplified(folder + path);
}

/** Without steps that lead nowhere, so that one file has one path. */
export function simplified(path: string): string {
  const steps: string[] = [];
  const root = /^[/\\]*/.exec(path)?.[0] ?? "";
  for (const step of path.slice(root.length).split(/[/\\]+/)) {
    const last = steps.at(-1);
    if (step === "." || step === "") continue;
    if (step === ".." && last !== undefined && last !== "..") steps.pop();
    else steps.push(step);
  }
  return root + (steps.length === 0 && root === "" ? "." : steps.join("/"));
}
