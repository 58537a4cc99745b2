/** Situations before a connection is established. */

import type { Check } from "../check/mod.ts";
import type { Situation } from "./types.ts";
import { when } from "./when.ts";

/** In the order of their stages. */
export const CONNECTING: readonly Situation[] = [
  {
    id: "peer-empty",
    stage: "resolve",
    fault: "user",
    title: "the peer was given as an empty word",
    applies: when("InvalidParameter", ({ parameter }) => parameter === "peer"),
    hint: () => "name the peer by its host name or IP address, before the port",
  },
  {
    id: "name-unknown",
    stage: "resolve",
    fault: "network",
    title: "the name service knows no address of the peer",
    applies: when(
      "DialFailed",
      ({ reason }, { check }) => reason === "unknown-host" && check.target.family === "any",
    ),
    hint: ({ host }) =>
      `no address is known for ${host}: check its spelling and domain, or give the peer's IP address`,
  },
  {
    id: "name-without-family",
    stage: "resolve",
    fault: "network",
    title: "the name service knows no address of the family that was asked for",
    applies: when(
      "DialFailed",
      ({ reason }, { check }) => reason === "unknown-host" && check.target.family !== "any",
    ),
    hint: ({ host, family, familyOption }) =>
      `no ${family} address is known for ${host}: leave out ${familyOption}, or check the name`,
  },
  {
    id: "name-service-silent",
    stage: "resolve",
    fault: "network",
    title: "the name service did not answer",
    applies: when("DialFailed", ({ reason }) => reason === "lookup-failed"),
    hint: ({ host }) =>
      `the name service of this machine gave no answer for ${host}: give the peer's IP address, or have the name service checked`,
  },
  {
    id: "name-invalid",
    stage: "resolve",
    fault: "user",
    title: "the peer's name cannot be a host name",
    applies: when("DialFailed", ({ reason }) => reason === "invalid-host"),
    hint: ({ host }) =>
      `${host} is not a host name: give a name, an IPv4 address or an IPv6 address`,
  },
  {
    id: "port-refused",
    stage: "connect",
    fault: "network",
    title: "the peer's machine answers, but nothing listens on the port",
    applies: when("DialFailed", ({ reason }) => reason === "refused"),
    hint: ({ host, port }) =>
      `${host} answers, but nothing listens on port ${port}: check the port (104 and 11112 are usual) and that the peer's DICOM service runs`,
  },
  {
    id: "connection-broken-off",
    stage: "connect",
    fault: "network",
    title: "the connection was reset while it was being made",
    applies: when("DialFailed", ({ reason }) => reason === "reset"),
    hint: ({ host, port }) =>
      `the connection to ${host} port ${port} was broken off at once: a load balancer or container port whose server does not run, a firewall, or a filter for addresses does that`,
  },
  {
    id: "host-unreachable",
    stage: "connect",
    fault: "network",
    title: "no way leads to the peer's machine",
    applies: when("DialFailed", ({ reason }) => reason === "host-unreachable"),
    hint: ({ host }) =>
      `${host} cannot be reached: it may be off, have another address, or be shut off by a router or firewall; try ping from this machine`,
  },
  {
    id: "network-unreachable",
    stage: "connect",
    fault: "network",
    title: "this machine has no route to the peer's network",
    applies: when("DialFailed", ({ reason }) => reason === "network-unreachable"),
    hint: ({ host }) =>
      `this machine has no route to ${host}: check its cable, VPN and gateway, and whether it has IPv6 if that is an IPv6 address`,
  },
  {
    id: "connect-timeout",
    stage: "connect",
    fault: "network",
    title: "no answer to the connection request within the limit of -to",
    applies: when("DialFailed", ({ reason }) => reason === "timed-out"),
    hint: ({ host, port, limit }) =>
      `${host} gave no answer on port ${port} within ${limit} (-to): the address may be wrong, the machine off, or a firewall drops the packets`,
  },
  {
    id: "connect-deadline",
    stage: "connect",
    fault: "network",
    title: "no answer to the connection request within the limit of the whole check",
    applies: when("TimedOut", ({ stage }) => stage === "connect"),
    hint: ({ host, port, limit, limitOption }) =>
      `${host} gave no answer on port ${port} within ${limit} (${limitOption}): the address may be wrong, the machine off, or a firewall drops the packets`,
  },
  {
    id: "connect-timeout-system",
    stage: "connect",
    fault: "network",
    title: "no answer to the connection request for as long as the system waits",
    applies: when(
      "DialFailed",
      ({ reason }, { check }) => reason === "timed-out-by-system" && !isLimited(check),
    ),
    hint: ({ host, port }) =>
      `${host} gave no answer on port ${port}: the address may be wrong, the machine off, or a firewall drops the packets; -to SECONDS ends the wait sooner`,
  },
  {
    id: "connect-timeout-system-first",
    stage: "connect",
    fault: "network",
    title: "no answer to the connection request, and the system gave up before the limit of -to",
    applies: when(
      "DialFailed",
      ({ reason }, { check }) => reason === "timed-out-by-system" && isLimited(check),
    ),
    hint: ({ host, port, limit }) =>
      `${host} gave no answer on port ${port}, and this machine gave up before ${limit} (-to): the address may be wrong, the machine off, or a firewall drops the packets`,
  },
  {
    id: "connect-forbidden",
    stage: "connect",
    fault: "network",
    title: "the system does not permit the connection",
    applies: when("DialFailed", ({ reason }) => reason === "not-permitted"),
    hint: ({ host, port }) =>
      `this machine forbids connections to ${host} port ${port}: look at its firewall rules, security policy and routes`,
  },
  {
    id: "permission-missing",
    stage: "connect",
    fault: "program",
    title: "the program was started without the permission to use the network",
    applies: when("DialFailed", ({ reason }) => reason === "not-allowed"),
    hint: ({ host, port }) =>
      `the program may not connect to ${host} port ${port}: start it with --allow-net, or with that address in its list`,
  },
  {
    id: "descriptors-used-up",
    stage: "connect",
    fault: "program",
    title: "this machine has no free file descriptor",
    applies: when("DialFailed", ({ reason }) => reason === "no-descriptors"),
    hint: () =>
      "too many files and connections are open here: raise the limit (ulimit -n), or run fewer checks at once",
  },
  {
    id: "connect-failed",
    stage: "connect",
    fault: "network",
    title: "the system could not connect, for a reason of its own",
    applies: when("DialFailed", ({ reason }) => reason === "other"),
    hint: ({ host, port, systemText }) =>
      `this machine says "${systemText}" about ${host} port ${port}: check both, and its network settings`,
  },
  {
    id: "interrupted-connecting",
    stage: "connect",
    fault: "user",
    title: "ended by a signal before the connection was established",
    applies: when(
      "Interrupted",
      ({ stage }, { check }) => stage === "connect" && !isLimited(check),
    ),
    hint: ({ host, port }) =>
      `${host} had not yet answered on port ${port}; -to SECONDS sets a limit for that wait`,
  },
  {
    id: "interrupted-connecting-limited",
    stage: "connect",
    fault: "user",
    title: "ended by a signal before the connection was established and before the limit of -to",
    applies: when("Interrupted", ({ stage }, { check }) => stage === "connect" && isLimited(check)),
    hint: ({ host, port, limit, limitOption }) =>
      `${host} had not yet answered on port ${port}; ${limitOption} sets the limit for that wait (${limit} now)`,
  },
];

/** Whether connecting has a limit. */
function isLimited({ target }: Check): boolean {
  return target.connectTimeoutSeconds !== undefined;
}
