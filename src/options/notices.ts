/** Whether notices can be sent as the options ask for. */

import type { NotifyFormat } from "../common/choices.ts";
import type { WebTarget } from "./notify_target.ts";
import type { Options } from "./options.ts";
import { UsageError } from "./problem.ts";

/** Formats of servers that know a caller by a token; others have the secret in their URL. */
const WITH_TOKEN: readonly NotifyFormat[] = ["json", "ntfy", "alertmanager"];

/** Whether the token of `--notify-token-file` is for this server. */
export function takesToken({ format }: Pick<WebTarget, "format">): boolean {
  return WITH_TOKEN.includes(format);
}

/** Throws a `UsageError` when a token would go to more than one server, or a notice into a report. */
export function checkNotices({ notify, notifyTokenFile, reports, history }: Options): void {
  const files = new Set([...reports.map(({ file }) => file), history]);
  for (const target of notify) {
    if (target.kind !== "file") continue;
    if (files.has(target.path)) {
      throw new UsageError({ kind: "reports-collide", file: target.path });
    }
    files.add(target.path);
  }
  if (notifyTokenFile === undefined) return;
  const servers = new Set(
    notify.flatMap((one) => one.kind === "web" && takesToken(one) ? [one.shown] : []),
  );
  if (servers.size === 1) return;
  const because = servers.size === 0
    ? "no target of --notify takes a token"
    : `a token is for one server, not for ${[...servers].join(" and ")}`;
  throw new UsageError({
    kind: "invalid-value",
    option: "--notify-token-file",
    word: notifyTokenFile,
    reason: "invalid",
    because,
  });
}
