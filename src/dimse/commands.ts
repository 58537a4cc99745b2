/** What the reference asks of one kind of command. */
export interface CommandRow {
  /** Its name in the reference's words. */
  readonly name: string;
  /** Elements of group 0000 that must be there, in the order in which they are looked for. */
  readonly mandatory: readonly number[];
  /** Elements of group 0000 that may be there; all others are left over. */
  readonly optional: readonly number[];
  /** Whether its data set type must announce a data set, must not, or may do either. */
  readonly dataSet: "present" | "absent" | "either";
}

/** Data set type (0000,0800) of a message without a data set; any other value announces one (PS3.7 E.1). */
export const NO_DATA_SET = 0x0101;

/** Command fields of the messages we send and understand (PS3.7 E.1). */
export const COMMAND_FIELDS = { "C-ECHO-RQ": 0x0030, "C-ECHO-RSP": 0x8030 } as const;

/**
 * All commands of PS3.7 E.1 by command field, with what the reference 3.6.7 asks of each when it waits for a
 * C-ECHO-RSP: found by sending it each command with one element more at a time.
 */
export const COMMANDS: Readonly<Record<number, CommandRow>> = {
  0x0001: {
    name: "C-Store RQ",
    mandatory: [0x0110, 0x0800, 0x0002, 0x1000, 0x0700],
    optional: [0x1030, 0x1031],
    dataSet: "present",
  },
  0x8001: {
    name: "C-Store RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000],
    dataSet: "absent",
  },
  0x0010: {
    name: "C-Get RQ",
    mandatory: [0x0110, 0x0800, 0x0002, 0x0700],
    optional: [],
    dataSet: "present",
  },
  0x8010: {
    name: "C-Get RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1020, 0x1021, 0x1022, 0x1023],
    dataSet: "either",
  },
  0x0020: {
    name: "C-Find RQ",
    mandatory: [0x0110, 0x0800, 0x0002, 0x0700],
    optional: [],
    dataSet: "present",
  },
  0x8020: {
    name: "C-Find RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002],
    dataSet: "either",
  },
  0x0021: {
    name: "C-Move RQ",
    mandatory: [0x0110, 0x0800, 0x0002, 0x0700, 0x0600],
    optional: [],
    dataSet: "present",
  },
  0x8021: {
    name: "C-Move RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1020, 0x1021, 0x1022, 0x1023],
    dataSet: "either",
  },
  0x0030: {
    name: "C-Echo RQ",
    mandatory: [0x0110, 0x0800, 0x0002],
    optional: [],
    dataSet: "absent",
  },
  0x8030: {
    name: "C-Echo RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002],
    dataSet: "absent",
  },
  0x0fff: { name: "C-Cancel RQ", mandatory: [0x0120, 0x0800], optional: [], dataSet: "absent" },
  0x0100: {
    name: "N-EventReport RQ",
    mandatory: [0x0110, 0x0800, 0x0002, 0x1000, 0x1002],
    optional: [],
    dataSet: "either",
  },
  0x8100: {
    name: "N-EventReport RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000, 0x1002],
    dataSet: "either",
  },
  0x0110: {
    name: "N-Get RQ",
    mandatory: [0x0110, 0x0800, 0x0003, 0x1001],
    optional: [0x1005],
    dataSet: "either",
  },
  0x8110: {
    name: "N-Get RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000],
    dataSet: "either",
  },
  0x0120: {
    name: "N-Set RQ",
    mandatory: [0x0110, 0x0800, 0x0003, 0x1001],
    optional: [],
    dataSet: "either",
  },
  0x8120: {
    name: "N-Set RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000],
    dataSet: "either",
  },
  0x0130: {
    name: "N-Action RQ",
    mandatory: [0x0110, 0x0800, 0x0003, 0x1001, 0x1008],
    optional: [],
    dataSet: "either",
  },
  0x8130: {
    name: "N-Action RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000, 0x1008],
    dataSet: "either",
  },
  0x0140: {
    name: "N-Create RQ",
    mandatory: [0x0110, 0x0800, 0x0002],
    optional: [0x1000],
    dataSet: "either",
  },
  0x8140: {
    name: "N-Create RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000],
    dataSet: "either",
  },
  0x0150: {
    name: "N-Delete RQ",
    mandatory: [0x0110, 0x0800, 0x0003, 0x1001],
    optional: [],
    dataSet: "either",
  },
  0x8150: {
    name: "N-Delete RSP",
    mandatory: [0x0120, 0x0800, 0x0900],
    optional: [0x0002, 0x1000],
    dataSet: "either",
  },
};
