/** Logs numbered lines by a configuration: `log_writer.ts CONFIG NAME COUNT`. One of several that share a file. */

import { loadLogEngine } from "../../src/log/mod.ts";

const [config = "", name = "", count = "0"] = Deno.args;
const { configureLogging, createDenoLogHost } = await loadLogEngine();
const setup = configureLogging(Deno.readFileSync(config), createDenoLogHost());
if (setup.kind === "refused") throw new Error(`Cannot log: ${setup.message}`);
for (let number = 0; number < Number(count); number++) {
  const text = `${name} ${number} ${"-".repeat(80)} end`;
  setup.sink.log({ logger: "dcmtk.apps.echoscu", level: "info", text, time: Date.now() });
}
await setup.sink.close();
