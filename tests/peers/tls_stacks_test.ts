/** Our own TLS engine with servers of other stacks; `deno task test:tls-matrix` has more of them. */

import assert from "node:assert/strict";
import { missing } from "../support/installed.ts";
import { sharedPki } from "../support/shared_pki.ts";
import { testWith } from "../support/test_with.ts";
import { TLS_STACKS } from "../support/tls_stacks.ts";

const SHORT = TLS_STACKS.filter(({ isShort }) => isShort);

for (const { name, missing: lacking } of SHORT) {
  if (lacking !== undefined) testWith({ name: `speaks with ${name}`, missing: lacking, fn() {} });
}

testWith({
  name: "our engine speaks with servers of other stacks",
  missing: missing({ program: "openssl" }),
  async fn() {
    const folder = await sharedPki();
    // Each waits a second for an answer that does not come, so they wait together.
    const there = SHORT.filter((one) => one.missing === undefined);
    const troubles = await Promise.all(
      there.map(async ({ name, trouble }) => [name, await trouble(folder)]),
    );
    assert.deepEqual(troubles.filter(([, found]) => found !== undefined), []);
  },
});
