import assert from "node:assert/strict";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";
import { errorOf, hostWith } from "./testing.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;
const TLS = "--enable-tls or --anonymous-tls";
const HOST = hostWith({ x: "log4cplus.rootLogger=INFO" });

/** An option with words for its values that are allowed. */
function typed(long: string): readonly string[] {
  const row = ROWS.find((one) => one.long === long);
  const words = row?.values.map((value) => {
    if (value.kind === "choice") return value.choices[0] ?? "";
    if (value.kind === "parsed" && value.suggestions !== undefined) {
      return value.suggestions[0] ?? "";
    }
    if (value.kind === "parsed" && value.note === "HOST:PORT") return "a:1";
    if (value.kind === "parsed" && value.note === "https://...") return "https://a/";
    if (value.kind === "parsed" && value.form === "AETITLE@HOST:PORT") return "A@a:1";
    if (value.kind === "parsed" && value.label === "[t]ime") return "30d";
    if (value.kind === "parsed" && value.note === "ADDRESS[:PORT]") return "127.0.0.1";
    return value.kind === "text" ? "x" : "1";
  });
  return [long, ...words ?? []];
}

/** `a`, `a or b`, `a, b or c`. */
function alternatives(names: readonly string[]): string {
  return [names.slice(0, -1).join(", "), names.at(-1)].filter((text) => text !== "").join(" or ");
}

/** Peer and port after `words`, unless one of them does away with parameters. */
function withParameters(...words: readonly string[]): readonly string[] {
  const isAlone = ROWS.some((row) => row.parameters === "none" && words.includes(row.long)) &&
    !words.includes("--explain-code");
  return isAlone ? words : [...words, "a", "1"];
}

Deno.test("an option without the one it needs is refused, with it allowed, in both orders", async () => {
  for (const row of ROWS) {
    const [partners] = row.needs ?? [];
    if (partners === undefined || row.long === "--max-associations") continue;
    const text = `${row.reportedAs ?? row.long} only allowed with ${alternatives(partners)}`;
    const option = typed(row.long);
    assert.equal(await errorOf(withParameters(...option)), text);
    const others = row.needs?.slice(1).flatMap(([first = ""]) => typed(first)) ?? [];
    for (const partner of partners) {
      assert.equal(
        await errorOf(withParameters(...option, ...others, ...typed(partner))),
        "(run)",
        row.long,
      );
      assert.equal(
        await errorOf(withParameters(...typed(partner), ...others, ...option)),
        "(run)",
        row.long,
      );
    }
  }
});

Deno.test("an option next to one it conflicts with is refused, in both orders", async () => {
  for (const row of ROWS) {
    for (const partners of row.conflicts ?? []) {
      const text = `${row.long} not allowed with ${alternatives(partners)}`;
      const needed = (row.needs ?? []).flatMap(([first = ""]) =>
        first === "--enable-tls" ? ["+tla"] : typed(first)
      );
      for (const partner of partners) {
        const [one, other] = [typed(row.long), typed(partner)];
        assert.equal(await errorOf(withParameters(...needed, ...one, ...other), HOST), text);
        assert.equal(await errorOf(withParameters(...needed, ...other, ...one), HOST), text);
      }
    }
  }
});

Deno.test("the reference's texts for missing and unwanted partners", async () => {
  const cases: readonly (readonly [string, string])[] = [
    ["-ll debug -v", "--log-level not allowed with --verbose, --debug or --quiet"],
    ["-q -ll bad", "--log-level not allowed with --verbose, --debug or --quiet"],
    ["-lc nofile -v", "--log-config not allowed with --verbose, --debug or --quiet"],
    ["-lc nofile -ll info", "--log-config not allowed with --log-level"],
    ["-lc nofile --log-format json", "--log-format not allowed with --log-config"],
    ["--log-format text -lc nofile", "--log-format not allowed with --log-config"],
    ["-lc nofile -ll info -v", "--log-level not allowed with --verbose, --debug or --quiet"],
    ["+pa", `--profile-basic only allowed with ${TLS}`],
    ["+pb", `--profile-basic only allowed with ${TLS}`],
    ["+tla +ws", "--write-seed only allowed with --seed"],
    ["+tla +wf x", "--write-seed-file only allowed with --seed"],
    ["+tla +ps", "--std-passwd only allowed with --enable-tls"],
    ["+tla +cra +crv", "--enable-crl-all not allowed with --enable-crl-vfy"],
    ["+tla +cs x +pz", "--cipher not allowed with --profile-bcp195-ex"],
    ["+tla +pz +cs x +py", "(run)"],
    ["-tls -der", `--der-keys only allowed with ${TLS}`],
    ["+tla -tls -der", `--der-keys only allowed with ${TLS}`],
    ["+tls a b -tls -der", `--der-keys only allowed with ${TLS}`],
    ["--no-sni --request-sni x", "--no-sni not allowed with --request-sni"],
    ["--request-sni x", "(run)"],
    ["--selftest --listen 1", "Too many parameters"],
  ];
  for (const [words, text] of cases) {
    assert.equal(await errorOf([...words.split(" "), "a", "1"]), text, words);
  }
});
