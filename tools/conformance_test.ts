/** The figures of docs/conformance-statement.md are those of the program. */

import assert from "node:assert/strict";
import statement from "../docs/conformance-statement.md" with { type: "text" };
import { OPTION_ROWS } from "../src/options/mod.ts";
import {
  APPLICATION_CONTEXT_NAME,
  IMPLEMENTATION_CLASS_UID,
  IMPLEMENTATION_VERSION_NAME,
  TRANSFER_SYNTAXES,
  VERIFICATION_SOP_CLASS,
} from "../src/dicom/mod.ts";
import { DEFAULT_LIMITS } from "../src/pdu/mod.ts";
import { answerRequest } from "../src/scp/mod.ts";
import { PROFILES } from "../src/tls/mod.ts";
import config from "../deno.json" with { type: "json" };

/** Cells of the table rows that begin with `first`, trimmed. */
function rows(first: string): string[][] {
  return statement.split("\n").filter((line) => line.startsWith("|"))
    .map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()))
    .filter(([cell]) => cell === first);
}

/** The value of an option that is in a row of the configuration table. */
function valueOf(option: string) {
  const row: { readonly values: readonly object[] } | undefined = OPTION_ROWS.find(({ long }) =>
    long === option
  );
  assert.ok(row !== undefined, option);
  return { ...row.values[0] } as { minimum?: number; maximum?: number; default?: number | string };
}

Deno.test("the statement is that of this version", () => {
  assert.ok(statement.includes(`\`echoscu\`, version ${config.version}.`));
});

Deno.test("the statement names the UIDs and names that go over the wire", () => {
  for (const [, context] of rows("application context name")) {
    assert.ok(context?.startsWith(APPLICATION_CONTEXT_NAME), context);
  }
  assert.deepEqual(rows("implementation class UID"), [[
    "implementation class UID",
    IMPLEMENTATION_CLASS_UID,
  ]]);
  assert.deepEqual(rows("implementation version name"), [[
    "implementation version name",
    IMPLEMENTATION_VERSION_NAME,
  ]]);
  for (const [, uid] of rows("Verification")) assert.equal(uid, VERIFICATION_SOP_CLASS);
  assert.equal(rows("Verification").length, 2);
});

Deno.test("the statement has the defaults and ranges of the option table", () => {
  const table = statement.slice(statement.indexOf("### 3.5 Configuration"));
  const found = [...table.matchAll(/^\| [^|]+ \| `(--[\w-]+)` +\| ([^|]+?) +\| ([^|]+?) +\|$/gm)];
  assert.equal(found.length, 11);
  for (const [, option = "", shown = "", range = ""] of found) {
    const value = valueOf(option);
    if (typeof value.default === "number") assert.equal(parseInt(shown), value.default, option);
    else if (value.default !== undefined) assert.equal(shown, value.default, option);
    if (value.maximum === undefined) continue;
    const [low, high] = [...range.matchAll(/\d+/g)].map(([digits]) => Number(digits));
    // Of --socket-timeout -1 is a spelling for what the system has.
    assert.equal(low, Math.max(0, value.minimum ?? 0), option);
    // Of --repeat there is no end worth naming.
    assert.equal(
      high,
      value.maximum === Number.MAX_SAFE_INTEGER ? undefined : value.maximum,
      option,
    );
  }
});

Deno.test("the statement says how many associations there are at once", () => {
  const [user = "", provider = ""] = rows("associations at once").map(([, text]) => text);
  assert.ok(user.includes(`with a plan ${valueOf("--jobs").default} (\`--jobs\`)`), user);
  const perHost = `${valueOf("--jobs-per-host").default} to the same host (\`--jobs-per-host\`)`;
  assert.ok(user.includes(perHost), user);
  assert.ok(provider.startsWith(`${valueOf("--max-associations").default} (`), provider);
});

Deno.test("the statement has the number and the order of the transfer syntaxes", () => {
  assert.equal(valueOf("--propose-ts").maximum, TRANSFER_SYNTAXES.length);
  const text = statement.replaceAll(/\s+/g, " ");
  assert.ok(text.includes(`the first N of ${TRANSFER_SYNTAXES.length} transfer syntaxes`));
  assert.ok(text.includes(`then ${TRANSFER_SYNTAXES.length - 3} compressed ones`));
  const uids = [...text.matchAll(/Endian \((1\.2[\d.]*)\)/g)].map(([, uid]) => uid);
  assert.deepEqual(uids, TRANSFER_SYNTAXES.slice(0, 3).map(({ uid }) => uid));
});

Deno.test("the statement has the longest A-ASSOCIATE PDU and the default maximum length", () => {
  assert.ok(statement.includes(`PDU may have ${DEFAULT_LIMITS.associate} bytes`));
  for (const [, length] of rows("maximum length received, announced")) {
    assert.ok(length?.startsWith(`${DEFAULT_LIMITS.pData} bytes; `), length);
  }
});

Deno.test("the statement has the rejections that the answering side gives", () => {
  const request = {
    type: "A-ASSOCIATE-RQ",
    protocolVersion: 1,
    calledAeTitle: new Uint8Array(16),
    callingAeTitle: new Uint8Array(16),
    applicationContextName: APPLICATION_CONTEXT_NAME,
    presentationContexts: [{ id: 1, abstractSyntax: VERIFICATION_SOP_CLASS, transferSyntaxes: [] }],
    userInformation: [],
    unrecognizedItems: [],
  } as unknown as Parameters<typeof answerRequest>[0];
  const reasons = [
    answerRequest({ ...request, presentationContexts: [] }, {
      maximumLength: 16384,
      isFull: false,
    }),
    answerRequest({ ...request, applicationContextName: "1.2" }, {
      maximumLength: 16384,
      isFull: false,
    }),
    answerRequest({ ...request, protocolVersion: 2 }, { maximumLength: 16384, isFull: false }),
    answerRequest(request, { maximumLength: 16384, isFull: true }),
  ].map((answer) =>
    answer.type === "A-ASSOCIATE-RJ" ? [answer.result, answer.source, answer.reason].join(", ") : ""
  );
  const section = statement.slice(statement.indexOf("#### 3.3.3"));
  const shown = [...section.matchAll(/^\| (\d, \d, \d) +\|/gm)].map(([, reason]) => reason);
  assert.deepEqual(shown, reasons);
});

Deno.test("the statement has every TLS profile with its versions", () => {
  const shown = [
    ...statement.matchAll(/^\| `--profile-(\S+)` +\| (.+?) +\| (.+?) +\| (\w+) +\|$/gm),
  ];
  assert.deepEqual(
    shown.map(([, option, name, versions, state]) => ({
      option,
      name: name?.replace(" (default)", ""),
      versions,
      state,
    })),
    PROFILES.map(({ option, name, versions, isRetired }) => ({
      option,
      name,
      versions: versions.map((version) => version.replace(/v1$/, "v1.0").replace("v", " ")).join(
        ", ",
      ),
      state: isRetired ? "retired" : "current",
    })),
  );
});
