import assert from "node:assert/strict";
import { chooseSuites } from "./suite_choice.ts";
import { ABSENT_SUITES, profileOf, PROFILES, SPOKEN, suiteByLogName, SUITES } from "./suites.ts";
import { TlsSetupError } from "./setup_error.ts";
import type { TlsProfileName, TlsSetupEvent, TlsSetupProblem } from "./types.ts";

function choose(names: readonly string[], profile: TlsProfileName) {
  const events: TlsSetupEvent[] = [];
  const report = (event: TlsSetupEvent) => void events.push(event);
  const codes = chooseSuites(names, { profile: profileOf(profile), report });
  return { codes, events };
}

function problemOf(name: string, profile: TlsProfileName): TlsSetupProblem["kind"] | string {
  try {
    choose([name], profile);
  } catch (error) {
    if (!(error instanceof TlsSetupError)) throw error;
    const { problem } = error;
    return problem.kind === "suite-forbidden" ? `${problem.kind}: ${problem.why}` : problem.kind;
  }
  return "none";
}

Deno.test("every suite is once, and what can be spoken is among them", () => {
  assert.equal(SUITES.length, 40);
  assert.equal(new Set(SUITES.map(({ code }) => code)).size, SUITES.length);
  assert.equal(new Set(SUITES.map(({ name }) => name)).size, SUITES.length);
  assert.equal(ABSENT_SUITES.length, 13);
  for (const code of SPOKEN) assert.ok(SUITES.some((one) => one.code === code));
  assert.equal(suiteByLogName("TLS_AES_128_GCM_SHA256")?.bits, 128);
});

Deno.test("profiles that are not retired have a suite that can be spoken", () => {
  for (const { name, isRetired, suites } of PROFILES) {
    assert.equal(suites.some((code) => SPOKEN.includes(code)), !isRetired, name);
  }
});

Deno.test("chooseSuites() takes further suites from the last to the first and warns of them", () => {
  const names = ["TLS_RSA_WITH_AES_128_CBC_SHA", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"];
  const { codes, events } = choose(names, "bcp195-nd");
  assert.deepEqual(codes, [0xc02f, 0x002f]);
  assert.deepEqual(
    events.map((event) => event.type === "suite-discouraged" && event.keyTransport),
    [
      false,
      true,
    ],
  );
  assert.deepEqual(choose(names, "null").events, []);
});

Deno.test("chooseSuites() refuses what does not exist and what a profile forbids", () => {
  assert.equal(problemOf("TLS_NOT_THERE", "bcp195"), "suite-unknown");
  assert.equal(problemOf("tls_rsa_with_null_sha", "bcp195"), "suite-unknown");
  assert.equal(problemOf("TLS_RSA_WITH_3DES_EDE_CBC_SHA", "bcp195"), "suite-unsupported");
  assert.equal(problemOf("TLS_RSA_WITH_NULL_SHA", "bcp195"), "suite-forbidden: unencrypted");
  assert.equal(problemOf("TLS_RSA_WITH_NULL_SHA", "null"), "none");
  assert.equal(problemOf("TLS_RSA_WITH_AES_128_CBC_SHA", "8996"), "suite-forbidden: sha1");
  assert.equal(problemOf("TLS_RSA_WITH_AES_128_GCM_SHA256", "8996-mod"), "suite-forbidden: any");
});
