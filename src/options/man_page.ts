/** The manual page, made from the option table; in the `man` macros of roff. */

import { PROGRAM_NAME, PURPOSE, RELEASE_DATE, VERSION } from "./identity.ts";
import { MAN_CHAPTERS, type ManChapter } from "./man_page_chapters.ts";
import type { ExitCodeRow } from "./manual.ts";
import { defaultText } from "./placeholder.ts";
import type { OptionRow, ParsedValue, ValueSpec } from "./row.ts";
import { PARAMETER_ROWS } from "./rows.ts";

/** Renders the page. */
export function manPage(
  rows: readonly OptionRow[],
  { exitCodes }: { readonly exitCodes: readonly ExitCodeRow[] },
): string {
  const name = roff(PROGRAM_NAME);
  const parameters = PARAMETER_ROWS.map((row) => italic(row.name)).join(" ");
  const chapters = MAN_CHAPTERS.map(renderChapter);
  return `.TH ${name.toUpperCase()} 1 "${RELEASE_DATE}" "${name} ${VERSION}" "User Commands"
.SH NAME
${name} \\- ${roff(PURPOSE)}
.SH SYNOPSIS
.B ${name}
[\\fIoptions\\fR] ${parameters}
${modeLines(rows)}${chapters[0]}.SH PARAMETERS
${
    PARAMETER_ROWS.map((row) => `.TP\n${italic(row.name)}\n${roff(row.help.join(" "))}\n`).join("")
  }.SH OPTIONS
${[...Map.groupBy(rows, (row) => row.group)].map(renderGroup).join("")}${
    chapters.slice(1).join("")
  }.SH EXIT STATUS
${exitCodes.map(({ code, meaning }) => `.TP\n.B ${code}\n${roff(meaning)}\n`).join("")}`;
}

function renderChapter({ title, paragraphs, terms = [] }: ManChapter): string {
  const prose = paragraphs.map((text) => `.PP\n${roff(text)}\n`);
  const list = terms.map(([term, text]) => `.TP\n.B ${roff(term)}\n${roff(text)}\n`);
  return `.SH ${title}\n${[...prose, ...list].join("")}`;
}

/** The ways to call the program without parameters. */
function modeLines(rows: readonly OptionRow[]): string {
  const rest = { none: "[\\fIoptions\\fR]", words: "\\fIwords\\fR ..." };
  return rows.flatMap((row) => {
    const { parameters, long } = row;
    if (parameters !== "none" && parameters !== "words") return [];
    return `.br\n.B ${roff(PROGRAM_NAME)}\n${namesOf(row, [long])} ${rest[parameters]}\n`;
  })
    .join("");
}

function renderGroup([title, rows]: [string, readonly OptionRow[]]): string {
  const sections = [...Map.groupBy(rows, (row) => row.subgroup)].map(([subgroup, members]) =>
    (subgroup === undefined ? "" : `.PP\n\\fI${roff(subgroup)}\\fR\n`) +
    members.map(renderOption).join("") + blockNotes(members)
  );
  return `.SS ${roff(capitalized(title.replace(/:$/, "")))}\n${sections.join("")}`;
}

function renderOption(row: OptionRow): string {
  const names = row.short === undefined ? [row.long] : [row.short, row.long];
  const description = row.help.join(" ").replaceAll("{default}", defaultText(row));
  const sentences = [capitalized(description), ...valueNotes(row), ...partnerNotes(row)];
  return `.TP\n${namesOf(row, names)}\n${sentences.map((text) => `${roff(text)}.\n`).join("")}`;
}

/** The names in bold, and after them what follows, in italics. */
function namesOf(row: OptionRow, names: readonly string[]): string {
  const values = row.values.map((value) => ` ${italic(value.label.replaceAll(" ", "-"))}`);
  return names.map((name) => `\\fB${roff(name)}\\fR`).join(", ") + values.join("");
}

/** What the values may be. */
function valueNotes(row: OptionRow): readonly string[] {
  const notes = row.values.flatMap(allowedValues);
  const value = defaultText(row);
  const isSaid = value === "" || row.help.some((line) => line.includes("{default}"));
  if (!isSaid) notes.push(`Default: ${value}`);
  return row.accumulates ? [...notes, "May be given several times"] : notes;
}

function allowedValues(value: ValueSpec): string[] {
  switch (value.kind) {
    case "integer":
      return [
        value.maximum < 1_000_000
          ? `From ${value.minimum} to ${value.maximum}`
          : `At least ${value.minimum}`,
      ];
    case "choice":
      return [`One of ${[...value.choices, ...value.unlisted ?? []].join(", ")}`];
    case "text":
      return [];
    case "parsed":
      return formNotes(value);
  }
}

/** The form, and the default where the usage text has that in its place. */
function formNotes({ form, note }: ParsedValue): string[] {
  if (form === undefined) return note === undefined ? [] : [`Form: ${note}`];
  return [capitalized(form), ...(note?.startsWith("default") ? [capitalized(note)] : [])];
}

function partnerNotes(row: OptionRow): readonly string[] {
  const needs = (row.needs ?? []).map((partners) => `Only with ${partners.join(" or ")}`);
  const conflicts = (row.conflicts ?? []).map((partners) => `Not with ${partners.join(", ")}`);
  return [...needs, ...conflicts];
}

/** Says of which options the rightmost wins. */
function blockNotes(rows: readonly OptionRow[]): string {
  return [...Map.groupBy(rows, (row) => row.block)].map(([block, members]) =>
    block === undefined || members.length < 2
      ? ""
      : `.PP\nOf ${
        members.map((row) => roff(row.short ?? row.long)).join(", ")
      } the rightmost counts.\n`
  ).join("");
}

function italic(text: string): string {
  return `\\fI${roff(text)}\\fR`;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Escapes text: backslashes, dashes of options, and what would be a request at the start of a line. */
function roff(text: string): string {
  return text.replaceAll("\\", "\\e").replaceAll("-", "\\-").replace(/^([.'])/gm, "\\&$1");
}
