/**
 * Windows: wine 10 in a folder with Debian trixie, and Deno for Windows from npm. Some minutes to prepare, 2.5 GB.
 *
 * One project at a time: wine's server opens the files, as the first program found them that it was started for.
 * Wine of Debian 12 cannot run it: V8 needs `VirtualAlloc2()` with placeholders. Signals, consoles, name lookup and file
 * locks are wine's own: `exclusions.ts` names what fails because of them.
 */

import { TOP } from "../ship/components.ts";
import {
  type Command,
  copyPackages,
  denoVersion,
  fetchFromNpm,
  hasCommand,
  isFile,
  type Laboratory,
  runStep,
} from "./laboratory.ts";
import { LAB_FOLDER } from "../ship/runtime.ts";

const HERE = `${LAB_FOLDER}/win`;
const ROOT = `${HERE}/trixie`;
const SHARED = `${HERE}/lab`;
const WINE = "/usr/lib/wine/wine64";
const TEMPORARY = "/tmp";

/** Variables of everything that runs there; the runtime's own of this machine do not count. */
const VARIABLES = [
  "HOME=/root",
  `DENO_DIR=${there(`${SHARED}/deno-dir`)}`,
  `WINEPREFIX=${SHARED}/prefix`,
  "WINEDLLOVERRIDES=mscoree=;mshtml=",
  "XDG_RUNTIME_DIR=/tmp",
];

/**
 * Its own mounts end with it. The shared folder, the temporary files of this machine and the project, which cannot be
 * written there, have the paths that they have here. By the shell, because wine believes `PWD`.
 */
const ENTER = `
set -e
root=$1; tree=$2; lab=$3; shift 3
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
mount --bind ${TEMPORARY} "$root${TEMPORARY}"
mkdir -p "$root$tree" "$root$lab"
mount --bind "$tree" "$root$tree"
mount -o remount,bind,ro "$root$tree"
mount --bind "$lab" "$root$lab"
export WINEDEBUG="\${WINEDEBUG--all}"
exec chroot "$root" bash -c 'cd "$0" && exec "$@"' "$PWD" "$@"`;

function inside(words: readonly string[]): Command {
  const args = ["--mount", "--propagation", "private", "--", "bash", "-c", ENTER, "enter"];
  return { command: "unshare", args: [...args, ROOT, TOP, SHARED, ...words] };
}

/** Windows on x86_64, as far as wine is that. */
export const WINDOWS: Laboratory = {
  name: "windows",
  title: "Windows x86_64 (wine)",
  triple: "x86_64-pc-windows-msvc",
  shared: SHARED,
  deno: `${SHARED}/deno-${denoVersion()}.exe`,
  slowness: 5,
  startsPrograms: true,
  endsWithPrograms: true,
  rootFile: {
    there: "C:\\echoscu-laboratory.log",
    here: `${SHARED}/prefix/drive_c/echoscu-laboratory.log`,
  },
  lookups: { env: { WINEDEBUG: "+file" }, line: /\bL"(?:\\\\\?\?\\\\)?([A-Z]:\\\\[^"]*)"/g },
  obstacle,
  isReady: () => isFile(`${ROOT}${WINE}`) && isFile(WINDOWS.deno),
  prepare,
  there,
  program: (path) => inside(["env", ...VARIABLES, WINE, there(path)]),
};

function obstacle(): string | undefined {
  if (Deno.build.target !== "x86_64-unknown-linux-gnu") return "it runs on Linux x86_64 only";
  if (Deno.uid() !== 0) return "it needs root, to mount and change the root folder";
  if (!hasCommand("unshare")) return "there is no unshare (Debian: util-linux)";
  if (isFile(`${ROOT}${WINE}`) || hasCommand("debootstrap")) return undefined;
  return "there is no debootstrap: apt-get install debootstrap";
}

async function prepare(): Promise<void> {
  await Deno.mkdir(`${SHARED}/deno-dir`, { recursive: true });
  if (!isFile(`${ROOT}/usr/bin/env`)) {
    const args = ["--variant=minbase", "trixie", ROOT, mirror()];
    await runStep("making a folder with Debian trixie", { command: "debootstrap", args });
  }
  if (!isFile(`${ROOT}${WINE}`)) {
    await Deno.copyFile("/etc/resolv.conf", `${ROOT}/etc/resolv.conf`);
    const quiet = "-qq -o Dpkg::Use-Pty=0";
    const script = `apt-get update ${quiet} && DEBIAN_FRONTEND=noninteractive ` +
      `apt-get install ${quiet} --yes --no-install-recommends wine64`;
    await runStep("installing wine there", inside(["sh", "-c", script]));
  }
  for (const file of ["hosts", "resolv.conf"]) {
    await Deno.copyFile(`/etc/${file}`, `${ROOT}/etc/${file}`);
  }
  if (!isFile(WINDOWS.deno)) {
    const name = `@deno/win32-x64@${denoVersion()}`;
    await fetchFromNpm(name, { file: "deno.exe", path: WINDOWS.deno });
  }
  // Else Deno copies itself there for each process that starts others: gigabytes within an hour.
  await Deno.writeTextFile(`${SHARED}/deno-dir/node_compat_bin`, "");
  await copyPackages(`${SHARED}/deno-dir`);
}

/** The mirror that this machine uses, else Debian's own. */
function mirror(): string {
  const texts = ["/etc/apt/sources.list", "/etc/apt/sources.list.d/debian.sources"]
    .map((path) => isFile(path) ? Deno.readTextFileSync(path) : "").join("\n");
  const found = /^(?:URIs:|deb(?: \[[^\]]*\])?) (http\S+)/m.exec(texts)?.[1];
  return found ?? "http://deb.debian.org/debian";
}

/** Drive Z is the root folder. */
function there(path: string): string {
  if (![SHARED, TOP, TEMPORARY].some((one) => path === one || path.startsWith(`${one}/`))) {
    throw new Error(`${path} is not in ${SHARED}, ${TOP} or ${TEMPORARY}`);
  }
  return `Z:${path.replaceAll("/", "\\")}`;
}
