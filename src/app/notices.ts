/** Tells people what watched peers do: `--notify`. Loaded when it is given. */

import {
  Courier,
  eventOf,
  type NoticeFrame,
  noticeOf,
  opener,
  Rules,
  type RuleSettings,
} from "../notify/mod.ts";
import { loadNoticeOptions } from "../options/mod.ts";
import { loadNoticeReport, loadReports } from "../report/mod.ts";
import { FILE_FAULTS } from "../system/mod.ts";
import type { ModeContext, Notices } from "./context.ts";
import { isJsonLog, logMessage } from "./logging.ts";
import type { CannotBegin } from "./outcome.ts";
import { complain, settingsOf } from "./reports.ts";

/** Opens the notices that the options ask for; or says why their files cannot be used. Nothing is sent yet. */
export async function openNotices(context: ModeContext): Promise<Notices | CannotBegin> {
  const { options, world } = context;
  const files = await readFiles(context);
  if ("kind" in files) return files;
  const { entryOf } = await loadReports();
  const words = await loadNoticeReport();
  const settings = settingsOf(context);
  const { program, origin } = settings;
  const open = await openerOf(files, context);
  const rules = new Rules(rulesOf(options));
  let frame: NoticeFrame | undefined;
  const couriers = options.notify.map((target) => {
    const send = open(target);
    return new Courier({
      send: async (events, signal) =>
        frame === undefined ? "sent" : await send(noticeOf(events, frame), signal),
      shown: target.shown,
      say: (kind, text) => kind === "failure" ? complain(text, context) : note(text, context),
      clock: world.clock,
    });
  });
  return {
    see(report) {
      const { title, site, startedAt } = report;
      const summary = words.summaryOf(report);
      frame = { program, machine: origin?.machine, title, site, summary };
      const peers = report.entries.filter(({ isMuted }) => isMuted !== true)
        .map((one) => ({ entry: entryOf(one, settings), at: one.startedAt ?? startedAt }));
      const events = rules.see(peers, world.clock.now()).map((one) => eventOf(one, words));
      for (const courier of couriers) courier.add(events);
    },
    close: async () => void await Promise.all(couriers.map((courier) => courier.close())),
  };
}

async function openerOf(
  files: NoticeFiles,
  context: ModeContext,
): Promise<ReturnType<typeof opener>> {
  const { program, origin, offsetMinutes = () => 0 } = settingsOf(context);
  const { takesToken } = await loadNoticeOptions();
  return opener({
    ...files,
    takesToken,
    program,
    machine: origin?.machine ?? "",
    offsetMinutes,
    append: (path, bytes) => context.world.writeReport(path, bytes, { first: new Uint8Array() }),
  });
}

function rulesOf(
  { notifyAfter: after, notifyAgainSeconds }: ModeContext["options"],
): RuleSettings {
  return {
    after,
    againMs: notifyAgainSeconds === undefined ? undefined : notifyAgainSeconds * 1000,
  };
}

/** Says what is good to know: on standard error, or in the log where that is JSON. */
function note(text: string, context: ModeContext): void {
  if (isJsonLog(context)) return logMessage(context, { level: "info", text });
  context.world.writeErr(new TextEncoder().encode(`note: ${text}\n`));
}

/** What the files of `--notify-ca` and `--notify-token-file` hold. */
interface NoticeFiles {
  readonly caCerts: readonly string[];
  readonly token: string | undefined;
}

async function readFiles(context: ModeContext): Promise<NoticeFiles | CannotBegin> {
  const { notifyCaFile, notifyTokenFile } = context.options;
  const ca = await readText(notifyCaFile, context);
  if (typeof ca === "object") return ca;
  const token = await readText(notifyTokenFile, context);
  if (typeof token === "object") return token;
  if (ca !== undefined && !ca.includes("-----BEGIN CERTIFICATE-----")) {
    return refuse(`${notifyCaFile} holds no certificate (PEM)`, context);
  }
  const word = token?.trim();
  // What RFC 6750 2.1 lets a token consist of.
  if (word !== undefined && !/^[A-Za-z0-9._~+/-]+=*$/.test(word)) {
    return refuse(`${notifyTokenFile} does not hold a bearer token in one line`, context);
  }
  return { caCerts: ca === undefined ? [] : [ca], token: word };
}

async function readText(
  path: string | undefined,
  context: ModeContext,
): Promise<string | undefined | CannotBegin> {
  if (path === undefined) return undefined;
  const content = await context.world.readFile(path);
  if ("error" in content) return refuse(`${path} ${FILE_FAULTS[content.error]}`, context);
  return new TextDecoder().decode(content);
}

function refuse(reason: string, context: ModeContext): CannotBegin {
  complain(reason, context);
  return { kind: "cannot-begin", obstacle: "input", reason };
}
