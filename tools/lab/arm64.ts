/** Linux on aarch64: Deno for it from npm, run by qemu's emulation of a processor; some 20 times slower. */

import {
  copyPackages,
  denoVersion,
  fetchFromNpm,
  hasCommand,
  isFile,
  type Laboratory,
  runStep,
} from "./laboratory.ts";
import { LAB_FOLDER } from "../ship/runtime.ts";

const SHARED = `${LAB_FOLDER}/arm`;
const QEMU = "qemu-aarch64-static";
/** The C library's program loader. */
const LOADER = "/lib/aarch64-linux-gnu/ld-linux-aarch64.so.1";

/** Linux on aarch64. */
export const ARM64: Laboratory = {
  name: "arm64",
  title: "Linux aarch64 (qemu)",
  triple: "aarch64-unknown-linux-gnu",
  shared: SHARED,
  deno: `${SHARED}/deno-${denoVersion()}`,
  slowness: 20,
  // The kernel would have to start qemu for them.
  startsPrograms: false,
  endsWithPrograms: false,
  withPeers: {
    files: [
      "tests/e2e/check_test.ts",
      "tests/peers/plan_test.ts",
      "tests/peers/scu_test.ts",
      "tests/peers/tls_engine_test.ts",
    ],
    whyNoOthers: "files that start the program often take hours there: --only=FILE runs one",
  },
  rootFile: { there: `${SHARED}/echoscu.log`, here: `${SHARED}/echoscu.log` },
  obstacle,
  isReady: () => isInstalled() && isFile(ARM64.deno),
  prepare,
  there: (path) => path,
  program: (path) => ({ command: "env", args: [`DENO_DIR=${SHARED}/deno-dir`, QEMU, path] }),
};

function isInstalled(): boolean {
  return hasCommand(QEMU) && isFile(LOADER);
}

function obstacle(): string | undefined {
  if (Deno.build.target !== "x86_64-unknown-linux-gnu") return "it runs on Linux x86_64 only";
  if (isInstalled()) return undefined;
  if (!hasCommand("apt-get")) return `there is no ${QEMU}, or no C library for aarch64`;
  return Deno.uid() === 0 ? undefined : "installing what it needs takes root";
}

async function prepare(): Promise<void> {
  await Deno.mkdir(SHARED, { recursive: true });
  if (!isInstalled()) {
    const packages = "qemu-user-static libc6:arm64 libgcc-s1:arm64";
    const script = "dpkg --add-architecture arm64 && apt-get update -qq && " +
      `DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes ${packages}`;
    await runStep("installing qemu and a C library", { command: "sh", args: ["-c", script] });
  }
  if (!isFile(ARM64.deno)) {
    const name = `@deno/linux-arm64-glibc@${denoVersion()}`;
    await fetchFromNpm(name, { file: "deno", path: ARM64.deno });
  }
  await copyPackages(`${SHARED}/deno-dir`);
}
