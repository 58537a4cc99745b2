import assert from "node:assert/strict";
import { htmlPage } from "./html_page.ts";

Deno.test("htmlPage() lets nothing run, load or be sent, and takes a title for text", () => {
  const page = htmlPage("<script>x</script>", { program: "p", head: "<b>", main: undefined });
  const [, policy = ""] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  assert.deepEqual(policy.split("; "), [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ]);
  assert.doesNotMatch(page, /<script|<b>/);
});
