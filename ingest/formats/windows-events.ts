/**
 * Windows filtering platform events of the Security log (Vista, Server 2008 and later), exported as XML (wevtutil, Event
 * Viewer), JSON (of collectors and evtx converters, pretty-printed or not), CSV (Event Viewer, PowerShell), text
 * (wevtutil, Splunk, `Format-List`), syslog (Snare, Eventlog to Syslog, OSSEC, WinCollect) or CEF (ArcSight).
 * https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-filtering-platform-connection
 *
 *   <Event><System><EventID>5157</EventID><TimeCreated SystemTime='2026-07-03T17:10:30.1234567Z'/>...</System><EventData>
 *   <Data Name='Direction'>%%14592</Data><Data Name='SourceAddress'>198.51.100.9</Data>...<Data Name='LayerRTID'>44</Data>...
 *
 * Gaps: PowerShell's Export-Clixml is FOREIGN. No TCP flags, no sizes. One attempt can give 5152 (the packet) and 5157 (the
 * connection), with nothing in either that ties them: both count. 5156 comes once a side for loopback.
 */
import { ascii, findBytes } from "../bytes.ts";
import { DeviceClock } from "../clocks/device-clock.ts";
import { type LogFormat, NO_VERDICT, PARSED, STRUCTURE } from "../format.ts";
import { LogRecord } from "../record.ts";
import { eventEnd } from "../windows/event-boundary.ts";
import { EventReader } from "../windows/event-reader.ts";
import { flatEventAt } from "../windows/flat-event.ts";

const IDS_BEGIN = ascii("515");

/** What a Security log without a single event of ours in its first bytes is worth: they may follow. */
const OTHER_EVENT_SHARE = 0.05;

/** The share of the head's records that are events of ours, other events of the same log counting a little. */
function sniff(head: Uint8Array): number {
  const reader = new EventReader(new DeviceClock("UTC", 0));
  const record = new LogRecord();
  let records = 0;
  let ours = 0;
  for (let start = 0; start < head.length; ) {
    const next = eventEnd(head, start, head.length);
    const end = next < 0 ? head.length : next;
    const status = reader.read(head, start, end, record);
    const isOurs = status === PARSED || status === NO_VERDICT;
    // The last record may go on behind the head: it counts only if it is ours all the same.
    if (status !== STRUCTURE && (isOurs || next >= 0 || start === 0)) {
      records++;
      if (isOurs) ours++;
      else if (reader.isEvent) ours += OTHER_EVENT_SHARE;
    }
    start = end;
  }
  return records === 0 ? 0 : ours / records;
}

export const windowsEvents: LogFormat = {
  id: "windows-events",
  platform: "windows",
  title: "Windows Security log, filtering platform events 5152 to 5159",
  reference:
    "https://learn.microsoft.com/en-us/previous-versions/windows/it-pro/windows-10/security/threat-protection/auditing/audit-filtering-platform-connection",
  samples: [
    "<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='Microsoft-Windows-Security-Auditing'/><EventID>5157</EventID><TimeCreated SystemTime='2026-07-03T17:10:30.1234567Z'/><Channel>Security</Channel><Computer>PBX01.example.com</Computer></System><EventData><Data Name='ProcessID'>4</Data><Data Name='Application'>\\device\\harddiskvolume2\\pbx\\server.exe</Data><Data Name='Direction'>%%14592</Data><Data Name='SourceAddress'>198.51.100.9</Data><Data Name='SourcePort'>40001</Data><Data Name='DestAddress'>192.168.10.5</Data><Data Name='DestPort'>5061</Data><Data Name='Protocol'>6</Data><Data Name='FilterRTID'>70001</Data><Data Name='LayerName'>%%14610</Data><Data Name='LayerRTID'>44</Data></EventData></Event>",
    '{"@timestamp":"2026-07-03T17:10:31.250Z","winlog":{"channel":"Security","computer_name":"PBX01.example.com","event_id":"5156","event_data":{"Application":"\\\\device\\\\harddiskvolume2\\\\pbx\\\\server.exe","Direction":"%%14593","SourceAddress":"192.168.10.5","SourcePort":"50001","DestAddress":"203.0.113.7","DestPort":"5060","Protocol":"17","FilterRTID":"70002","LayerRTID":"48"}}}',
    '{"EventTime":"2026-07-03 19:10:32","Hostname":"PBX01.example.com","EventID":5152,"Channel":"Security","Application":"-","Direction":"%%14592","SourceAddress":"198.51.100.9","SourcePort":"40002","DestAddress":"192.168.10.5","DestPort":"5060","Protocol":"17","FilterRTID":"70003","LayerRTID":"13"}',
    "Keywords,Date and Time,Source,Event ID,Task Category",
    'Audit Success,7/3/2026 7:10:33 PM,Microsoft-Windows-Security-Auditing,5156,Filtering Platform Connection,"The Windows Filtering Platform has permitted a connection.\n\nApplication Information:\n\tProcess ID:\t\t4\n\tApplication Name:\tSystem\n\nNetwork Information:\n\tDirection:\t\tInbound\n\tSource Address:\t\t192.168.10.20\n\tSource Port:\t\t50100\n\tDestination Address:\t192.168.10.5\n\tDestination Port:\t\t445\n\tProtocol:\t\t6\n\nFilter Information:\n\tFilter Run-Time ID:\t70004\n\tLayer Name:\t\tReceive/Accept\n\tLayer Run-Time ID:\t44"',
  ],
  unit: "sessions",
  shows: [
    "Every connection that was allowed (5156) or blocked (5157) with the program that it was for, and every dropped packet (5152, 5153).",
    "Which side opened it, the host, the filter's run-time id and, on newer builds, the filter's origin.",
    "Programs that listen on or bind a port (5154, 5158), or were kept from it (5155, 5159): read, but no verdict on traffic.",
  ],
  hides: [
    "TCP flags, sizes and packet counts, and how long a connection lived.",
    "Whether a dropped packet (5152) and a blocked connection (5157) were one attempt: with both subcategories on it counts twice.",
    "Which firewall rule it was: the run-time id is valid only until the filters are rebuilt.",
    "For older systems, by a field of its own, which address of an inbound connection is the local one: ports and addresses tell.",
  ],
  enable: [
    'Allowed traffic: `auditpol /set /subcategory:"{0CCE9226-69AE-11D9-BED3-505054503030}" /success:enable` (Filtering Platform Connection).',
    "Denied traffic: the same subcategory with `/failure:enable`.",
    'Default deny and single packets: `auditpol /set /subcategory:"{0CCE9225-69AE-11D9-BED3-505054503030}" /failure:enable` (Filtering Platform Packet Drop).',
    'Export: `wevtutil qe Security /q:"*[System[EventID>=5152 and EventID<=5159]]" /f:xml /e:Events > events.xml`.',
    "Other exports are read alike: `wevtutil /f:text`, `Get-WinEvent` with `Export-Csv` or `Format-List`, Event Viewer's CSV and XML, Winlogbeat, NXLog, Wazuh, Splunk, Snare, Eventlog to Syslog, WinCollect, ArcSight, OpenTelemetry, Fluent Bit, Microsoft Sentinel, EvtxECmd.",
  ],
  sniff,
  // The ids begin so; texts that name none have a sentence.
  mayBe: (bytes, start, end) => findBytes(bytes, IDS_BEGIN, start, end) >= 0 || flatEventAt(bytes, start, end) >= 0,
  recordEnd: eventEnd,
  open: ({ clock }) => {
    const reader = new EventReader(clock);
    return (bytes, start, end, into) => reader.read(bytes, start, end, into);
  },
};
