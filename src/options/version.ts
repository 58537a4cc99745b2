/** The text of `--version`. */

import { COMMIT } from "./build.ts";
import type { OptionsHost } from "./host.ts";
import { HEADER } from "./identity.ts";

/** Header, host, the commit of an executable, and the versions of what the program is built on. */
export function versionText(host: OptionsHost, commit: string | undefined = COMMIT): string {
  const origin = commit === undefined ? "" : `Commit: ${commit}\n`;
  const libraries = host.versions.map(({ name, version }) => `- ${name}, Version ${version}\n`);
  return `${HEADER}
Host type: ${host.target}
Character encoding: UTF-8
${origin}
External libraries used:
${libraries.join("")}`;
}
