/** From options to checks with all defaults applied. */

export { checkOf } from "./check_of.ts";
