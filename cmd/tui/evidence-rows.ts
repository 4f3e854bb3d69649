/** What the audit could see at all, as rows: inputs, firewalls, limits, where all traffic went, and samples of what was not understood. */
import { accountsIn } from "../../reports/accounts.ts";
import { phrases } from "../../reports/phrases.ts";
import { lengthText, spanText } from "../../reports/times.ts";
import { signText } from "../../reports/undeclared.ts";
import { counted, number, platformTitles } from "../../reports/words.ts";
import type {
  AuditResult,
  FirewallResult,
  InputResult,
  UndeclaredHostResult,
  WaiverResult,
} from "../../rules/result.ts";
import type { EvidenceRow } from "./subject.ts";
import type { TableSpec } from "./table.ts";

const NAME_WIDTH = 20;

/** In the order in which they are read. */
export function evidenceRows(result: AuditResult): EvidenceRow[] {
  const { evidence, deployments, site } = result;
  const span = spanText(evidence.from, evidence.to) ?? "no log line carries a time";
  const length = lengthText(evidence.from, evidence.to);
  const rows: Omit<EvidenceRow, "key">[] = [
    {
      what: "window",
      name: site.name,
      text: length === null ? span : `${span} (${length})`,
      facts: [["Time zone", site.timezone]],
    },
    ...evidence.limits.map((limit) => ({ what: "limit" as const, name: "", text: limit, facts: [] })),
    ...result.undeclaredHosts.map(undeclaredRow),
    ...evidence.firewalls.map(firewallRow),
    ...evidence.inputs.map(inputRow),
    ...evidence.inputs.flatMap(warningRows),
    ...accountRows(result),
    ...result.waivers.map(waiverRow),
    ...(result.baseline?.gone ?? []).map(({ id, title, state }) => ({
      what: "gone" as const,
      name: state === "gone" ? "no longer found" : "not seen again",
      text: title,
      facts: [["Finding", id] as const],
    })),
    ...deployments.map(({ catalog, vendor, product, document, version, deployment, features, hosts }) => ({
      what: "catalog" as const,
      name: catalog,
      text: `${productName(vendor, product)}${version === null ? "" : ` ${version}`}; ${document.title} ${document.revision}`,
      facts: [
        ["Variant", deployment ?? "-"] as const,
        ["Features", features.join(", ") || "-"] as const,
        ...hosts.map(({ role, addresses }) => [`Role ${role}`, addresses.join(", ")] as const),
      ],
    })),
    ...evidence.inputs.flatMap(sampleRows),
  ];
  return rows.map((row, index) => ({ ...row, key: `evidence ${index}` }));
}

/** Products often bear their vendor's name already. */
export function productName(vendor: string, product: string): string {
  return product.startsWith(vendor) ? product : `${vendor} ${product}`;
}

function firewallRow(firewall: FirewallResult): Omit<EvidenceRow, "key"> {
  const { name, platform, logsAllows, logsDenies, logsDefaultDeny, gaps } = firewall;
  const { allowed, denied, unit, lostEvents, from, to } = firewall;
  const logs = logsAllows && logsDenies ? "logs allows and denies" : missingLogs(logsAllows, logsDenies);
  const silent = gaps.length === 0 ? "" : `; ${counted(gaps.length, "gap")}`;
  return {
    what: "firewall",
    name,
    text: `${platformTitles[platform]}; ${logs}; ${number(allowed)} allowed, ${number(denied)} denied${silent}`,
    ...(logsAllows && logsDenies && lostEvents === 0 && gaps.length === 0 ? {} : { tone: "warning" as const }),
    facts: [
      ["Platform", platformTitles[platform]],
      ["Allows logged", logsAllows ? "yes" : "no: what is open there stays unknown"],
      ["Denies logged", logsDenies ? "yes" : "no: what is blocked there stays unknown"],
      ...(logsDefaultDeny === null ? [] : [["Default deny", logsDefaultDeny ? "logged" : "never seen"] as const]),
      ["Allowed", `${number(allowed)} ${unit}`],
      ["Denied", `${number(denied)} ${unit}`],
      ["Lost log events", number(lostEvents)],
      ["Window", spanText(from, to) ?? "unknown"],
      ...gaps.map((gap) => ["No line", spanText(gap.from, gap.to) ?? ""] as const),
    ],
  };
}

