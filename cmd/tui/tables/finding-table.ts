/** Findings of one class as rows. */
import { phrases } from "../../../reports/phrases.ts";
import { severityLook } from "../../../reports/text/style.ts";
import { number, portsText } from "../../../reports/words.ts";
import { type FindingResult, SEVERITIES } from "../../../rules/result.ts";
import { coded, type Notes, type TableSpec } from "./table.ts";

/** A finding is its id, everywhere. */
export const findingTable: TableSpec<FindingResult> = {
  columns: [
    {
      id: "severity",
      width: 10,
      cell: ({ severity }) => {
        const { symbol, tone } = severityLook[severity];
        return { text: `${symbol} ${phrases.text.severity[severity]}`, tone };
      },
      sort: ({ severity }) => SEVERITIES.indexOf(severity),
    },
    {
      id: "title",
      width: "rest",
      cell: ({ id, title }, { waived }) => ({ text: waived.has(id) ? phrases.triage.waivedTitle(title) : title }),
      sort: ({ title }) => title,
    },
    {
      id: "zone",
      width: 8,
      from: 116,
      cell: ({ peerZone }) => ({ text: phrases.triage.zones[peerZone] }),
      sort: ({ peerZone }) => peerZone,
    },
    {
      id: "ports",
      width: 16,
      from: 134,
      cell: ({ transport, ports }) => ({ text: `${transport} ${portsText(ports)}` }),
      sort: ({ ports }) => ports[0]?.[0] ?? -1,
    },
    { id: "host", width: 15, from: 100, cell: ({ host }) => ({ text: host }), sort: ({ host }) => host },
    {
      id: "peers",
      width: 6,
      align: "right",
      from: 90,
      cell: ({ peerCount }) => ({ text: number(peerCount) }),
      sort: ({ peerCount }) => -peerCount,
    },
    {
      id: "count",
      width: 9,
      align: "right",
      cell: ({ packets }) => ({ text: number(packets) }),
      sort: ({ packets }) => -packets,
    },
    {
      id: "last",
      width: 12,
      from: 104,
      cell: ({ lastSeen }) => ({ text: shortTime(lastSeen) }),
      sort: ({ lastSeen }) => -(lastSeen === null ? 0 : Date.parse(lastSeen)),
    },
    {
      id: "confidence",
      width: 6,
      from: 139,
      cell: ({ confidence }) => ({ text: phrases.confidence[confidence] }),
      sort: ({ confidence }) => ["high", "medium", "low"].indexOf(confidence),
    },
  ],
  keyOf: ({ id }) => id,
  subject: (finding) => ({ kind: "finding", finding }),
  words: (finding) =>
    [
      finding.severity,
      phrases.text.severity[finding.severity],
      finding.title,
      finding.id,
      finding.host,
      ...finding.peers,
      ...finding.rules,
      ...finding.firewalls,
    ]
      .concat(finding.transport, portsText(finding.ports))
      .join("\n"),
  fields: {
    severity: coded(
      ({ severity }) => severity,
      (severity) => phrases.text.severity[severity],
    ),
    title: ({ title }) => title,
    id: ({ id }) => id,
    host: ({ host }) => host,
    port: ({ ports }) => ({ ranges: ports }),
    transport: ({ transport }) => transport,
    direction: ({ direction }) => direction,
    zone: coded(
      ({ peerZone }) => peerZone,
      (zone) => phrases.triage.zones[zone],
    ),
    peer: ({ peers }) => peers,
    rule: ({ rules }) => rules,
    firewall: ({ firewalls }) => firewalls,
    catalog: ({ catalog }) => catalog ?? "",
    requirement: ({ requirement }) => requirement ?? "",
    policy: ({ policy }) => policy ?? "",
    check: ({ check }) => check ?? "",
    confidence: coded(
      ({ confidence }) => confidence,
      (confidence) => phrases.confidence[confidence],
    ),
    baseline: ({ baseline }) => baseline ?? "",
    new: ({ id }, { fresh }) => (fresh.has(id) ? "yes" : "no"),
    waived: ({ id }, { waived }) => (waived.has(id) ? "yes" : "no"),
  },
  isQuiet: ({ id }, notes) => notes.waived.has(id),
};

/** High or critical, and accepted by nobody: what `e` goes to next. */
export function isUrgent({ id, severity }: FindingResult, { waived }: Notes): boolean {
  return (severity === "critical" || severity === "high") && !waived.has(id);
}

/** `10-07 14:22` */
export function shortTime(iso: string | null): string {
  return iso === null ? "" : phrases.triage.shortTime(iso.slice(5, 7), iso.slice(8, 10), iso.slice(11, 16));
}
