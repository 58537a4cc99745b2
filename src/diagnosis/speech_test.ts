import assert from "node:assert/strict";
import { EXAMPLES, troubledCheck } from "../../tools/diagnosis_examples.ts";
import { diagnose } from "./diagnose.ts";
import type { Speech } from "./speech.ts";

function hintIn(speech: Speech, id: string): string {
  const [example] = EXAMPLES[id] ?? [];
  assert.ok(example !== undefined);
  return diagnose(troubledCheck(example), speech).hint;
}

function planHint(id: string): string {
  return hintIn("plan", id);
}

Deno.test("diagnose() names the settings of a plan to who wrote one", () => {
  assert.match(planHint("called-title-default"), /own title with called, in its exact/);
  assert.match(planHint("association-silent"), /within 30 s \(timeouts\.acse\).* TLS \(tls\)/);
  assert.match(
    planHint("association-silent-many-syntaxes"),
    /try proposals\.transferSyntaxes: 50$/,
  );
  assert.match(planHint("release-closed"), /; abort: true ends without a release$/);
  assert.match(planHint("echo-silent-socket"), /timeouts\.dimse limits this wait alone$/);
  assert.match(planHint("foreign-tls"), /use tls, or tls\.key and tls\.certificate if/);
  assert.match(planHint("name-without-family"), /leave out family: ipv6, or/);
  assert.match(planHint("idle-connection-gone"), /idle for 2 s \(interval\)/);
});

Deno.test("diagnose() leaves alone what peers and users wrote, and options that no plan has", () => {
  const example = { ...EXAMPLES["calling-title-unknown"]?.[0], check: { callingAeTitle: "-aec" } };
  const result = troubledCheck(example as Parameters<typeof troubledCheck>[0]);
  assert.match(diagnose(result, "plan").hint, /sent was "-aec": .*or change calling$/);
  assert.match(planHint("no-context-answered"), /-d shows its answer/);
});

Deno.test("hints in the words of a plan differ from the others in nothing but options", () => {
  for (const [id, example] of Object.values(EXAMPLES).flat().entries()) {
    const result = troubledCheck(example);
    const { hint: options } = diagnose(result);
    const { hint: plan } = diagnose(result, "plan");
    assert.doesNotMatch(plan, /\0/, `${id}`);
    assert.doesNotMatch(
      plan,
      / (?:-ae[ct]|-t[ads]|-p[tp][sc]|\+tl[as]|\+cf|--abort|--repeat|--tls-engine)\b/,
    );
    if (!/[ (][+-]/.test(options)) assert.equal(plan, options);
  }
});

Deno.test("diagnose() names the columns of a list to who wrote one, and options for all else", () => {
  const titles = {
    "called-title-default":
      'the called AE title sent was the default, "ANY-SCP": give the peer\'s own title with the column "called", in its exact spelling',
    "calling-title-unknown":
      'the calling AE title sent was "MYSCU": have the peer\'s administrator add it with this machine\'s address, or change the column "calling" (or -aet)',
  };
  for (const [id, hint] of Object.entries(titles)) assert.equal(hintIn("list", id), hint);
  for (const id of ["association-silent", "foreign-tls", "release-closed", "tls-ca-unknown"]) {
    assert.equal(hintIn("list", id), hintIn("options", id));
  }
});
