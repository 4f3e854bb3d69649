/** A finding with all its evidence, as the result prints it. */
import type { FrontEnds } from "../evidence/front-ends.ts";
import { formatRanges, portRanges } from "../matching/port-ranges.ts";
import { joined, type Message, type MessageValue, say } from "../messages/message.ts";
import type { MessageTable } from "../messages/message-table.ts";
import { HOUR_MS, type Times } from "../messages/times.ts";
import type { FindingResult, InputResult } from "../result.ts";
import type { Site } from "../site/site.ts";
import { unitOf } from "./count-unit.ts";
import { earliest, type FindingDraft } from "./finding.ts";
import { remediesFor } from "./remediation.ts";

const MAX_PEERS = 10;

export function findingResult(
  draft: FindingDraft,
  { site, frontEnds, inputs }: { site: Site; frontEnds: FrontEnds; inputs: readonly InputResult[] },
  times: Times,
  messages: MessageTable,
): FindingResult {
  const peers = [...draft.peers].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([peer]) => peer);
  const notes = [...draft.notes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, note]) => note);
  const remedies = remediesFor(draft, site, frontEnds);
  const { citation, sentBy } = draft;
  const sentences = [draft.why, ...(sentBy.size > 0 ? [say`Sent by ${allOf(sentBy)}.`] : []), ...notes];
  return {
    id: draft.id,
    kind: draft.kind,
    severity: draft.severity,
    confidence: draft.confidence,
    title: messages.textOf(titleOf(draft, times)),
    why: messages.textOf(sentences.length > 1 ? joined(sentences, " ") : draft.why),
    catalog: draft.catalog,
    requirement: draft.requirement,
    policy: draft.policy,
    check: draft.check,
    citation: citation && {
      section: citation.section,
      document: messages.textOf(citation.document),
      statement: messages.textOf(citation.statement),
    },
    alsoRequiredBy: [...draft.alsoRequiredBy].sort(),
    host: draft.host,
    direction: draft.direction,
    transport: [...draft.ports.keys()].sort().join("+"),
    ports: portRanges([...draft.ports.values()].flatMap((ports) => [...ports])),
    peerZone: draft.peerZone,
    peers: peers.slice(0, MAX_PEERS),
    peerCount: peers.length,
    packets: draft.count,
    unit: unitOf(draft.units),
    firstSeen: times.iso(draft.firstMs),
    lastSeen: times.iso(draft.lastMs),
    hourly: [...draft.hours]
      .sort((a, b) => a[0] - b[0])
      .map(([hour, count]) => ({ hour: times.hour(hour * HOUR_MS), count })),
    rules: [...draft.rules].sort(),
    firewalls: [...draft.firewalls.keys()].sort(),
    examples: earliest(draft.examples).map(({ pointer: { input, line, offset } }) => ({
      input: (inputs[input] as InputResult).name,
      line,
      offset,
      text: null,
    })),
    remediation: remedies.map(({ platform, text }) => ({ platform, text: messages.textOf(text) })),
    stopped: draft.isAllStopped,
    endedAt: draft.endedMs === null ? null : times.iso(draft.endedMs),
    waived: null,
    expiredWaiver: null,
    baseline: null,
  };
}

function titleOf(draft: FindingDraft, times: Times): Message {
  const { endedMs, title } = draft;
  const whole = typeof title === "function" ? title(portsText(draft)) : title;
  return endedMs === null ? whole : say`${whole} (until ${times.said(endedMs)})`;
}

/** More of them are counted: where telephones are listed one by one, each is a sender of its own. */
const NAMED_SENDERS = 3;

function allOf(senders: ReadonlyMap<string, Message>): Message {
  const sorted = [...senders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sender]) => sender);
  const named = sorted.slice(0, NAMED_SENDERS).reduce((before, sender) => say`${before} and by ${sender}`);
  const rest = sorted.length - NAMED_SENDERS;
  return rest > 0 ? say`${named} and by ${rest} more` : named;
}

/** A title holds no more of them: where a rule lets everything through, scanners find thousands. */
const TITLED_RANGES = 12;

/** `udp 5060, tcp 80, 443` */
function portsText(draft: FindingDraft): MessageValue {
  const texts = [...draft.ports]
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([transport, ports]) => {
      const ranges = portRanges([...ports]);
      const shown = `${transport} ${formatRanges(ranges.slice(0, TITLED_RANGES))}`;
      return ranges.length > TITLED_RANGES ? say`${shown} and ${ranges.length - TITLED_RANGES} more` : shown;
    });
  return texts.every((text) => typeof text === "string") ? texts.join(", ") : joined(texts, ", ");
}
