/**
 * Clients that mean harm, in a process of their own:
 *
 *     deno run --allow-net --allow-read tests/attacks/hostile_clients.ts KIND PORT
 *
 * Attacks 127.0.0.1:PORT until it is ended; prints a line when it has begun.
 */

import { connect, type Socket } from "node:net";
import { fromHex } from "../support/script.ts";

/** Connections of one attacker at once. */
const AT_ONCE = 40;

/** Head of an A-ASSOCIATE-RQ of 100000 bytes, and the first of them. */
const HALF_REQUEST = fromHex("0100000186a000010000" + "41".repeat(4000));

/** What a client does with a connection, by name; a connection that has ended is followed by the next. */
export const ATTACKS: Readonly<Record<string, (socket: Socket) => void>> = {
  "reset at once": (socket) => void socket.resetAndDestroy(),
  "close at once": (socket) => void socket.destroy(),
  "say nothing": () => {},
  "send half a request": (socket) => void socket.write(HALF_REQUEST),
  "send zeros without end": (socket) => {
    const more = () => void socket.write(new Uint8Array(65_536), () => socket.destroyed || more());
    more();
  },
  "send a byte now and then": (socket) => {
    const timer = setInterval(() => socket.write(Uint8Array.of(1)), 100);
    socket.once("close", () => clearInterval(timer));
  },
  "speak HTTP": (socket) => void socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
};

function attack(kind: string, port: number): void {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => {});
  socket.on("connect", () => ATTACKS[kind]?.(socket));
  socket.resume();
  socket.on("close", () => setTimeout(() => attack(kind, port), 1));
}

if (import.meta.main) {
  const [kind = "", port = ""] = Deno.args;
  if (ATTACKS[kind] === undefined) throw new Error(`There is no attack called ${kind}`);
  for (let count = 0; count < AT_ONCE; count++) attack(kind, Number(port));
  console.log("begun");
}
