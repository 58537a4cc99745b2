/** The text of `--version`. */

import type { OptionsHost } from "./host.ts";
import { HEADER } from "./identity.ts";

/** Header, host, and the versions of what the program is built on. */
export function versionText(host: OptionsHost): string {
  const libraries = host.versions.map(({ name, version }) => `- ${name}, Version ${version}\n`);
  return `${HEADER}
Host type: ${host.target}
Character encoding: UTF-8

External libraries used:
${libraries.join("")}`;
}
