/** Back from options to the words that ask for them: a command line to run again. */

import type { Options, TlsOptions, TlsProfile } from "./options.ts";

const PROFILES: Readonly<Record<TlsProfile, string>> = {
  "8996": "+pg",
  "8996-mod": "+pm",
  "bcp195-nd": "+py",
  bcp195: "+px",
  "bcp195-ex": "+pz",
  basic: "+pb",
  aes: "+pa",
  null: "+pn",
};

/** What a check of a peer is made of, besides the mode. */
export type CheckOptions = Pick<
  Options,
  | "callingAeTitle"
  | "calledAeTitle"
  | "proposeTransferSyntaxes"
  | "proposePresentationContexts"
  | "connectTimeoutSeconds"
  | "socketTimeoutSeconds"
  | "acseTimeoutSeconds"
  | "dimseTimeoutSeconds"
  | "maximumLength"
  | "family"
  | "tls"
>;

/**
 * The words that ask for a check by `options`, without the name of the program; only what is not the default.
 *
 * A password on the command line is left out, so that it is asked for; seeds are too.
 */
export function wordsOfCheck(
  options: CheckOptions,
  { peer, port }: { readonly peer: string; readonly port: number },
): readonly string[] {
  const { callingAeTitle, calledAeTitle, family } = options;
  return [
    ...(family === "any" ? [] : [family === "ipv4" ? "-i4" : "-i6"]),
    ...valued("-aet", { value: callingAeTitle, absent: "ECHOSCU" }),
    ...valued("-aec", { value: calledAeTitle, absent: "ANY-SCP" }),
    ...valued("-pts", { value: options.proposeTransferSyntaxes, absent: 1 }),
    ...valued("-ppc", { value: options.proposePresentationContexts, absent: 1 }),
    ...valued("-to", { value: options.connectTimeoutSeconds }),
    ...valued("-ts", { value: options.socketTimeoutSeconds, absent: 60 }),
    ...valued("-ta", { value: options.acseTimeoutSeconds, absent: 30 }),
    ...valued("-td", { value: options.dimseTimeoutSeconds }),
    ...valued("-pdu", { value: options.maximumLength, absent: 16_384 }),
    ...wordsOfTls(options.tls),
    peer,
    `${port}`,
  ];
}

function valued(
  option: string,
  { value, absent }: {
    readonly value: string | number | undefined;
    readonly absent?: string | number;
  },
): readonly string[] {
  return value === undefined || value === absent ? [] : [option, `${value}`];
}

function flag(option: string, isGiven: boolean): readonly string[] {
  return isGiven ? [option] : [];
}

function each(option: string, values: readonly string[]): readonly string[] {
  return values.flatMap((value) => [option, value]);
}

function wordsOfTls(tls: TlsOptions): readonly string[] {
  if (tls.mode === "off") return valued("--request-sni", { value: tls.serverName });
  return [
    ...(tls.mode === "anonymous" ? ["+tla"] : ["+tls", tls.keyFile, tls.certificateFile]),
    ...(tls.mode === "anonymous" ? [] : wordsOfPassword(tls.password)),
    ...flag("-der", tls.fileFormat === "der"),
    ...each("+cf", tls.certificateFiles),
    ...each("+cd", tls.certificateDirectories),
    ...each("+crl", tls.crlFiles),
    ...flag("+cra", tls.crlCheck === "chain"),
    ...flag("+crv", tls.crlCheck === "leaf" && tls.crlFiles.length === 0),
    ...flag(PROFILES[tls.profile], tls.profile !== "bcp195-nd"),
    ...each("+cs", tls.cipherSuites),
    ...valued("--request-sni", { value: tls.serverName }),
    ...flag("-rc", tls.requiresCertificate === true && tls.peerCertificate === "require"),
    ...flag("-ic", tls.peerCertificate === "ignore"),
    ...flag("--trust-public-roots", tls.trustPublicRoots === true),
    ...(tls.wantedName === undefined
      ? []
      : tls.wantedName.kind === "name"
      ? ["--verify-hostname-as", tls.wantedName.name]
      : flag("--verify-hostname", tls.trustPublicRoots !== true)),
    ...valued("--tls-engine", { value: tls.engine }),
  ];
}

function wordsOfPassword(
  password: Extract<TlsOptions, { mode: "authenticated" }>["password"],
): readonly string[] {
  switch (password.kind) {
    case "unset":
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
