/** `fast-check` with the seed of the run: imported by its name, which the import map leads here. */

import fc from "fast-check/itself";
import { seedOfRun } from "./seed.ts";

fc.configureGlobal({ seed: seedOfRun() });

export { default } from "fast-check/itself";
