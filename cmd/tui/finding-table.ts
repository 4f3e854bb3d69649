/** Findings of one class as rows. */
import { severityLook } from "../../reports/text-style.ts";
import { number, portsText } from "../../reports/words.ts";
import { type FindingResult, SEVERITIES } from "../../rules/result.ts";
import type { Notes, TableSpec } from "./table.ts";

/** A finding is its id, everywhere. */
export const findingTable: TableSpec<FindingResult> = {
  columns: [
    {
      id: "severity",
      title: "severity",
      width: 10,
      cell: ({ severity }) => {
        const { symbol, tone } = severityLook[severity];
        return { text: `${symbol} ${severity}`, tone };
      },
      sort: ({ severity }) => SEVERITIES.indexOf(severity),
    },
    {
      id: "title",
      title: "finding",
      width: "rest",
      cell: ({ id, title }, { waived }) => ({ text: waived.has(id) ? `waived: ${title}` : title }),
      sort: ({ title }) => title,
    },
    {
      id: "zone",
      title: "zone",
      width: 8,
      from: 116,
      cell: ({ peerZone }) => ({ text: peerZone }),
      sort: ({ peerZone }) => peerZone,
    },
    {
      id: "ports",
      title: "ports",
      width: 16,
      from: 134,
      cell: ({ transport, ports }) => ({ text: `${transport} ${portsText(ports)}` }),
      sort: ({ ports }) => ports[0]?.[0] ?? -1,
    },
    { id: "host", title: "host", width: 15, from: 100, cell: ({ host }) => ({ text: host }), sort: ({ host }) => host },
    {
      id: "peers",
      title: "peers",
      width: 6,
      align: "right",
      from: 90,
      cell: ({ peerCount }) => ({ text: number(peerCount) }),
      sort: ({ peerCount }) => -peerCount,
    },
    {
      id: "count",
      title: "count",
      width: 9,
      align: "right",
      cell: ({ packets }) => ({ text: number(packets) }),
      sort: ({ packets }) => -packets,
    },
    {
      id: "last",
      title: "last seen",
      width: 11,
      from: 104,
      cell: ({ lastSeen }) => ({ text: shortTime(lastSeen) }),
      sort: ({ lastSeen }) => -(lastSeen === null ? 0 : Date.parse(lastSeen)),
    },
    {
      id: "confidence",
      title: "sure",
      width: 6,
      from: 139,
      cell: ({ confidence }) => ({ text: confidence }),
      sort: ({ confidence }) => ["high", "medium", "low"].indexOf(confidence),
    },
  ],
  keyOf: ({ id }) => id,
  subject: (finding) => ({ kind: "finding", finding }),
  words: (finding) =>
    [
      finding.severity,
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
    severity: ({ severity }) => severity,
    title: ({ title }) => title,
    id: ({ id }) => id,
    host: ({ host }) => host,
    port: ({ ports }) => ({ ranges: ports }),
    transport: ({ transport }) => transport,
    direction: ({ direction }) => direction,
    zone: ({ peerZone }) => peerZone,
    peer: ({ peers }) => peers,
    rule: ({ rules }) => rules,
    firewall: ({ firewalls }) => firewalls,
    catalog: ({ catalog }) => catalog ?? "",
    requirement: ({ requirement }) => requirement ?? "",
    policy: ({ policy }) => policy ?? "",
    check: ({ check }) => check ?? "",
    confidence: ({ confidence }) => confidence,
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
  return iso === null ? "" : iso.slice(5, 16).replace("T", " ");
}
