/** Puts settings together: those further inside win. */

import type { Settings } from "./schema_rows.ts";

/** `inner` over `outer`; mappings are put together key by key, tags are added. */
export function mergeSettings(outer: Settings, inner: Settings): Settings {
  return {
    ...outer,
    ...inner,
    ...both("timeouts", { outer, inner }),
    ...both("proposals", { outer, inner }),
    ...both("tls", { outer, inner }),
    ...expectations(outer, inner),
    tags: [...new Set([...outer.tags ?? [], ...inner.tags ?? []])],
  };
}

function both<Key extends "timeouts" | "proposals" | "tls">(
  key: Key,
  { outer, inner }: { readonly outer: Settings; readonly inner: Settings },
): Pick<Settings, Key> {
  const merged = { ...outer[key], ...inner[key] };
  // Without this an absent mapping would become an empty one, which for TLS means that it is wanted.
  const isThere = outer[key] !== undefined || inner[key] !== undefined;
  return (isThere ? { [key]: merged } : {}) as Pick<Settings, Key>;
}

/** Whoever says further inside how the peer must refuse, or that it is reachable, replaces the refusal outside. */
function expectations(outer: Settings, inner: Settings): Pick<Settings, "expect"> {
  const { reachable, rejected, ...rest } = outer.expect ?? {};
  const isReplaced = inner.expect?.reachable !== undefined || inner.expect?.rejected !== undefined;
  const refusal = isReplaced ? {} : {
    ...(reachable === undefined ? {} : { reachable }),
    ...(rejected === undefined ? {} : { rejected }),
  };
  const expect = { ...rest, ...refusal, ...inner.expect };
  const tls = { ...outer.expect?.tls, ...inner.expect?.tls };
  return { expect: Object.keys(tls).length === 0 ? expect : { ...expect, tls } };
}

/** Whether these settings ask for TLS. */
export function wantsTls({ tls }: Settings): boolean {
  return tls !== undefined && tls.enabled !== false;
}
