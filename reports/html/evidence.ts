/** What the logs can show at all: the window, who logs what, and every limit. */
import { firewallWindow, type ReportDocument } from "../document.ts";
import { busiestFirewalls } from "../firewalls.ts";
import { phrases } from "../phrases.ts";
import { platformTitles } from "../words.ts";
import { type Markup, markup } from "./markup.ts";
import { countCell, facts, table } from "./parts.ts";

export function evidenceSection({ result, window, limits }: ReportDocument): Markup {
  const { fields } = phrases;
  return markup`${facts([
    [fields.site, result.site.name],
    [fields.window, window],
    [fields.timeZone, result.site.timezone],
  ])}
${result.evidence.firewalls.length > 0 ? firewalls(result.evidence.firewalls) : null}
<h3>${phrases.limits}</h3>
${limits.length === 0 ? markup`<p>${phrases.noLimits}</p>` : markup`<ul>\n${limits.map((limit) => markup`<li>${limit}</li>\n`)}</ul>`}`;
}

function firewalls(all: ReportDocument["result"]["evidence"]["firewalls"]): Markup {
  const { fields } = phrases;
  const { shown, more } = busiestFirewalls(all);
  return markup`${table(
    fields.loggedBy,
    [
      { title: fields.firewallWindow, kind: "wide" },
      { title: fields.platform },
      { title: fields.logsAllows },
      { title: fields.logsDenies },
      { title: fields.logsDefaultDeny },
      { title: fields.allowed, kind: "number" },
      { title: fields.denied, kind: "number" },
      { title: fields.unit },
    ],
    shown.map((firewall) => ({
      cells: [
        markup`${firewall.name} <span class="under">${firewallWindow(firewall)}</span>`,
        platformTitles[firewall.platform],
        logged(firewall.logsAllows),
        logged(firewall.logsDenies),
        firewall.logsDefaultDeny === null ? phrases.unknown : logged(firewall.logsDefaultDeny),
        countCell(firewall.allowed),
        countCell(firewall.denied),
        phrases.units[firewall.unit],
      ],
    })),
  )}${more > 0 ? markup`<p>${phrases.moreFirewalls(more)}</p>` : null}`;
}

function logged(yes: boolean): Markup {
  return yes
    ? markup`<span aria-hidden="true">✔ </span>${phrases.yes}`
    : markup`<span class="chip g-intermittent"><span aria-hidden="true">✖ </span>${phrases.no}</span>`;
}
