/**
 * `--redact`: a result that can be shared. Public addresses, the names of site, firewalls, inputs, hosts and people, user
 * parts of SIP URIs and device serials become numbered stand-ins, each token the same one wherever it stands. What a
 * person wrote (reasons of waivers) and lines that were not understood go altogether, since nothing in them can be
 * vetted. Private addresses, times, rule ids, interface names and the vendors' own words stay.
 */
import { DOMAIN_MARK } from "../ingest/virtual-domain.ts";
import { STANDARD_INPUT } from "../rules/messages/localise.ts";
import { say } from "../rules/messages/message.ts";
import { withLimits } from "../rules/messages/message-table.ts";
import type { AuditResult } from "../rules/result.ts";
import { NO_SITE_FILE } from "../rules/site/site.ts";
import { isTelling, type PseudonymKind, Pseudonyms } from "./redact/pseudonyms.ts";
import { TextRedactor } from "./redact/text.ts";

const NOTE = say`Redacted for sharing: public addresses, names, user parts and serial numbers are stand-ins, and lines that were not understood are left out. Private addresses, times and rule ids are the real ones.`;
const NO_TEXT = "[left out: redacted]";

/** What the schema fixes, and what is ours by itself. */
const KEPT_KEYS = new Set(
  "schemaVersion,tool,timezone,platform,unit,transport,direction,scope,strength,state,kind,meaning,severity,confidence,peerZone,localPorts,remotePorts,format,formats,from,to,firstSeen,lastSeen,hour,expires,sha256,catalogSha256".split(
    ",",
  ),
);
/** Texts that hold pieces of logs, paths or servers' answers. */
const LOG_KEYS = new Set(["warnings", "limits"]);
const HOST_NAME = /(?:[\p{L}\p{N}_-]+\.)+\p{L}{2,}/gu;

/** The same result without what tells whose it is; the given one stays as it was. */
export function redact(result: AuditResult): AuditResult {
  const pseudonyms = new Pseudonyms(JSON.stringify(result), vendorHosts(result));
  const known = wholeNames(result, pseudonyms);
  // Names that the first pass meets in one place stand in others that it has passed already.
  rewrite(result, known, new TextRedactor(pseudonyms));
  const redacted = rewrite(result, known, new TextRedactor(pseudonyms));
  return withLimits(redacted, [NOTE]);
}

/** The servers that the vendors themselves name: everybody's phone system talks to them. */
function vendorHosts({ requirements, policies }: AuditResult): ReadonlySet<string> {
  const texts = [...requirements.map(({ remote }) => remote), ...policies.map(({ statement }) => statement)];
  return new Set(texts.flatMap((text) => text.match(HOST_NAME) ?? []).map((name) => name.toLowerCase()));
}

/** Stand-ins for fields that are names as a whole. Names of firewalls that say nothing (`pfSense`, `fw`) stay everywhere. */
function wholeNames(result: AuditResult, pseudonyms: Pseudonyms): ReadonlyMap<string, string> {
  const known = new Map<string, string>();
  const add = (kind: PseudonymKind, name: string): string => {
    const made = pseudonyms.of(kind, name);
    known.set(name, made);
    return made;
  };
  if (result.site.name !== NO_SITE_FILE.text) {
    const made = add("site", result.site.name);
    for (const form of formsOf(result.site.name)) pseudonyms.alias(made, form);
  }
  const firewalls = [
    ...result.evidence.firewalls.map(({ name }) => name),
    ...result.findings.flatMap((one) => one.firewalls),
  ];
  // Lines name a device and its virtual domain apart.
  const standIn = (part: string) => (isTelling(part) ? pseudonyms.of("firewall", part) : part);
  for (const name of firewalls) known.set(name, name.split(DOMAIN_MARK).map(standIn).join(DOMAIN_MARK));
  const inputs = [
    ...result.evidence.inputs.map(({ name }) => name),
    ...result.findings.flatMap(({ examples }) => examples.map(({ input }) => input)),
  ];
  for (const name of inputs) {
    if (name !== STANDARD_INPUT.text) pseudonyms.alias(add("input", name), name.split(/[\\/]/).at(-1) ?? name);
  }
  const accepted = result.findings.flatMap(({ waived, expiredWaiver }) => [waived, expiredWaiver]);
  for (const waiver of [...result.waivers, ...accepted]) if (waiver) add("person", waiver.owner);
  return known;
}

/** How a site's name is written in file and host names. */
function formsOf(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  const short = words.filter((word) => !/^(?:gmbh|ag|kg|ohg|mbh|se|ug|ev|co|inc|ltd|llc)$/i.test(word));
  return [words, short]
    .filter(({ length }) => length > 0)
    .flatMap((parts) => ["", "-", "_", " "].map((joint) => parts.join(joint)));
}

function rewrite(result: AuditResult, known: ReadonlyMap<string, string>, redactor: TextRedactor): AuditResult {
  const walk = (value: unknown, key: string, parent: string): unknown => {
    if (typeof value === "string") {
      if (parent === "samples") return NO_TEXT;
      if (key === "text" && parent === "examples") return redactor.log(value);
      if (["name", "input", "host", "firewalls", "owner"].includes(key)) {
        const whole = known.get(value);
        if (whole !== undefined) return whole;
      }
      return LOG_KEYS.has(key) ? redactor.log(value) : redactor.text(value);
    }
    if (Array.isArray(value)) return value.map((item) => walk(item, key, parent));
    if (value === null || typeof value !== "object") return value;
    const isAcceptance = "owner" in value && "reason" in value;
    const place = parent === "samples" ? parent : key;
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => {
        if (KEPT_KEYS.has(name) && !(name === "to" && typeof item === "object" && item !== null)) return [name, item];
        if (isAcceptance && name === "reason") return [name, NO_TEXT];
        return [name, walk(item, name, place)];
      }),
    );
  };
  return walk(structuredClone(result), "", "") as AuditResult;
}
