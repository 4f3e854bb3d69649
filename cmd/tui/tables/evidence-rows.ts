/** What the audit could see at all, as rows: inputs, firewalls, limits, where all traffic went, and samples of what was not understood. */
import { accountsIn } from "../../../reports/accounts.ts";
import { axisOf } from "../../../reports/axis.ts";
import { documentText, productName } from "../../../reports/document.ts";
import { limitsOf } from "../../../reports/limits.ts";
import { phrases } from "../../../reports/phrases.ts";
import { systemNames } from "../../../reports/systems.ts";
import { dateText, lengthText, spanText } from "../../../reports/times.ts";
import { signText } from "../../../reports/undeclared.ts";
import { nothingInWindow } from "../../../reports/verdict.ts";
import { number, platformTitles } from "../../../reports/words.ts";
import type {
  AuditResult,
  FirewallResult,
  InputResult,
  UndeclaredHostResult,
  WaiverResult,
} from "../../../rules/result.ts";
import type { EvidenceRow } from "../subject.ts";
import { coded, type TableSpec } from "./table.ts";

const NAME_WIDTH = 20;

/** In the order in which they are read. */
export function evidenceRows(result: AuditResult): EvidenceRow[] {
  const { evidence, deployments, site } = result;
  const { fields } = phrases;
  const { labels } = phrases.row;
  const systems = systemNames(deployments);
  const span =
    spanText(evidence.from, evidence.to) ??
    (nothingInWindow(result) ? phrases.text.nothingInWindow : phrases.text.noTimes);
  const length = lengthText(evidence.from, evidence.to);
  const rows: Omit<EvidenceRow, "key">[] = [
    {
      what: "window",
      name: site.name,
      text: length === null ? span : `${span} (${length})`,
      facts: [[fields.timeZone, site.timezone]],
    },
    ...limitsOf(result, axisOf(result)).map((limit) => ({ what: "limit" as const, name: "", text: limit, facts: [] })),
    ...result.undeclaredHosts.map(undeclaredRow),
    ...evidence.firewalls.map(firewallRow),
    ...evidence.inputs.map(inputRow),
    ...evidence.inputs.flatMap(warningRows),
    ...accountRows(result),
    ...result.waivers.map(waiverRow),
    ...(result.baseline?.gone ?? []).map(({ id, title, state }) => ({
      what: "gone" as const,
      name: phrases.text.gone[state],
      text: title,
      facts: [[fields.title, id] as const],
    })),
    ...deployments.map((one, index) => ({
      what: "catalog" as const,
      name: systems[index] as string,
      text: `${productName(one)}${one.version === null ? "" : ` ${one.version}`}; ${documentText(one)}`,
      facts: [
        [labels.variant, one.deployment ?? "-"] as const,
        [fields.features, one.features.join(", ") || "-"] as const,
        ...one.hosts.map(({ role, addresses }) => [labels.role(role), addresses.join(", ")] as const),
      ],
    })),
    ...evidence.inputs.flatMap(sampleRows),
  ];
  return rows.map((row, index) => ({ ...row, key: `evidence ${index}` }));
}

function firewallRow(firewall: FirewallResult): Omit<EvidenceRow, "key"> {
  const { name, platform, logsAllows, logsDenies, logsDefaultDeny, gaps } = firewall;
  const { allowed, denied, unit, lostEvents, from, to } = firewall;
  const { fields, row: words } = phrases;
  const { labels } = words;
  const silent = gaps.length === 0 ? "" : `; ${words.gaps(gaps.length)}`;
  return {
    what: "firewall",
    name,
    text: `${platformTitles[platform]}; ${logsText(logsAllows, logsDenies)}; ${words.decided(allowed, denied)}${silent}`,
    ...(logsAllows && logsDenies && lostEvents === 0 && gaps.length === 0 ? {} : { tone: "warning" as const }),
    facts: [
      [fields.platform, platformTitles[platform]],
      [labels.allowsLogged, logsAllows ? phrases.yes : words.openUnknown],
      [labels.deniesLogged, logsDenies ? phrases.yes : words.blockedUnknown],
      ...(logsDefaultDeny === null
        ? []
        : [[labels.defaultDeny, words.defaultDeny[logsDefaultDeny ? "logged" : "never"]] as const]),
      [fields.allowed, phrases.counted(allowed, unit, null)],
      [fields.denied, phrases.counted(denied, unit, null)],
      [labels.lostEvents, number(lostEvents)],
      [fields.window, spanText(from, to) ?? phrases.unknown],
      ...gaps.map((gap) => [labels.noLine, spanText(gap.from, gap.to) ?? ""] as const),
    ],
  };
}

