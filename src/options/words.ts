/** Back from options to the words that ask for them: a command line to run again. */

import type { KeyPassword } from "../common/tls_request.ts";
import type { Options, TlsOptions } from "./options.ts";
import type { OptionRow } from "./row.ts";
import { OPTION_ROWS } from "./rows.ts";
import { wordsOfUser } from "./user.ts";

const ROWS: readonly OptionRow[] = OPTION_ROWS;

const PROFILES = ROWS.filter(({ block }) => block === "tls-profile");

/** What a check is made of that the reference has options for too. */
const OF_CHECK = ROWS.filter(({ sets, short }) => sets !== undefined && short !== undefined);

/**
 * The words that ask for a check by `options`, without the name of the program; only what is not the default.
 *
 * A password on the command line is left out, so that it is asked for; seeds are too.
 */
export function wordsOfCheck(
  options: Options,
  { peer, port }: { readonly peer: string; readonly port: number },
): readonly string[] {
  const fields = new Map<string, unknown>(Object.entries(options));
  return [
    ...OF_CHECK.flatMap((row) => wordsOfRow(row, fields.get(row.sets ?? ""))),
    ...wordsOfSource(options.sourceAddress),
    ...wordsOfTls(options.tls),
    ...wordsOfUser(options.user),
    peer,
    `${port}`,
  ];
}

/** The words of `row` that fill its field with `value`; none where that is its default. */
function wordsOfRow(
  { short = "", values, choice, isDefault }: OptionRow,
  value: unknown,
): readonly string[] {
  if (choice !== undefined) return flag(short, value === choice && !isDefault);
  const [spec] = values;
  const absent = spec !== undefined && "default" in spec ? spec.default : undefined;
  return value === absent ? [] : [short, `${value}`];
}

function valued(option: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [option, value];
}

function wordsOfSource(source: Options["sourceAddress"]): readonly string[] {
  if (source === undefined) return [];
  const { address, port } = source;
  const place = port !== undefined && address.includes(":") ? `[${address}]` : address;
  return ["--source-address", port === undefined ? place : `${place}:${port}`];
}

function flag(option: string, isGiven: boolean): readonly string[] {
  return isGiven ? [option] : [];
}

function each(option: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [option, value]);
}

function wordsOfTls(tls: TlsOptions): readonly string[] {
  if (tls.mode === "off") return valued("--request-sni", tls.serverName);
  return [
    ...(tls.mode === "anonymous" ? ["+tla"] : ["+tls", tls.keyFile, tls.certificateFile]),
    ...(tls.mode === "anonymous" ? [] : wordsOfPassword(tls.password)),
    ...flag("-der", tls.fileFormat === "der"),
    ...each("+cf", tls.certificateFiles),
    ...each("+cd", tls.certificateDirectories),
    ...each("+crl", tls.crlFiles),
    ...flag("+cra", tls.crlCheck === "chain"),
    ...flag("+crv", tls.crlCheck === "leaf" && tls.crlFiles.length === 0),
    ...PROFILES.flatMap((row) => wordsOfRow(row, tls.profile)),
    ...each("+cs", tls.cipherSuites),
    ...valued("--request-sni", tls.serverName),
    ...flag("-rc", tls.requiresCertificate === true && tls.peerCertificate === "require"),
    ...flag("-ic", tls.peerCertificate === "ignore"),
    ...flag("--trust-public-roots", tls.trustPublicRoots === true),
    ...(tls.wantedName === undefined
      ? []
      : tls.wantedName.kind === "name"
      ? ["--verify-hostname-as", tls.wantedName.name]
      : flag("--verify-hostname", tls.trustPublicRoots !== true)),
    ...valued("--tls-engine", tls.engine),
  ];
}

function wordsOfPassword(password: KeyPassword): readonly string[] {
  switch (password.kind) {
    case "unset":
    case "none":
      return [];
    case "file":
      return ["--password-file", password.path];
    case "prompt":
      return ["+ps"];
    case "given":
      return password.password === "" ? ["-pw"] : ["+ps"];
  }
}

/** `words` as a shell takes them: POSIX ones, or those of Windows. */
export function shellWords(words: readonly string[], shell: "posix" | "windows"): string {
  return words.map((word) => {
    if (/^[\w@%+=:,./-]+$/.test(word) && !(shell === "windows" && word.includes("%"))) return word;
    return shell === "windows" ? `"${word}"` : `'${word.replaceAll("'", `'\\''`)}'`;
  }).join(" ");
}
