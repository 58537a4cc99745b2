/** Puts settings together: those further inside win. */

import type { Options } from "../options/mod.ts";
import type { Settings } from "./schema_rows.ts";
import { mergeTls } from "./tls_settings.ts";

/** `inner` over `outer`; mappings are put together key by key, tags are added. */
export function mergeSettings(outer: Settings, inner: Settings): Settings {
  return {
    ...outer,
    ...inner,
    ...both("timeouts", { outer, inner }),
    ...both("proposals", { outer, inner }),
    ...tlsOfBoth(outer, inner),
    ...expectations(outer, inner),
    tags: [...new Set([...outer.tags ?? [], ...inner.tags ?? []])],
  };
}

/** An absent mapping does not become an empty one, which for TLS would mean that it is wanted. */
function tlsOfBoth({ tls: outer }: Settings, { tls: inner }: Settings): Pick<Settings, "tls"> {
  if (outer === undefined || inner === undefined) return outer === undefined ? {} : { tls: outer };
  return { tls: mergeTls(outer, inner) };
}

function both<Key extends "timeouts" | "proposals">(
  key: Key,
  { outer, inner }: { readonly outer: Settings; readonly inner: Settings },
): Pick<Settings, Key> {
  const isThere = outer[key] !== undefined || inner[key] !== undefined;
  return (isThere ? { [key]: { ...outer[key], ...inner[key] } } : {}) as Pick<Settings, Key>;
}

/** Whoever says further inside how the peer must refuse, or that it is reachable, replaces the refusal outside. */
function expectations(outer: Settings, inner: Settings): Pick<Settings, "expect"> {
  const { reachable, rejected, refused, ...rest } = outer.expect ?? {};
  const isReplaced = [inner.expect?.reachable, inner.expect?.rejected, inner.expect?.refused]
    .some((one) => one !== undefined);
  const refusal = isReplaced ? {} : {
    ...(reachable === undefined ? {} : { reachable }),
    ...(rejected === undefined ? {} : { rejected }),
    ...(refused === undefined ? {} : { refused }),
  };
  const expect = { ...rest, ...refusal, ...inner.expect };
  const tls = { ...outer.expect?.tls, ...inner.expect?.tls };
  return { expect: Object.keys(tls).length === 0 ? expect : { ...expect, tls } };
}

/** Whether these settings, and where they say nothing of it the command line, ask for TLS. */
export function wantsTls({ tls }: Settings, options: Pick<Options, "tls">): boolean {
  return tls === undefined ? options.tls.mode !== "off" : tls.enabled !== false;
}
