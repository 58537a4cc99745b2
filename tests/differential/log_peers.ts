/** The peers of the recorded log cases: what they sent when the cases were recorded, played again. */

import recorded from "../golden/log-events.json" with { type: "json" };
import type { PeerConnection } from "../support/peer_connection.ts";
import { closedPort } from "../support/ports.ts";
import { startPeer } from "../support/scripted_peer.ts";
import { fromHex } from "../support/script.ts";
import type { CasePeer } from "./log_case.ts";

/** A peer that runs; `await using` stops it. */
export interface LogPeer extends AsyncDisposable {
  /** Where it listens, or where nothing does. */
  readonly port: string;
}

/** How long a step of a program is waited for. */
const PATIENCE_MS = 60_000;

const REJECTION = "03000000000400010101";
const RELEASE_RP = "06000000000400000000";

/** A C-ECHO response as storescp sends it; the message ID is put in. */
const RESPONSE = "0400000000540000005001030000000004000000420000000000020012000000" +
  "312e322e3834302e31303030382e312e31000000000102000000308000002001020000000100000000080200000001" +
  "0100000009020000000000";
/** Where both request and response have the message ID, in the P-DATA-TF. */
const MESSAGE_ID = 68;

/** Starts the peer of a case. */
export async function startLogPeer(peer: CasePeer): Promise<LogPeer> {
  const running = peer === "closed"
    ? await closedPort()
    : await startPeer(peer === "accepting" ? accept : reject);
  return {
    port: String(running.port),
    [Symbol.asyncDispose]: () => running[Symbol.asyncDispose](),
  };
}

async function reject(connection: PeerConnection): Promise<undefined> {
  await connection.readPdu(PATIENCE_MS);
  await connection.write(fromHex(REJECTION));
  await connection.drain(PATIENCE_MS);
  return undefined;
}

async function accept(connection: PeerConnection): Promise<undefined> {
  for (;;) {
    const got = await connection.readPdu(PATIENCE_MS);
    switch (got?.pdu) {
      case "A-ASSOCIATE-RQ":
        await connection.write(recordedAnswer());
        break;
      case "P-DATA-TF":
        await connection.write(response(got.bytes));
        break;
      case "A-RELEASE-RQ":
        await connection.write(fromHex(RELEASE_RP));
        break;
      default:
        return undefined;
    }
  }
}

/** The A-ASSOCIATE-AC, as the recording dumps it. */
function recordedAnswer(): Uint8Array {
  const rows = recorded.accepting as unknown as readonly (readonly string[])[];
  const dump = rows.map((row) => row[5] ?? "").find((text) => text.startsWith("PDU Type: "));
  return fromHex((dump ?? "").split("\n").slice(1).join("").replaceAll(" ", ""));
}

function response(request: Uint8Array): Uint8Array {
  const bytes = fromHex(RESPONSE);
  bytes.set(request.subarray(MESSAGE_ID, MESSAGE_ID + 2), MESSAGE_ID);
  return bytes;
}