/** An inside host that behaves like a phone system, and that the site does not know. */
function undeclaredRow(host: UndeclaredHostResult): Omit<EvidenceRow, "key"> {
  const { address, zone, firewalls, evidence, firstSeen, lastSeen, proposal } = host;
  const { fields } = phrases;
  const { labels } = phrases.row;
  return {
    what: "undeclared",
    name: address,
    text: phrases.row.undeclared(evidence.map(({ what }) => phrases.undeclared.signs[what]).join("; ")),
    tone: "warning",
    facts: [
      [labels.zone, phrases.zones[zone]],
      ...evidence.map((one) => [labels.sign, signText(one)] as const),
      [fields.firewall, firewalls.join(", ")],
      [fields.seen, spanText(firstSeen, lastSeen) ?? phrases.row.unknownTime],
      [labels.proposal, proposal],
    ],
  };
}

function logsText(logsAllows: boolean, logsDenies: boolean): string {
  const { both, noAllows, noDenies, neither } = phrases.row.logs;
  if (logsAllows) return logsDenies ? both : noDenies;
  return logsDenies ? noAllows : neither;
}

function inputRow({ name, format, formats, lines, warnings, sha256 }: InputResult): Omit<EvidenceRow, "key"> {
  const { fields, row: words } = phrases;
  const { labels } = words;
  return {
    what: "input",
    name,
    text: `${format ?? words.unknownFormat}; ${words.lines(lines.read, lines.parsed, lines.malformed)}`,
    ...(format === null || lines.malformed > 0 ? { tone: "warning" as const } : {}),
    facts: [
      [labels.formats, formats.join(", ") || words.noFormat],
      [labels.linesRead, number(lines.read)],
      [phrases.text.columns.parsed, number(lines.parsed)],
      [phrases.text.columns.foreign, words.ofOthers(lines.foreign)],
      [phrases.text.columns.malformed, number(lines.malformed)],
      [labels.headings, number(lines.structure)],
      [labels.outsideWindow, number(lines.outsideWindow)],
      ...(sha256 === null ? [] : [[fields.sha256, sha256] as const]),
      ...warnings.map((warning) => [labels.warning, warning] as const),
    ],
  };
}

function warningRows({ name, warnings }: InputResult): Omit<EvidenceRow, "key">[] {
  return warnings.map((warning) => ({ what: "warning", name, text: warning, tone: "warning", facts: [] }));
}

function waiverRow({ finding, cidr, reason, owner, expires, state, matched }: WaiverResult): Omit<EvidenceRow, "key"> {
  const { fields } = phrases;
  const words = {
    active: phrases.text.findings(matched),
    expired: phrases.row.waiverExpired(dateText(expires)),
    orphaned: phrases.text.waiverMatchesNothing,
  };
  return {
    what: "waiver",
    name: words[state],
    text: `${finding}: ${reason}`,
    ...(state === "active" ? {} : { tone: "warning" as const }),
    facts: [
      [fields.waivedBy, owner],
      [phrases.row.labels.expires, dateText(expires)],
      [fields.findings, number(matched)],
      ...(cidr === null ? [] : [[phrases.row.labels.peersIn, cidr] as const]),
    ],
  };
}

function accountRows(result: AuditResult): Omit<EvidenceRow, "key">[] {
  return accountsIn(result).map(({ packets, text }) => ({
    what: "account",
    name: number(packets),
    text,
    facts: [],
  }));
}

function sampleRows({ name, samples }: InputResult): Omit<EvidenceRow, "key">[] {
  const row = (
    kind: "malformed" | "foreign",
    { line, text }: { line: number; text: string },
  ): Omit<EvidenceRow, "key"> => ({
    what: "sample",
    name: phrases.row.sample[kind](line),
    text,
    facts: [[phrases.fields.input, `${name}:${line}`]],
    place: { input: name, line, offset: null, text },
  });
  return [
    ...samples.malformed.map((sample) => row("malformed", sample)),
    ...samples.foreign.map((sample) => row("foreign", sample)),
  ];
}

/** Of a long path its end, by which people know it. */
function shortName({ what, name }: EvidenceRow): string {
  return (what === "input" || what === "warning") && name.length > NAME_WIDTH
    ? (name.split(/[\\/]/).at(-1) ?? name)
    : name;
}

export const evidenceTable: TableSpec<EvidenceRow> = {
  columns: [
    {
      id: "what",
      width: 10,
      cell: ({ what }) => ({ text: phrases.row.evidence[what] }),
      sort: ({ key }) => Number(key.slice(9)),
    },
    { id: "name", width: NAME_WIDTH, cell: (row) => ({ text: shortName(row) }), sort: ({ name }) => name },
    {
      id: "text",
      width: "rest",
      cell: ({ text, tone }) => (tone === undefined ? { text } : { text, tone }),
      sort: ({ text }) => text,
    },
  ],
  keyOf: ({ key }) => key,
  subject: (row) => ({ kind: "evidence", row }),
  words: ({ what, name, text }) => [what, phrases.row.evidence[what], name, text].join("\n"),
  fields: {
    what: coded(
      ({ what }) => what,
      (what) => phrases.row.evidence[what],
    ),
    name: ({ name }) => name,
    text: ({ text }) => text,
  },
  isQuiet: () => false,
};
