/**
 * A row of Microsoft Sentinel's table CommonSecurityLog, put together again as the CEF line behind a syslog
 * header that it was made from. An export holds some thousand rows, so texts are welcome here.
 * https://learn.microsoft.com/azure/sentinel/cef-name-mapping
 *
 *   {"TimeGenerated":"2026-07-03T17:10:30Z","Computer":"fw","DeviceVendor":"Fortinet","DeviceProduct":"Fortigate",...,
 *    "SourceIP":"192.0.2.9","DeviceAction":"deny","AdditionalExtensions":"FTNTFGTpolicyid=0;FTNTFGTtz=+0200"}
 */
const HEADER = "DeviceVendor DeviceProduct DeviceVersion DeviceEventClassID Activity LogSeverity".split(" ");

/** Keys of CEF and the columns that hold them. */
const COLUMNS = new Map([
  ["act", "DeviceAction"],
  ["app", "ApplicationProtocol"],
  ["cat", "DeviceEventCategory"],
  ["cn1", "DeviceCustomNumber1"],
  ["cn1Label", "DeviceCustomNumber1Label"],
  ["cn2", "DeviceCustomNumber2"],
  ["cn2Label", "DeviceCustomNumber2Label"],
  ["cn3", "DeviceCustomNumber3"],
  ["cn3Label", "DeviceCustomNumber3Label"],
  ["cnt", "EventCount"],
  ["cs5", "DeviceCustomString5"],
  ["cs5Label", "DeviceCustomString5Label"],
  ["destinationTranslatedAddress", "DestinationTranslatedAddress"],
  ["destinationTranslatedPort", "DestinationTranslatedPort"],
  ["deviceExternalId", "DeviceExternalID"],
  ["deviceInboundInterface", "DeviceInboundInterface"],
  ["deviceOutboundInterface", "DeviceOutboundInterface"],
  ["dhost", "DestinationHostName"],
  ["dpt", "DestinationPort"],
  ["dst", "DestinationIP"],
  ["dvchost", "DeviceName"],
  ["externalId", "ExtID"],
  ["in", "ReceivedBytes"],
  ["msg", "Message"],
  ["out", "SentBytes"],
  ["outcome", "EventOutcome"],
  ["proto", "Protocol"],
  ["reason", "Reason"],
  ["sourceTranslatedAddress", "SourceTranslatedAddress"],
  ["sourceTranslatedPort", "SourceTranslatedPort"],
  ["spt", "SourcePort"],
  ["src", "SourceIP"],
]);

/** Would be another line. */
const CONTROLS = /\p{Cc}+/gu;

const encoder = new TextEncoder();

/** Whether a table with these columns is CommonSecurityLog. */
export function isCommonSecurity(names: readonly string[]): boolean {
  return HEADER.slice(0, 2).every((name) => names.includes(name));
}

/** The line, from the text in each column; empty where there is none. `timeMs`: when the row was made, or NaN. */
export function commonSecurityLine(textIn: (column: string) => string, timeMs: number): Uint8Array {
  const header = HEADER.map((column) => textIn(column).replace(/[\\|]/g, "\\$&"));
  const pairs = [...COLUMNS]
    .map(([key, column]) => [key, textIn(column)] as const)
    .filter(([, value]) => value !== "")
    .map(([key, value]) => `${key}=${value.replace(/[\\=]/g, "\\$&")}`);
  const others = textIn("AdditionalExtensions").replaceAll(";", " ");
  const envelope = [Number.isNaN(timeMs) ? "" : new Date(timeMs).toISOString(), textIn("Computer").replace(/\s+/g, "")];
  const lead = envelope.filter((part) => part !== "").join(" ");
  const line = `${lead}${lead === "" ? "" : " "}CEF:0|${header.join("|")}|${pairs.join(" ")} ${others}`;
  return encoder.encode(line.replace(CONTROLS, " "));
}
