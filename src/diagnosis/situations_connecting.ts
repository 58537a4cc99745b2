/** Situations before a connection is established. */

import type { Check } from "../check/mod.ts";
import type { DialReason } from "../transport/types.ts";
import { clause, ours, say, word } from "./sentence.ts";
import type { Case, Facts, Guard, Situation } from "./types.ts";
import { AtStage, type Named, when } from "./when.ts";
import { CUT_LIMIT, CUT_LIMIT_OPTION, HOST, PORT, secondsOf, WAITED } from "./words.ts";

const resolve = new AtStage("resolve");
const connect = new AtStage("connect");

const CONNECT_LIMIT = word(
  "LIMIT",
  ({ check }: Facts) => secondsOf(check.target.connectTimeoutSeconds),
);
const FAMILY = word(
  "FAMILY",
  ({ check }: Facts) => check.target.family === "ipv4" ? "IPv4" : "IPv6",
);
const FAMILY_OPTION = ours(
  "FAMILYOPTION",
  ({ check }: Facts) => check.target.family === "ipv4" ? "-i4" : "-i6",
);
const SYSTEM_TEXT = word(
  "SYSTEMTEXT",
  ({ failure }: Case<Named<"DialFailed">>) => failure.details.systemText,
);

/** What is wrong with the source address, in our own words. */
const SOURCE_TEXT = clause(
  "SOURCETEXT",
  ({ failure }: Case<Named<"DialFailed">>) => failure.details.systemText,
);

function dialed(
  reason: DialReason,
  test: (facts: Facts) => boolean = () => true,
): Guard<Named<"DialFailed">> {
  return when("DialFailed", (failure, facts) => failure.reason === reason && test(facts));
}

