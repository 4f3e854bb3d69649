/** The end of the report: where all traffic went, the files that were read, and all versions. */
import type { InputResult } from "../../rules/result.ts";
import type { ReportDocument } from "../document.ts";
import { excerptOf } from "../excerpt.ts";
import { phrases } from "../phrases.ts";
import { mostUnread } from "../unread-inputs.ts";
import { type Markup, markup } from "./markup.ts";
import { countCell, facts, logText, table } from "./parts.ts";

/** Samples of unread lines per file and kind. */
const SAMPLES = 3;

export function accountsSection({ accounts }: ReportDocument): Markup {
  if (accounts.length === 0) return markup`<p>${phrases.accounts.none}</p>`;
  return table(
    phrases.accounts.caption,
    [{ title: phrases.fields.count, kind: "number" }, { title: phrases.fields.meaning }],
    accounts.map(({ packets, text }) => ({ cells: [countCell(packets), text] })),
  );
}

export function inputsSection({ result }: ReportDocument): Markup {
  const { inputs } = result.evidence;
  const { fields } = phrases;
  if (inputs.length === 0) return markup`<p>${phrases.none}</p>`;
  const unread = mostUnread(inputs);
  return markup`${table(
    fields.inputsRead,
    [
      { title: fields.input },
      { title: fields.format },
      { title: fields.lines, kind: "number" },
      { title: fields.parsed, kind: "number" },
      { title: fields.foreign, kind: "number" },
      { title: fields.malformed, kind: "number" },
      { title: fields.setAside, kind: "number" },
    ],
    inputs.map(({ name, formats, lines, sha256 }) => ({
      cells: [
        markup`<span class="id">${name}</span>${sha256 === null ? null : markup` <span class="id hash quiet">${fields.sha256} ${sha256}</span>`}`,
        formats.length > 0 ? formats.join(", ") : phrases.unknown,
        ...[lines.read, lines.parsed, lines.foreign, lines.malformed, lines.structure + lines.outsideWindow].map(
          countCell,
        ),
      ],
    })),
  )}
${unread.shown.length > 0 ? markup`<h3>${phrases.samples}</h3>\n${unread.shown.map(samplesOf)}` : null}${
  unread.more > 0 ? markup`<p>${phrases.moreUnread(unread.more)}</p>` : null
}`;
}

function samplesOf({ name, samples }: InputResult): Markup {
  const all = [
    ...samples.malformed.slice(0, SAMPLES).map((sample) => ({ ...sample, kind: phrases.fields.malformed })),
    ...samples.foreign.slice(0, SAMPLES).map((sample) => ({ ...sample, kind: phrases.fields.foreign })),
  ];
  return markup`${all.map(
    ({ line, text, kind }) =>
      markup`<p class="place">${name}:${line} (${kind.toLowerCase()})</p>\n${logText(excerptOf(text))}`,
  )}`;
}

export function versionsSection({ result }: ReportDocument): Markup {
  const { fields } = phrases;
  return markup`${facts([
    [fields.tool, phrases.by(result.tool.name, result.tool.version)],
    [fields.schema, result.schemaVersion],
  ])}
${
  result.deployments.length === 0
    ? null
    : table(
        fields.catalogsUsed,
        [
          { title: fields.catalog },
          { title: fields.product },
          { title: fields.document },
          { title: fields.revision },
          { title: fields.version },
        ],
        result.deployments.map(({ catalog, catalogSha256, vendor, product, document, version }) => ({
          cells: [
            markup`${catalog}${catalogSha256 === null ? null : markup` <span class="id hash quiet">${fields.sha256} ${catalogSha256}</span>`}`,
            `${vendor}: ${product}`,
            document.title,
            document.revision,
            version ?? phrases.unknown,
          ],
        })),
      )
}`;
}
