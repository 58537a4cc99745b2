/** From results over time to availability, outages and times. */

export { cellsOf, type MachineZone, type WallTime, Zone, zoneOfMachine } from "./calendar.ts";
export { PeriodMaker, type PeriodSettings } from "./period.ts";
export { WARM_UP } from "./stretches.ts";
export { availabilityOf, measuredShareOf, sumOf } from "./sums.ts";
export * from "./types.ts";
