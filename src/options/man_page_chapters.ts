/** Chapters of the manual page that are prose. */

/** A chapter: paragraphs of plain text. */
export interface ManChapter {
  /** In capitals. */
  readonly title: string;
  /** One line of source each; roff fills them. */
  readonly paragraphs: readonly string[];
  /** What follows as a list: each word with what is to be said of it. */
  readonly terms?: readonly (readonly [string, string])[];
}

/** The first comes before the options, the others after them. */
export const MAN_CHAPTERS: readonly ManChapter[] = [
  {
    title: "DESCRIPTION",
    paragraphs: [
      "echoscu checks whether a DICOM peer answers: it opens an association for the Verification SOP class, sends " +
      "C-ECHO requests, and releases the association. The command line is that of the program of the same name in " +
      "DCMTK, and so are the texts and the exit codes; the deliberate differences are listed in docs/differences.md " +
      "of the source.",
      "With --listen it answers such checks, and with --selftest it proves itself, without any peer.",
      "With --plan it checks many peers, as a plan in YAML says, whose format is described in docs/plan.md of the " +
      "source; with --peers the peers of a list. With --watch it checks again and again until interrupted.",
      "With --report it writes down what came of it in other formats, which are described in docs/reports.md of the " +
      "source; with --exporter it lets Prometheus check peers (docs/monitoring.md); with --serve it shows watched " +
      "peers as a web page (docs/status-page.md).",
      "Without any argument the usage text is printed.",
    ],
  },
  {
    title: "ARGUMENTS",
    paragraphs: [
      "Options and parameters may be mixed in any order. A word is an option when it begins with - or + and its second " +
      "character is not a digit; names are compared exactly, nothing may be abbreviated, and values are words of their " +
      "own. An option takes the words that follow without looking at them: -aet -v sets the AE title -v.",
      "Of an option given several times the rightmost counts, and only its value is checked, unless the option says " +
      "that it may be given several times.",
      "Numbers are decimal integers and nothing else. The letter in brackets is what the description calls a value.",
    ],
  },
  {
    title: "COMMAND FILES",
    paragraphs: [
      "A word that begins with @ means the words in the file it names, also where a value is expected; a lone @ " +
      "is a word like any other. Words in the file are separated by blanks, tabs and line ends. Single and double " +
      "quotes keep everything between them, and the closing quote ends the word. There are no comments and no escapes, " +
      "and @ in a file means nothing.",
    ],
  },
  {
    title: "LOG",
    paragraphs: [
      "Log lines go to standard error, as the first letter of the level (F, E, W, I, D or T), a colon and the text. " +
      "The default level is warn. A configuration file replaces all of this.",
      "An error of the command line is a header of three lines and a line that begins with error: on standard error, " +
      "also with -q. On a terminal, or with --explain, a line that begins with hint: may follow.",
    ],
  },
  {
    title: "ENVIRONMENT",
    paragraphs: [
      "Besides these, a log configuration may ask for any variable (${NAME}), and a plan for the passwords of its keys.",
    ],
    terms: [
      [
        "DCMDICTPATH",
        "Data dictionaries to name elements by in the log, with : between them, on Windows ;.",
      ],
      [
        "ECHOSCU_KEY_PASSWORD",
        "Password of the private key, unless an option says where it comes from.",
      ],
      [
        "TCP_NODELAY, TCP_BUFFER_LENGTH",
        "Read and logged as DCMTK does; without effect, see docs/differences.md of the source.",
      ],
      ["NO_COLOR, CLICOLOR, CLICOLOR_FORCE, TERM", "Whether --color auto colors reports."],
      ["LC_ALL, LC_CTYPE, LANG", "Whether --since draws with more than ASCII."],
      ["TZ", "Time zone of what a log configuration writes, and of days with --since."],
    ],
  },
  {
    title: "FILES",
    paragraphs: [
      "None of its own: it reads what an option, a plan or DCMDICTPATH names, and with --log-config the time zone and " +
      "the hosts file of the system. It writes what an option, a plan or a log configuration names, and nothing else.",
      "There is no event log of Windows: name a file, or a collector of syslog, in the log configuration.",
    ],
  },
  {
    title: "EXAMPLES",
    paragraphs: [
      "echoscu pacs.example 104",
      "echoscu -v -aet WORKSTATION -aec ARCHIVE 192.0.2.10 11112",
      "echoscu +tls key.pem cert.pem +cf ca.pem pacs.example 2762",
      "echoscu --listen 11112 -v",
      "echoscu --diagnose -aet WORKSTATION -aec ARCHIVE pacs.example 104",
      "echoscu --plan site.yaml --only critical --retries 2",
      "echoscu --wait-until-up 60 pacs.example 104",
      "echoscu --plan site.yaml --report html=site.html --json",
      "echoscu --exporter 9711 --plan site.yaml",
      "echoscu --plan site.yaml --watch 60 --serve 8080",
    ],
  },
];
