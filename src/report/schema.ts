/**
 * JSON Schema nodes (draft 2020-12) that carry the type of what they describe.
 *
 * A format is written down once, here as a value: its TypeScript type comes from the same value (`TypeOf`), so that
 * code which departs from the published schema does not compile.
 */

/** A schema as it is in a file. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** Any value that JSON can hold. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** A schema of values of type `T`. */
export interface SchemaOf<T> {
  /** As it is in a file. */
  readonly json: JsonSchema;
  /** Never there: holds the type. */
  readonly type?: T;
}

/** The type of the values a schema describes. */
export type TypeOf<S> = S extends SchemaOf<infer T> ? T : never;

/** Members of an object by name. */
export type Members = Readonly<Record<string, SchemaOf<unknown>>>;

/** What an object with these members looks like. */
export type RecordOf<R extends Members, O extends Members> =
  & { readonly [K in keyof R]: TypeOf<R[K]> }
  & { readonly [K in keyof O]?: TypeOf<O[K]> };

/** A text; `more` are further keywords such as `format`. */
export function text(description: string, more: JsonSchema = {}): SchemaOf<string> {
  return { json: { description, type: "string", ...more } };
}

/** A number; `more` are further keywords such as `minimum`. */
export function number(description: string, more: JsonSchema = {}): SchemaOf<number> {
  return { json: { description, type: "number", ...more } };
}

/** An integer from `minimum` (default 0) to `maximum` (default none). */
export function integer(
  description: string,
  range: { readonly minimum?: number; readonly maximum?: number } = {},
): SchemaOf<number> {
  return { json: { description, type: "integer", minimum: 0, ...range } };
}

/** True or false. */
export function flag(description: string): SchemaOf<boolean> {
  return { json: { description, type: "boolean" } };
}

/** One of a few words. */
export function choice<const T extends string>(
  description: string,
  words: readonly T[],
): SchemaOf<T> {
  return { json: { description, enum: words } };
}

/** Always the same value. */
export function constant<const T extends string | number>(
  description: string,
  value: T,
): SchemaOf<T> {
  return { json: { description, const: value } };
}

/** Any object. */
export function anything(
  description: string,
): SchemaOf<{ readonly [key: string]: JsonValue }> {
  return { json: { description, type: "object" } };
}

/** What another schema describes, or `null`. */
export function orNull<T>({ json }: SchemaOf<T>): SchemaOf<T | null> {
  return { json: { anyOf: [json, { type: "null" }] } };
}

/** A list. */
export function list<T>(description: string, items: SchemaOf<T>): SchemaOf<readonly T[]> {
  return { json: { description, type: "array", items: items.json } };
}

/** An object. Further members may come in later versions; those that are there stay. */
export function record<R extends Members, O extends Members>(
  description: string,
  members: { readonly required: R; readonly optional: O },
): SchemaOf<RecordOf<R, O>> {
  const all: [string, SchemaOf<unknown>][] = [
    ...Object.entries(members.required),
    ...Object.entries(members.optional),
  ];
  return {
    json: {
      description,
      type: "object",
      required: Object.keys(members.required),
      properties: Object.fromEntries(all.map(([name, { json }]) => [name, json])),
    },
  };
}

/** Refers to the definition `name`, which `schemaFile` must be given. */
export function reference<T>(name: string, _of: SchemaOf<T>): SchemaOf<T> {
  return { json: { $ref: `#/$defs/${name}` } };
}

/** A whole schema file: a value is one of `alternatives`. */
export function schemaFile(file: {
  readonly title: string;
  readonly description: string;
  readonly alternatives: readonly string[];
  readonly definitions: Members;
}): JsonSchema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: file.title,
    description: file.description,
    oneOf: file.alternatives.map((name) => ({ $ref: `#/$defs/${name}` })),
    $defs: Object.fromEntries(
      Object.entries(file.definitions).map(([name, { json }]) => [name, json]),
    ),
  };
}
