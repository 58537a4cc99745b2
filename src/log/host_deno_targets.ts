/** Targets of a configured log beyond files: datagrams, TCP, the system's own logs. Part of the Deno adapter. */
import type { DatagramTarget, HostFailure, StreamTarget } from "./host.ts";
import { describe } from "./host_deno_failures.ts";

/** UDP: over IPv6 where `host` is an address of that kind, else over IPv4. */
export function openDatagrams(host: string, port: number): DatagramTarget {
  const isIpv6 = host.includes(":");
  const socket = import("node:dgram").then(({ createSocket }) => {
    // The module asks for this where nobody could catch the answer.
    const address = { name: "net", host: isIpv6 ? "[::]:0" : "0.0.0.0:0" } as const;
    if (Deno.permissions.querySync(address).state !== "granted") {
      throw new Deno.errors.NotCapable("Requires net access to all addresses");
    }
    const created = createSocket(isIpv6 ? "udp6" : "udp4");
    // Errors reach the callback of the send they belong to; without a listener they would end the program.
    created.on("error", () => {});
    return created;
  });
  socket.catch(() => {}); // every send reports it
  return {
    async send(bytes) {
      try {
        const open = await socket;
        return await new Promise<HostFailure | undefined>((resolve) => {
          open.send(bytes, port, host, (error) => resolve(error ? describe(error) : undefined));
        });
      } catch (error) {
        return describe(error);
      }
    },
    close: () => void socket.then((open) => open.close()).catch(() => {}),
  };
}

/** TCP. */
export async function connect(host: string, port: number): Promise<StreamTarget | HostFailure> {
  try {
    const connection = await Deno.connect({ hostname: host, port });
    return {
      async send(bytes) {
        try {
          for (let done = 0; done < bytes.length;) {
            done += await connection.write(bytes.subarray(done));
          }
          return undefined;
        } catch (error) {
          return describe(error);
        }
      },
      close: () => connection.close(),
    };
  } catch (error) {
    return describe(error);
  }
}

/** Where local system logs listen: the usual name, what is after it with systemd, and macOS. */
const SYSTEM_LOG_PATHS = ["/dev/log", "/run/systemd/journal/dev-log", "/var/run/syslog"];

/** The part of the runtime's datagram sockets used here; present only with `--unstable-net`. */
interface UnixDatagrams {
  listenDatagram?(options: { transport: "unixpacket"; path: string }): {
    send(bytes: Uint8Array, to: { transport: "unixpacket"; path: string }): Promise<number>;
    close(): void;
  };
}

/** What tests change of the system. */
export interface SystemLogOptions {
  /** Whether sockets may have names that are not files. */
  readonly isLinux?: boolean;
  /** Where local system logs listen. */
  readonly paths?: readonly string[];
}

/** The system log of this computer. */
export function openSystemLog(options: SystemLogOptions = {}): DatagramTarget | HostFailure {
  const { isLinux = Deno.build.os === "linux", paths = SYSTEM_LOG_PATHS } = options;
  const runtime: UnixDatagrams = Deno as unknown as UnixDatagrams;
  if (Deno.build.os === "windows" || runtime.listenDatagram === undefined) {
    return { code: 0, reason: "this build cannot reach one" };
  }
  try {
    const name = `echoscu-log-${Deno.pid}-${crypto.randomUUID()}`;
    // A name that starts with NUL leaves no file after, but only Linux has such names.
    const path = isLinux ? `\0${name}` : `/tmp/${name}`;
    const socket = runtime.listenDatagram({ transport: "unixpacket", path });
    // Nobody answers, so the name can go at once.
    if (!isLinux) Deno.removeSync(path);
    let known: string | undefined;
    return {
      async send(bytes) {
        let failure: HostFailure | undefined;
        for (const target of known === undefined ? paths : [known]) {
          try {
            await socket.send(bytes, { transport: "unixpacket", path: target });
            known = target;
            return undefined;
          } catch (error) {
            failure ??= describe(error);
          }
        }
        return failure;
      },
      close: () => socket.close(),
    };
  } catch (error) {
    return describe(error);
  }
}