/** An IPv6 address of the link alone (RFC 4291 2.5.6), without the zone that says which link (RFC 4007 11). */
function lacksZone({ check: { target: { host } } }: Facts): boolean {
  return /^\[?fe[89ab][0-9a-f]:/i.test(host) && !host.includes("%");
}

/** In the order of their stages. */
export const CONNECTING: readonly Situation[] = [
  resolve.byUser(when("InvalidParameter", ({ parameter }) => parameter === "peer"), {
    id: "peer-empty",
    title: "the peer was given as an empty word",
    hint: say`name the peer by its host name or IP address, before the port`,
  }),
  resolve.byNetwork(dialed("unknown-host", ({ check }) => check.target.family === "any"), {
    id: "name-unknown",
    title: "the name service knows no address of the peer",
    hint:
      say`no address is known for ${HOST}: check its spelling and domain, or give the peer's IP address`,
  }),
  resolve.byNetwork(dialed("unknown-host", ({ check }) => check.target.family !== "any"), {
    id: "name-without-family",
    title: "the name service knows no address of the family that was asked for",
    hint:
      say`no ${FAMILY} address is known for ${HOST}: leave out ${FAMILY_OPTION}, or check the name`,
  }),
  resolve.byNetwork(dialed("lookup-failed"), {
    id: "name-service-silent",
    title: "the name service did not answer",
    hint:
      say`the name service of this machine gave no answer for ${HOST}: give the peer's IP address, or have the name service checked`,
  }),
  resolve.byUser(dialed("invalid-host"), {
    id: "name-invalid",
    title: "the peer's name cannot be a host name",
    hint: say`${HOST} is not a host name: give a name, an IPv4 address or an IPv6 address`,
  }),
  connect.byUser(dialed("source-address"), {
    id: "source-address-unusable",
    title: "the source address that was asked for cannot be used",
    hint:
      say`${SOURCE_TEXT}; --source-address takes an address of this machine, of the same family as the peer's`,
  }),
  connect.byNetwork(dialed("refused"), {
    id: "port-refused",
    title: "the peer's machine answers, but nothing listens on the port",
    hint:
      say`${HOST} answers, but nothing listens on port ${PORT}: check the port (104 and 11112 are usual) and that the peer's DICOM service runs`,
  }),
  connect.byNetwork(dialed("reset"), {
    id: "connection-broken-off",
    title: "the connection was reset while it was being made",
    hint:
      say`the connection to ${HOST} port ${PORT} was broken off at once: a load balancer or container port whose server does not run, a firewall, or a filter for addresses does that`,
  }),
  connect.byNetwork(dialed("host-unreachable"), {
    id: "host-unreachable",
    title: "no way leads to the peer's machine",
    hint:
      say`${HOST} cannot be reached: it may be off, have another address, or be shut off by a router or firewall; try ping from this machine`,
  }),
  connect.byNetwork(dialed("host-unreachable-macos"), {
    id: "host-unreachable-macos",
    title:
      "no way leads to the peer's machine, or macOS keeps the program out of the local network",
    hint:
      say`${HOST} cannot be reached: it may be off or have another address; if it is in the local network, macOS may keep programs out of that: System Settings, Privacy & Security, Local Network`,
  }),
  connect.byNetwork(dialed("network-unreachable"), {
    id: "network-unreachable",
    title: "this machine has no route to the peer's network",
    hint:
      say`this machine has no route to ${HOST}: check its cable, VPN and gateway, and whether it has IPv6 if that is an IPv6 address`,
  }),
  connect.byNetwork(dialed("timed-out"), {
    id: "connect-timeout",
    title: "no answer to the connection request within the limit of -to",
    hint:
      say`${HOST} gave no answer on port ${PORT} within ${CONNECT_LIMIT} (-to): the address may be wrong, the machine off, or a firewall drops the packets`,
  }),
  connect.byNetwork(connect.when("TimedOut"), {
    id: "connect-deadline",
    title: "no answer to the connection request within the limit of the whole check",
    hint:
      say`${HOST} gave no answer on port ${PORT} within ${WAITED}: the address may be wrong, the machine off, or a firewall drops the packets`,
  }),
  connect.byNetwork(dialed("timed-out-by-system", ({ check }) => !isLimited(check)), {
    id: "connect-timeout-system",
    title: "no answer to the connection request for as long as the system waits",
    hint:
      say`${HOST} gave no answer on port ${PORT}: the address may be wrong, the machine off, or a firewall drops the packets; -to SECONDS ends the wait sooner`,
  }),
  connect.byNetwork(dialed("timed-out-by-system", ({ check }) => isLimited(check)), {
    id: "connect-timeout-system-first",
    title: "no answer to the connection request, and the system gave up before the limit of -to",
    hint:
      say`${HOST} gave no answer on port ${PORT}, and this machine gave up before ${CONNECT_LIMIT} (-to): the address may be wrong, the machine off, or a firewall drops the packets`,
  }),
  connect.byNetwork(dialed("not-permitted"), {
    id: "connect-forbidden",
    title: "the system does not permit the connection",
    hint:
      say`this machine forbids connections to ${HOST} port ${PORT}: look at its firewall rules, security policy and routes`,
  }),
  connect.byProgram(dialed("not-allowed"), {
    id: "permission-missing",
    title: "the program was started without the permission to use the network",
    hint:
      say`the program may not connect to ${HOST} port ${PORT}: start it with --allow-net, or with that address in its list`,
  }),
  connect.byProgram(dialed("no-descriptors"), {
    id: "descriptors-used-up",
    title: "this machine has no free file descriptor",
    hint:
      say`too many files and connections are open here: raise the limit (ulimit -n), or run fewer checks at once`,
  }),
  connect.byNetwork(dialed("other", lacksZone), {
    id: "zone-missing",
    title: "an IPv6 address of one link does not say which link",
    hint:
      say`${HOST} is an address on one link only: add the interface that leads there, as in fe80::1%eth0 (on Windows its number)`,
  }),
  connect.byNetwork(dialed("other", (facts) => !lacksZone(facts)), {
    id: "connect-failed",
    title: "the system could not connect, for a reason of its own",
    hint:
      say`this machine says "${SYSTEM_TEXT}" about ${HOST} port ${PORT}: check both, and its network settings`,
  }),
  connect.byUser(connect.when("Interrupted", (_, { check }) => !isLimited(check)), {
    id: "interrupted-connecting",
    title: "ended by a signal before the connection was established",
    hint: say`${HOST} had not yet answered on port ${PORT}; -to SECONDS sets a limit for that wait`,
  }),
  connect.byUser(connect.when("Interrupted", (_, { check }) => isLimited(check)), {
    id: "interrupted-connecting-limited",
    title: "ended by a signal before the connection was established and before the limit of -to",
    hint:
      say`${HOST} had not yet answered on port ${PORT}; ${CUT_LIMIT_OPTION} sets the limit for that wait (${CUT_LIMIT} now)`,
  }),
];

/** Whether connecting has a limit. */
function isLimited({ target }: Check): boolean {
  return target.connectTimeoutSeconds !== undefined;
}
