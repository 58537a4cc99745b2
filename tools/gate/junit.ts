/** Counts of tests, as a test runner's JUnit file reports them. */

/** How many tests came out how. */
export interface Counts {
  /** Tests and test steps that passed. */
  readonly passed: number;
  /** Names of those that failed. */
  readonly failed: readonly string[];
  /** Names of those that were left out. */
  readonly skipped: readonly string[];
}

/** No tests at all. */
export const NO_TESTS: Counts = { passed: 0, failed: [], skipped: [] };

/** Reads the counts from the text of a JUnit file. */
export function countTests(xml: string): Counts {
  const failed: string[] = [];
  const skipped: string[] = [];
  let passed = 0;
  for (const [, attributes = "", body = ""] of xml.matchAll(TEST_CASE)) {
    const name = unescapeXml(/\bname="([^"]*)"/.exec(attributes)?.[1] ?? "");
    if (/<(failure|error)\b/.test(body)) failed.push(name);
    else if (body.includes("<skipped")) skipped.push(name);
    else passed += 1;
  }
  return { passed, failed, skipped };
}

/** Adds counts up. */
export function addCounts(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, { passed }) => sum + passed, 0),
    failed: all.flatMap(({ failed }) => failed),
    skipped: all.flatMap(({ skipped }) => skipped),
  };
}

/** The last line of a run. */
export function closingLine(counts: Counts): string {
  const line = `${counts.passed} passed, ${counts.failed.length} failed`;
  return counts.skipped.length === 0 ? line : `${line}, ${counts.skipped.length} skipped`;
}

const TEST_CASE = /<testcase\b([^>]*?)(?:\/>|>([\s\S]*?)<\/testcase>)/g;

function unescapeXml(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}
