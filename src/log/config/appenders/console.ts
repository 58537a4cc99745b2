/** The two standard streams. */
import { Appender, type AppenderTarget, bareSettings, readAppenderSettings } from "../appender.ts";
import { toBytes } from "../byte_text.ts";
import type { EngineContext } from "../context.ts";
import { type Layout, makeBuiltInLayout } from "../layouts.ts";
import type { Properties } from "../properties.ts";

/**
 * `log4cplus::ConsoleAppender`: standard output, or standard error with `logToStdErr`.
 *
 * `ImmediateFlush` is accepted and changes nothing: every event is written at once.
 */
export function makeConsoleAppender(properties: Properties, context: EngineContext): Appender {
  const settings = readAppenderSettings(properties, context);
  const toStdErr = properties.boolean("logToStdErr", false);
  return new Appender(settings, consoleTarget({ layout: settings.layout, toStdErr }, context), {
    context,
  });
}

/** What the root logger has before any configuration: standard error, the level letter before every line. */
export function makeBuiltInAppender(context: EngineContext): Appender {
  const target = consoleTarget({ layout: makeBuiltInLayout(context), toStdErr: true }, context);
  return new Appender(bareSettings(context), target, { context });
}

function consoleTarget(
  { layout, toStdErr }: { readonly layout: Layout; readonly toStdErr: boolean },
  context: EngineContext,
): AppenderTarget {
  const { host, diagnostics } = context;
  return {
    write(event) {
      const bytes = toBytes(layout(event));
      if (toStdErr) host.writeErr(bytes);
      else host.writeOut(bytes);
    },
    close: () => diagnostics.debug("Entering ConsoleAppender::close().."),
  };
}
