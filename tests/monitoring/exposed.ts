/** Which metrics a text in Prometheus' format has, with their labels. */

/** Labels by name of the metric. */
export type Exposed = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the names in `text`. */
export function exposedNames(text: string): Exposed {
  const names = new Map<string, Set<string>>();
  for (const [, name = "", labels = ""] of text.matchAll(/^([a-z_]+)(\{.*\})? /gm)) {
    const known = names.get(name) ?? new Set();
    for (const [, label = ""] of labels.matchAll(/([a-z_]+)="/g)) known.add(label);
    names.set(name, known);
  }
  return names;
}
