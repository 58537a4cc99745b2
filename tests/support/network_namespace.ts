/** A network of its own for a test: Linux namespaces with nothing but the loopback in them. */

import { findProgram } from "./installed.ts";

/** What there is in the network. */
export interface Network {
  /** Lines of the hosts file. */
  readonly hosts: readonly string[];
  /** Arguments of `ip`, one list per call. */
  readonly setup: readonly (readonly string[])[];
}

/** Why there can be no such network here; `undefined` when there can. */
export function namespacesMissing(): string | undefined {
  if (Deno.build.os !== "linux") return "networks of their own are made on Linux only";
  if (Deno.uid() !== 0) return "only root can make a network of its own";
  for (const program of ["unshare", "ip", "mount"]) {
    if (findProgram(program) === undefined) return `${program} is not installed`;
  }
  const { success } = new Deno.Command("unshare", {
    args: ["--net", "--mount", "true"],
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success ? undefined : "this system does not let root make networks";
}

/** Runs a command inside a new network; gives its exit code and everything it wrote. */
export async function runInNetwork(
  network: Network,
  command: readonly string[],
): Promise<{ code: number; output: string }> {
  const hosts = await Deno.makeTempFile();
  await Deno.writeTextFile(hosts, network.hosts.join("\n") + "\n");
  const script = [
    "set -e",
    `mount --bind ${hosts} /etc/hosts`,
    "ip link set lo up",
    ...network.setup.map((args) => `ip ${args.join(" ")}`),
    'exec "$@"',
  ].join("\n");
  const { code, stdout, stderr } = await new Deno.Command("unshare", {
    args: ["--net", "--mount", "sh", "-c", script, "sh", ...command],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
  }).output();
  await Deno.remove(hosts);
  const text = new TextDecoder();
  return { code, output: text.decode(stdout) + text.decode(stderr) };
}
