import assert from "node:assert/strict";
import { RELEASE_DATE, VERSION } from "./identity.ts";
import { manPage } from "./man_page.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;
const PAGE = manPage(ROWS, { exitCodes: [{ code: 22, meaning: ".a\\b" }] });

Deno.test("manPage() names program, version and date", () => {
  assert.ok(PAGE.startsWith(
    `.TH ECHOSCU 1 "${RELEASE_DATE}" "echoscu ${VERSION}" "User Commands"\n.SH NAME\n`,
  ));
});

Deno.test("manPage() has an entry for every option, with its values", () => {
  for (const row of ROWS) {
    const names = (row.short === undefined ? [row.long] : [row.short, row.long])
      .map((name) => `\\fB${name.replaceAll("-", "\\-")}\\fR`).join(", ");
    const at = PAGE.indexOf(`.TP\n${names}`);
    assert.ok(at >= 0, row.long);
    for (const { label } of row.values) {
      assert.ok(PAGE.slice(at).split("\n")[1]?.includes(label.replaceAll(" ", "\\-")), label);
    }
  }
});

Deno.test("manPage() says what goes with an option, and what does not", () => {
  const text = PAGE.replaceAll("\\-", "-");
  assert.match(
    text,
    /\n\\fB-ll\\fR, \\fB--log-level\\fR.*\n.*\n.*\nDefault: warn\.\nNot with --verbose, /,
  );
  assert.match(
    text,
    /\n\\fB\+ws\\fR.*\n.*\nOnly with --enable-tls or --anonymous-tls\.\nOnly with --seed\./,
  );
  assert.match(text, /\nOf -q, -v, -d the rightmost counts\.\n/);
});

Deno.test("manPage() escapes what roff would take for a request", () => {
  assert.ok(PAGE.endsWith(".SH EXIT STATUS\n.TP\n.B 22\n\\&.a\\eb\n"));
  for (const line of PAGE.split("\n")) {
    if (line.startsWith(".")) assert.match(line, /^\.(TH|SH|SS|TP|PP|B|br)\b/, line);
    assert.doesNotMatch(line, /^'/);
  }
});
