/** A result in another language: every text that rules/ or a catalog wrote; what people, logs and sites say stays. */
import { languages } from "../languages.ts";
import type { AuditResult, LanguageId } from "../result.ts";
import { NO_SITE_FILE } from "../site/site.ts";
import { fillIn, Message, type MessageValue, say } from "./message.ts";
import { messageOf } from "./message-table.ts";

/** What the input is called that is no file (`ingest/inputs/inputs.ts`). */
export const STANDARD_INPUT = say`(standard input)`;

/** The same result in that language, whichever it is in now; the given one stays as it was. */
export function localise(result: AuditResult, language: LanguageId): AuditResult {
  const { language: now = "en" } = result;
  if (now === language) return result;
  const said = translator(result, now, language);
  /** A name stays, unless it is the one that we give to what has none. */
  const named = (ours: Message, name: string) => (name === inLanguage(ours, now) ? inLanguage(ours, language) : name);
  return {
    ...result,
    site: { ...result.site, name: named(NO_SITE_FILE, result.site.name) },
    evidence: {
      ...result.evidence,
      limits: result.evidence.limits.map((limit) => warningIn(said(limit), now, language)),
      inputs: result.evidence.inputs.map((one) => ({
        ...one,
        name: named(STANDARD_INPUT, one.name),
        warnings: one.warnings.map((warning) => warningIn(warning, now, language)),
      })),
    },
    deployments: result.deployments.map((one) => ({
      ...one,
      product: said(one.product),
      document: { title: said(one.document.title), revision: said(one.document.revision) },
    })),
    requirements: result.requirements.map((one) => ({
      ...one,
      application: said(one.application),
      reason: one.reason && said(one.reason),
    })),
    policies: result.policies.map((one) => ({
      ...one,
      statement: said(one.statement),
      reason: one.reason && said(one.reason),
    })),
    findings: result.findings.map((one) => ({
      ...one,
      title: said(one.title),
      why: said(one.why),
      citation: one.citation && {
        section: one.citation.section,
        document: said(one.citation.document),
        statement: said(one.citation.statement),
      },
      examples: one.examples.map((example) => ({ ...example, input: named(STANDARD_INPUT, example.input) })),
      remediation: one.remediation.map(({ platform, text }) => ({ platform, text: said(text) })),
    })),
    undeclaredHosts: result.undeclaredHosts.map((one) => ({ ...one, proposal: said(one.proposal) })),
    baseline: result.baseline && {
      ...result.baseline,
      gone: result.baseline.gone.map((one) => ({
        ...one,
        title: said(one.title),
        reason: one.reason && said(one.reason),
      })),
    },
    language,
  };
}

/** From a text in one language to the same in another; a text that is no message of ours stays. */
function translator({ messages = [] }: AuditResult, from: LanguageId, to: LanguageId): (text: string) => string {
  const asItStands = (message: Message) => (from === "en" ? message.text : inLanguage(message, from));
  const listed = new Map(messages.map(messageOf).map((message) => [asItStands(message), message]));
  const unlisted = new Map(Object.entries(languages[from].templates).map(([english, text]) => [text, english]));
  return (text) => inLanguage(listed.get(text) ?? new Message(unlisted.get(text) ?? text), to);
}

/** A warning of an input, said in another language; one that nobody knows stays. */
export function warningIn(text: string, from: LanguageId, to: LanguageId): string {
  const english = rephrased(
    text,
    Object.entries(languages[from].warnings).map(([template, own]) => [own, template]),
  );
  return rephrased(english, Object.entries(languages[to].warnings));
}

/** Why an audit failed, from English; what nobody knows stays. */
export function failureIn(text: string, to: LanguageId): string {
  const { failures, warnings } = languages[to];
  return rephrased(text, [...Object.entries(warnings), ...Object.entries(failures)]);
}

/** What is of the first form of a pair in its second form, and what stands in it likewise; a text of no such form stays. */
function rephrased(text: string, forms: readonly (readonly [string, string])[]): string {
  for (const [form, other] of forms) {
    const pattern = form.replace(/[\\^$.*+?()[\]|]/g, "\\$&").replace(/\{(\d+)\}/g, "(?<v$1>.+)");
    const values = new RegExp(`^${pattern}$`, "s").exec(text);
    if (values) return fillIn(other, (index) => rephrased(values.groups?.[`v${index}`] ?? "", forms));
  }
  return text;
}

function inLanguage({ template, values, translations }: Message, language: LanguageId): string {
  const own = translations?.[language] ?? languages[language].templates[template] ?? template;
  return fillIn(own, (index) => valueIn(values[index], language));
}

/** As `Times.said` writes it, and as it stands in audits from before that. */
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::\d\d)? ?(Z|[+-]\d\d:\d\d)$/;

function valueIn(value: MessageValue | undefined, language: LanguageId): string {
  if (value instanceof Message) return inLanguage(value, language);
  const { number, moment } = languages[language];
  if (typeof value === "number") return number(value);
  const [, day, time, zone] = MOMENT.exec(String(value)) ?? [];
  return day && time && zone ? moment(day, time, zone) : String(value);
}
