/** How each real SCP is set up: its command line and the files it wants. */

import { DEBIAN_PYTHON, findProgram, type Need, NPM_FOLDER, pathOf } from "./installed.ts";

/** Where a peer is set up. */
export interface Site {
  /** Its own empty folder, in which it is started. */
  readonly folder: string;
  /** The port it shall listen on. */
  readonly port: number;
}

/** How to set up a peer. */
export interface Setup {
  /** The AE title it goes by. */
  readonly aeTitle: string;
  /** What must be installed. */
  readonly need: Need;
  /** Variables of its environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Writes its files and gives its command line. */
  readonly prepare: (site: Site) => readonly string[];
}

/** Where Debian puts the PixelMed toolkit. */
export const PIXELMED_JAR = "/usr/share/java/pixelmed.jar";

/** All peers by name. */
export const SETUPS = {
  /** DCMTK; any AE title; one association at a time. */
  "storescp": storescp([]),
  /** DCMTK; one process per association. */
  "storescp-fork": storescp(["--fork"]),
  /** DCMTK without Nagle's algorithm: no wait of 40 ms in its answers. */
  "storescp-nodelay": storescp([], { TCP_NODELAY: "1" }),
  /** DCMTK; rejects everyone 1/1/1. */
  "storescp-refuse": storescp(["--refuse"]),
  /** DCMTK's other SCP class; Implicit VR Little Endian only. */
  "dcmrecv": {
    aeTitle: "DCMRECV",
    need: { program: "dcmrecv" },
    prepare: ({ port }) => ["dcmrecv", "-d", "-aet", "DCMRECV", "--ignore", `${port}`],
  },
  /** DCMTK; rejects a wrong called AE title 1/1/7. */
  "dcmqrscp": dcmqrscp({ associations: 16, peers: "ANY", storage: true }),
  /** DCMTK; a second association at the same time is rejected 2/3/2. */
  "dcmqrscp-single": dcmqrscp({ associations: 1, peers: "ANY", storage: true }),
  /** DCMTK; accepts, then aborts the echo because its storage folder is missing. */
  "dcmqrscp-broken": dcmqrscp({ associations: 16, peers: "ANY", storage: false }),
  /** DCMTK; rejects a wrong called AE title 1/1/7. */
  "wlmscpfs": {
    aeTitle: "OFFIS",
    need: { program: "wlmscpfs" },
    prepare: ({ folder, port }) => {
      Deno.mkdirSync(`${folder}/wl/OFFIS`, { recursive: true });
      Deno.writeTextFileSync(`${folder}/wl/OFFIS/lockfile`, "");
      return ["wlmscpfs", "-d", "-dfp", `${folder}/wl`, `${port}`];
    },
  },
  /** Any AE title. */
  "orthanc": orthanc({}),
  /** Rejects a wrong called AE title 1/1/7, whatever its letter case. */
  "orthanc-strict": orthanc({ DicomCheckCalledAet: true }),
  /** Accepts, then aborts the echo unless the calling AE title is KNOWN. */
  "orthanc-known": orthanc({ DicomAlwaysAllowEcho: false }),
  /** CTN; Implicit VR Little Endian only; resets after the release; ends after a bare connection. */
  "ctn": {
    aeTitle: "CTNSTORE",
    need: { program: "simple_storage" },
    prepare: ({ folder, port }) => ["simple_storage", "-c", "CTNSTORE", "-x", folder, `${port}`],
  },
  /** CTN; accepts one association and never answers the echo. */
  "ctn-silent": {
    aeTitle: "ANY-SCP",
    need: { program: "ex3_acceptor" },
    prepare: ({ port }) => ["ex3_acceptor", "-f", "-p", `${port}`],
  },
  /** Java; rejects a wrong called AE title 1/1/7; IPv4 and IPv6. */
  "pixelmed": { aeTitle: "PIXELSCP", need: { jar: PIXELMED_JAR }, prepare: preparePixelmed },
  /** C++ and Python; any AE title; its port is closed while an association is open. */
  "odil": {
    aeTitle: "ODIL",
    need: { python: "odil" },
    prepare: ({ port }) => [DEBIAN_PYTHON, pathOf("foreign/odil_scp.py"), `${port}`],
  },
  /** JavaScript; any AE title; IPv4 and IPv6. */
  "dcmjs": dcmjs("0"),
  /** JavaScript; answers every echo with status 0122H (SOP class not supported). */
  "dcmjs-0122": dcmjs("0x0122"),
} as const satisfies Record<string, Setup>;

function storescp(options: readonly string[], env: Record<string, string> = {}): Setup {
  return {
    aeTitle: "STORESCP",
    need: { program: "storescp" },
    env,
    prepare: (
      { port },
    ) => ["storescp", "-d", ...options, "-aet", "STORESCP", "--ignore", `${port}`],
  };
}

interface Dcmqrscp {
  readonly associations: number;
  readonly peers: string;
  readonly storage: boolean;
}

function dcmqrscp({ associations, peers, storage }: Dcmqrscp): Setup {
  return {
    aeTitle: "DCMQRSCP",
    need: { program: "dcmqrscp" },
    prepare: ({ folder, port }) => {
      if (storage) Deno.mkdirSync(`${folder}/db`);
      Deno.writeTextFileSync(
        `${folder}/dcmqrscp.cfg`,
        [
          `NetworkTCPPort = ${port}`,
          "MaxPDUSize = 16384",
          `MaxAssociations = ${associations}`,
          "HostTable BEGIN",
          "HostTable END",
          "VendorTable BEGIN",
          "VendorTable END",
          "AETable BEGIN",
          // A path relative to its folder: the format cannot quote a blank.
          `DCMQRSCP db RW (10, 1024mb) ${peers}`,
          "AETable END",
          "",
        ].join("\n"),
      );
      return ["dcmqrscp", "-d", "-c", `${folder}/dcmqrscp.cfg`, `${port}`];
    },
  };
}

function orthanc(members: Readonly<Record<string, boolean>>): Setup {
  return {
    aeTitle: "ORTHANC",
    need: { program: "Orthanc" },
    prepare: ({ folder, port }) => {
      const file = `${folder}/orthanc.json`;
      const configuration = {
        ...members,
        Name: "peer",
        StorageDirectory: `${folder}/db`,
        IndexDirectory: `${folder}/db`,
        Plugins: [],
        HttpServerEnabled: false,
        DicomServerEnabled: true,
        DicomAet: "ORTHANC",
        DicomPort: port,
        DicomModalities: { known: ["KNOWN", "127.0.0.1", 104] },
      };
      Deno.writeTextFileSync(file, JSON.stringify(configuration));
      return [findProgram("Orthanc") ?? "Orthanc", "--verbose", file];
    },
  };
}

function preparePixelmed({ folder, port }: Site): readonly string[] {
  Deno.mkdirSync(`${folder}/in`);
  const machine = ["java", "-Xmx128m", "-XX:TieredStopAtLevel=1", `-Duser.home=${folder}`];
  const dispatcher = "com.pixelmed.network.StorageSOPClassSCPDispatcher";
  return [...machine, "-cp", PIXELMED_JAR, dispatcher, `${port}`, "PIXELSCP", `${folder}/in`];
}

function dcmjs(status: string): Setup {
  return {
    aeTitle: "DCMJS",
    need: { npm: "dcmjs-dimse" },
    prepare: ({ port }) => ["node", pathOf("foreign/dcmjs_scp.cjs"), NPM_FOLDER, `${port}`, status],
  };
}