/** An inside host that behaves like a phone system, and that the site does not know. */
function undeclaredRow(host: UndeclaredHostResult): Omit<EvidenceRow, "key"> {
  const { address, zone, firewalls, evidence, firstSeen, lastSeen, proposal } = host;
  return {
    what: "undeclared",
    name: address,
    text: `a phone system? It ${evidence.map(({ what }) => phrases.undeclared.signs[what]).join("; ")}`,
    tone: "warning",
    facts: [
      ["Zone", phrases.zones[zone]],
      ...evidence.map((one) => ["Sign", signText(one)] as const),
      ["Firewall", firewalls.join(", ")],
      ["Seen", spanText(firstSeen, lastSeen) ?? "at an unknown time"],
      ["Proposal", proposal],
    ],
  };
}

function missingLogs(logsAllows: boolean, logsDenies: boolean): string {
  if (logsDenies) return "logs no allows";
  return logsAllows ? "logs no denies" : "logs neither allows nor denies";
}

function inputRow({ name, format, formats, lines, warnings, sha256 }: InputResult): Omit<EvidenceRow, "key"> {
  return {
    what: "input",
    name,
    text: `${format ?? "unknown format"}; ${counted(lines.read, "line")}, ${number(lines.parsed)} parsed, ${number(lines.malformed)} malformed`,
    ...(format === null || lines.malformed > 0 ? { tone: "warning" as const } : {}),
    facts: [
      ["Formats", formats.join(", ") || "none recognised"],
      ["Lines read", number(lines.read)],
      ["parsed", number(lines.parsed)],
      ["foreign", `${number(lines.foreign)} (of other programs)`],
      ["malformed", number(lines.malformed)],
      ["headings", number(lines.structure)],
      ["outside window", number(lines.outsideWindow)],
      ...(sha256 === null ? [] : [["SHA-256", sha256] as const]),
      ...warnings.map((warning) => ["Warning", warning] as const),
    ],
  };
}

function warningRows({ name, warnings }: InputResult): Omit<EvidenceRow, "key">[] {
  return warnings.map((warning) => ({ what: "warning", name, text: warning, tone: "warning", facts: [] }));
}

function waiverRow({ finding, cidr, reason, owner, expires, state, matched }: WaiverResult): Omit<EvidenceRow, "key"> {
  const words = {
    active: counted(matched, "finding"),
    expired: `expired on ${expires}`,
    orphaned: "matches no finding",
  };
  return {
    what: "waiver",
    name: words[state],
    text: `${finding}: ${reason}`,
    ...(state === "active" ? {} : { tone: "warning" as const }),
    facts: [
      ["Owner", owner],
      ["Expires", expires],
      ["Findings", number(matched)],
      ...(cidr === null ? [] : [["Peers in", cidr] as const]),
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
  const row = (kind: string, { line, text }: { line: number; text: string }): Omit<EvidenceRow, "key"> => ({
    what: "sample",
    name: `${kind}, line ${line}`,
    text,
    facts: [["Input", `${name}:${line}`]],
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
      title: "evidence",
      width: 10,
      cell: ({ what }) => ({ text: what }),
      sort: ({ key }) => Number(key.slice(9)),
    },
    { id: "name", title: "of", width: NAME_WIDTH, cell: (row) => ({ text: shortName(row) }), sort: ({ name }) => name },
    {
      id: "text",
      title: "what it shows",
      width: "rest",
      cell: ({ text, tone }) => (tone === undefined ? { text } : { text, tone }),
      sort: ({ text }) => text,
    },
  ],
  keyOf: ({ key }) => key,
  subject: (row) => ({ kind: "evidence", row }),
  words: ({ what, name, text }) => `${what}\n${name}\n${text}`,
  fields: { what: ({ what }) => what, name: ({ name }) => name, text: ({ text }) => text },
  isQuiet: () => false,
};
