import assert from "node:assert/strict";
import type { FileContent, FileTrouble, TlsSetupProblem } from "../tls/types.ts";
import { troubleText } from "./file_trouble.ts";
import { offlineHint } from "./offline_hints.ts";
import { setupHint } from "./setup_hints.ts";

function contents(
  format: "pem" | "der",
  holds: readonly FileContent[],
  wanted: "pem" | "der" = "pem",
): FileTrouble {
  return { kind: "contents", found: { format, holds }, wanted };
}

const TRUST: readonly FileContent[] = ["certificate", "CRL"];

Deno.test("troubleText() says what a file is and how it becomes what is wanted", () => {
  const rows: readonly (readonly [FileTrouble, RegExp])[] = [
    [{ kind: "missing" }, /^does not exist/],
    [{ kind: "closed" }, /^cannot be read/],
    [contents("der", ["certificate"]), /^is DER: openssl x509 -inform DER -in FILE /],
    [contents("der", ["CRL"]), /^is DER: openssl crl -inform DER -in FILE /],
    [contents("der", ["CRL"], "der"), /-der does not take: openssl crl -inform DER /],
    [contents("der", ["PKCS#12"]), /^is PKCS#12: openssl pkcs12 -in FILE /],
    [contents("pem", ["certificate"], "der"), /^is PEM: leave -der out$/],
    [contents("pem", ["certificate"]), /damaged/],
    [contents("pem", ["private key"]), /^holds a private key, and no certificate or CRL$/],
    [contents("pem", []), /^holds no certificate or CRL$/],
    [{ kind: "contents", found: undefined, wanted: "pem" }, /^is neither PEM nor DER/],
  ];
  for (const [trouble, text] of rows) assert.match(troubleText(trouble, TRUST), text);
  assert.match(troubleText(contents("der", ["private key"]), ["private key"]), /openssl pkey /);
});

Deno.test("setupHint() says that the files of +tls are swapped, or what one of them is", () => {
  const key = { kind: "key", path: "k", why: "unreadable", error: undefined } as const;
  const hint = (problem: TlsSetupProblem) => setupHint(problem);
  assert.match(hint({ ...key, isSwapped: true }), /wrong order.*give \+tls KEY CERT$/);
  const said = setupHint({ ...key, isSwapped: true }, "plan");
  assert.match(
    said,
    /^the files of tls\.key and tls\.certificate are .*: let tls\.key name the key$/,
  );
  const damaged = setupHint({ ...key, trouble: contents("der", ["private key"]) }, "plan");
  assert.match(damaged, /^the file of tls\.key is DER: /);
  const locked = setupHint({ ...key, why: "no-password" }, "plan");
  assert.match(locked, /no password came: give it by tls\.keyPassword, as \$\{NAME\}/);
  assert.match(hint({ ...key, trouble: contents("der", ["private key"]) }), /openssl pkey/);
  assert.match(
    hint({
      kind: "certificate",
      path: "c",
      keyPath: "k",
      error: undefined,
      trouble: { kind: "missing" },
    }),
    /^the certificate file of \+tls does not exist/,
  );
});

Deno.test("offlineHint() gives the reason, and advice that fits it", () => {
  const lost = { path: "gone.pem", option: "+cf", trouble: { kind: "missing" } } as const;
  const list = { path: "gone.crl", option: "+crl", trouble: { kind: "missing" } } as const;
  const rows: readonly (readonly [number, readonly (typeof lost | typeof list)[], RegExp])[] = [
    [10, [lost], /^it is so; it has to be renewed$/],
    [20, [], /^it is so; give the CA by \+cf/],
    [20, [lost], /^it is so; gone\.pem \(\+cf\) does not exist/],
    [3, [lost, list], /^it is so; gone\.crl \(\+crl\) does not exist/],
    [12, [list], /current list by \+crl$/],
    [23, [], /replaced$/],
  ];
  for (const [code, unloaded, text] of rows) {
    const finding = { kind: "refused", code, sentence: "it is so", unloaded } as const;
    assert.match(offlineHint(finding, "verify-cert"), text);
  }
  const other = { kind: "refused", code: 20, sentence: "a\x1bb", unloaded: [] } as const;
  assert.match(offlineHint(other, "is-root-cert"), /^a\\x1bb; a root is issued by itself$/);
  assert.match(offlineHint({ kind: "no-trust" }, "verify-cert"), /\+tla.*\+cf/);
});
