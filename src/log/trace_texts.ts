/** The reference's names for events and actions of the upper layer state machine (PS3.8 Tables 9-6 to 9-10). */

import type { ActionName, EventName } from "../association/mod.ts";

/** Events. */
export const EVENT_TEXTS: Readonly<Record<EventName, string>> = {
  Evt1: "A-ASSOCIATE request (local user)",
  Evt2: "Transport conn confirmation (local)",
  Evt3: "A-ASSOCIATE-AC PDU (on transport)",
  Evt4: "A-ASSOCIATE-RJ PDU (on transport)",
  Evt5: "Transport connection indication",
  Evt6: "A-ASSOCIATE-RQ PDU (on transport)",
  Evt7: "A-ASSOCIATE resp prim (accept)",
  Evt8: "A-ASSOCIATE resp prim (reject)",
  Evt9: "P-DATA request primitive",
  Evt10: "P-DATA-TF PDU (on transport)",
  Evt11: "A-RELEASE request primitive",
  Evt12: "A-RELEASE-RQ PDU (on transport)",
  Evt13: "A-RELEASE-RP PDU (on transport)",
  Evt14: "A-RELEASE response primitive",
  Evt15: "A-ABORT request primitive",
  Evt16: "A-ABORT PDU (on transport)",
  Evt17: "Transport connection closed",
  Evt18: "ARTIM timer expired (rej/rel)",
  Evt19: "Unrecognized/invalid PDU",
};

/** Actions, after their names. */
export const ACTION_TEXTS: Readonly<Record<ActionName, string>> = {
  "AE-1": "Transport Connect",
  "AE-2": "Send Associate RQ PDU",
  "AE-3": "Associate Confirmation Accept",
  "AE-4": "Associate Confirmation Reject",
  "AE-5": "Transport Connect Response",
  "AE-6": "Examine Associate Request",
  "AE-7": "Send Associate AC",
  "AE-8": "Send Associate RJ",
  "DT-1": "Send P DATA PDU",
  "DT-2": "Indicate P DATA PDU Received",
  "AR-1": "Send Release RQ",
  "AR-2": "Indicate Release",
  "AR-3": "Confirm Release",
  "AR-4": "Send Release RP",
  "AR-5": "Stop ARTIM timer",
  "AR-6": "Indicate P DATA PDU",
  "AR-7": "Send P DATA PDU",
  "AR-8": "Indicate A RELEASE",
  "AR-9": "Send A RELEASE RP",
  "AR-10": "Confirm Release",
  "AA-1": "Send A ABORT PDU",
  "AA-2": "Close Transport",
  "AA-3": "Indicate Peer Aborted",
  "AA-4": "Indicate AP Abort",
  "AA-5": "Stop ARTIM timer",
  "AA-6": "Ignore PDU",
  "AA-7": "State 13 Send Abort",
  "AA-8": "Unrecognized PDU Send Abort",
};
