/** HTTP for few clients within limits, answered by those who may be asked. */

export { hostProblem, type OwnHosts, ownHosts, siteProblem } from "./access.ts";
export { type AddressBytes, addressBytes } from "./address.ts";
export type { HttpProblem, HttpRequest } from "./request.ts";
export {
  type HttpClient,
  type HttpDeps,
  type HttpResponse,
  type HttpStream,
  serveHttp,
  type StreamWriter,
  textResponse,
} from "./server.ts";
export type * from "./types.ts";
