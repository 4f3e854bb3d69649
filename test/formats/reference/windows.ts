/** The slow and obvious reading of a pfirewall.log, to hold the fast one against. */
import { isIPv4, isIPv6 } from "node:net";
import { DateTime } from "luxon";
import { addressFromText, formatAddress } from "../../../ingest/address.ts";

export interface ReferenceRecord {
  time: string | null;
  action: string;
  verdict: "none" | "allow" | "deny";
  protocol: number;
  source: string | null;
  destination: string | null;
  sourcePort: number;
  destinationPort: number;
  bytes: number;
  flags: string | null;
  icmp: [type: number, code: number];
  direction: string;
  reason: string;
  initiator: boolean;
  outOfState: boolean;
  lost: number;
}

export interface ReferenceLine {
  status: "parsed" | "no-verdict" | "foreign" | "malformed" | "structure";
  record: ReferenceRecord | null;
}

const DEFAULT =
  "date time action protocol src-ip dst-ip src-port dst-port size tcpflags tcpsyn tcpack tcpwin icmptype icmpcode info path".split(
    " ",
  );
const NUMBERS: Record<string, number> = { TCP: 6, UDP: 17, ICMP: 1, ICMPV6: 58, GRE: 47, ESP: 50, IGMP: 2, SCTP: 132 };
const DIRECTIONS: Record<string, string> = { RECEIVE: "in", SEND: "out", FORWARD: "forward", UNKNOWN: "", "-": "" };

/** Reads the lines of one file; `zone` is the host's. */
export function referenceRead(lines: readonly string[], zone: string): ReferenceLine[] {
  let columns = DEFAULT;
  let clock = zone;
  let hasHeader = false;
  return lines.map((raw) => {
    const line = raw.replace(/^[\0 \r]*\ufeff?/, "").replace(/[\0 \r]*$/, "");
    if (line === "") return { status: "structure", record: null };
    const fields = /^#Fields:(.*)$/.exec(line);
    if (fields) {
      columns = (fields[1] as string).trim().toLowerCase().split(/\s+/);
      hasHeader = true;
    }
    if (line.startsWith("#Time Format:")) clock = line.endsWith("UTC") ? "UTC" : zone;
    if (line.startsWith("#")) return { status: "structure", record: null };
    return readRow(line, columns, clock, hasHeader);
  });
}

function readRow(line: string, columns: string[], zone: string, hasHeader: boolean): ReferenceLine {
  const values = line.split(/\s+/);
  const at = (name: string) => values[columns.indexOf(name)];
  const has = (name: string) => columns.includes(name);
  const none = (name: string) => at(name) === undefined || at(name) === "-";
  const fail: ReferenceLine = { status: hasHeader ? "malformed" : "foreign", record: null };
  const malformed: ReferenceLine = { status: "malformed", record: null };

  const action = at("action") ?? "";
  if (!/^(DROP|ALLOW|OPEN|OPEN-INBOUND|CLOSE|INFO-EVENTS-LOST)$/.test(action)) return fail;
  let time: string | null = null;
  if (has("date") && has("time")) {
    const text = `${at("date")} ${at("time")}`;
    if (!/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text)) return fail;
    const parsed = DateTime.fromFormat(text, "yyyy-MM-dd HH:mm:ss", { zone });
    if (!parsed.isValid || parsed.year < 1970) return fail;
    time = parsed.toUTC().toISO();
  }
  const own = DIRECTIONS[at("path") ?? "?"];
  // A word for the path counts wherever it ends the row.
  const path = own || DIRECTIONS[values.at(-1) ?? "?"] || own;
  if (has("path") ? path === undefined : values.length < columns.length) return malformed;

  const record: ReferenceRecord = {
    time,
    action,
    verdict: action === "DROP" ? "deny" : /^(ALLOW|OPEN)/.test(action) ? "allow" : "none",
    protocol: -1,
    source: null,
    destination: null,
    sourcePort: -1,
    destinationPort: -1,
    bytes: -1,
    flags: null,
    icmp: [-1, -1],
    direction: has("path") ? (path ?? "") : "",
    reason: "",
    initiator: false,
    outOfState: false,
    lost: 0,
  };
  const decimal = (name: string, max = Number.MAX_SAFE_INTEGER) => {
    if (none(name)) return -1;
    const text = at(name) as string;
    return /^\d+$/.test(text) && Number(text) <= max ? Number(text) : Number.NaN;
  };
  if (action === "INFO-EVENTS-LOST") {
    record.lost = decimal("info");
    return record.lost >= 0 ? { status: "no-verdict", record } : malformed;
  }
  const [source, destination] = [canonical(at("src-ip")), canonical(at("dst-ip"))];
  if (source === null || destination === null || source.includes(":") !== destination.includes(":")) return malformed;
  record.source = source;
  record.destination = destination;
  if (!none("protocol")) {
    const word = at("protocol") as string;
    record.protocol = /^\d+$/.test(word) ? Number(word) : (NUMBERS[word.toUpperCase()] ?? -1);
    if (record.protocol < 0 || record.protocol > 255) return malformed;
    if (record.protocol === 1 && source.includes(":")) record.protocol = 58;
  }
  record.bytes = decimal("size") || -1;
  if (Number.isNaN(decimal("size"))) return malformed;
  if (record.protocol === 1 || record.protocol === 58) {
    record.icmp = [decimal("icmptype", 255), decimal("icmpcode", 255)];
    if (record.icmp.some(Number.isNaN)) return malformed;
  }
  if ([6, 17, 132, 136, -1].includes(record.protocol)) {
    record.sourcePort = decimal("src-port", 65535);
    record.destinationPort = decimal("dst-port", 65535);
    if (Number.isNaN(record.sourcePort + record.destinationPort)) return malformed;
  }
  if (record.protocol === 6 && !none("tcpflags") && at("tcpflags") !== "0") {
    const letters = at("tcpflags") as string;
    if (!/^[FSRPAUECW]+$/.test(letters)) return malformed;
    record.flags = [..."FSRPAUEC"].filter((letter) => letters.replace("W", "C").includes(letter)).join("");
    record.outOfState = record.verdict === "deny" && record.flags.replace(/[EC]/g, "") !== "S";
  }
  if (!none("info") && DIRECTIONS[at("info") as string] === undefined) record.reason = at("info") as string;
  if (action === "OPEN") record.direction = "out";
  if (action === "OPEN-INBOUND") record.direction = "in";
  const isWayBack = record.sourcePort >= 0 && record.sourcePort < 32768 && record.destinationPort >= 49152;
  record.initiator = record.verdict === "allow" && !isWayBack;
  return { status: record.verdict === "none" ? "no-verdict" : "parsed", record };
}

/** The address as our formatter writes it; the family check is Node's own. */
function canonical(text: string | undefined): string | null {
  const bare = (text ?? "").replace(/%.*$/, "");
  if (!isIPv4(bare) && !isIPv6(bare)) return null;
  const words = addressFromText(bare);
  return words && formatAddress(words);
}
