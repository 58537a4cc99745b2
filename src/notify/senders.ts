/** What sends a notice to a target of each kind. */

import { jsonText } from "../common/visible.ts";
import type { FileTarget, NotifyTarget, SyslogTarget, WebTarget } from "../options/mod.ts";
import type { NoticeDocument } from "../report/mod.ts";
import type { WriteOutcome } from "../system/mod.ts";
import type { SendOutcome } from "./courier.ts";
import { localMessage, syslogMessage } from "./syslog.ts";
import { webMessage } from "./web_formats.ts";

/** What sending takes. */
export interface SenderDeps {
  /** Certificates (PEM) that are trusted besides the public ones. */
  readonly caCerts: readonly string[];
  /** The bearer token; absent: none. */
  readonly token?: string | undefined;
  /** Whether the token is for this server. */
  readonly takesToken: (target: WebTarget) => boolean;
  /** Program and version. */
  readonly program: string;
  /** The name of this computer; empty where it is not known. */
  readonly machine: string;
  /** Minutes that local time is ahead of UTC. */
  readonly offsetMinutes: (time: number) => number;
  /** Adds to a file, which is made where there is none. */
  readonly append: (path: string, bytes: Uint8Array) => Promise<WriteOutcome>;
}

/** Sends a notice; rejects never, and ends soon after the signal is raised. */
export type Sender = (notice: NoticeDocument, signal: AbortSignal) => Promise<SendOutcome>;

/** What opens the sender of a target. */
export function opener(deps: SenderDeps): (target: NotifyTarget) => Sender {
  return (target) => {
    switch (target.kind) {
      case "web":
        return webSender(target, deps);
      case "syslog":
        return syslogSender(target, deps);
      case "file":
        return fileSender(target, deps);
    }
  };
}

function webSender(target: WebTarget, deps: SenderDeps): Sender {
  const { caCerts, program, offsetMinutes } = deps;
  const token = deps.takesToken(target) ? deps.token : undefined;
  const userAgent = program.replace(" ", "/");
  return async (notice, signal) => {
    const { post } = await import("./host_web.ts");
    return await post(webMessage(notice, { ...target, offsetMinutes }), {
      caCerts,
      token,
      userAgent,
      signal,
    });
  };
}

function syslogSender(
  { by, host, port }: SyslogTarget,
  { caCerts, machine, offsetMinutes }: SenderDeps,
): Sender {
  return async (notice, signal) => {
    const { ownPid, sendToSyslog } = await import("./host_syslog.ts");
    const pid = ownPid();
    const messages = notice.events.map((event) => {
      const at = Date.parse(event.at);
      return by === "local"
        ? localMessage(event, { pid, time: at + offsetMinutes(at) * 60_000 })
        : syslogMessage(event, { notice, machine, pid });
    });
    return await sendToSyslog(messages, { by, host, port, caCerts, signal });
  };
}

function fileSender({ path }: FileTarget, { append }: SenderDeps): Sender {
  return async (notice) => {
    const outcome = await append(path, new TextEncoder().encode(`${jsonText(notice)}\n`));
    if (outcome === "written") return "sent";
    return { failure: typeof outcome === "string" ? "nobody reads it" : outcome.failure };
  };
}
