/** The report as one HTML file: printable, light and dark, whole without scripts, and closed to the network. */
import { documentOf } from "./document.ts";
import { brandFooter, brandHeader, brandStyle, logoOf } from "./html/branding.ts";
import { evidenceSection } from "./html/evidence.ts";
import { findingsSection, waivedSection } from "./html/findings.ts";
import { historySection, waiversSection } from "./html/history.ts";
import { accountsSection, inputsSection, versionsSection } from "./html/inputs.ts";
import { type Markup, markup } from "./html/markup.ts";
import { coverageSection } from "./html/matrix.ts";
import { htmlPage } from "./html/page.ts";
import { chartsSection, scorecardSection } from "./html/scorecard.ts";
import { script } from "./html/script.ts";
import { style } from "./html/style.ts";
import { summarySection } from "./html/summary.ts";
import { undeclaredSection } from "./html/undeclared.ts";
import { notSeenSection, policiesSection } from "./html/unproven.ts";
import { phrases } from "./phrases.ts";
import type { ReportFormat } from "./report-format.ts";

export const html: ReportFormat = {
  id: "html",
  title: "HTML, one file to read and to print",
  extension: "html",
  showsHashes: true,
  render(result, { branding }) {
    const document = documentOf(result);
    const sections: { id: SectionId; body: Markup | null; count?: number }[] = [
      { id: "summary", body: summarySection(document) },
      { id: "evidence", body: evidenceSection(document) },
      { id: "scorecard", body: scorecardSection(document) },
      { id: "charts", body: chartsSection(document) },
      { id: "history", body: historySection(document) },
      { id: "undeclared", body: undeclaredSection(document), count: result.undeclaredHosts.length },
      { id: "findings", body: findingsSection(document), count: document.findings.worstFirst.length },
      { id: "waived", body: waivedSection(document), count: document.findings.waived.length },
      { id: "waivers", body: waiversSection(document), count: document.idleWaivers.length },
      { id: "notSeen", body: notSeenSection(document) },
      { id: "policies", body: policiesSection(document) },
      { id: "coverage", body: coverageSection(document), count: result.requirements.length },
      { id: "accounts", body: accountsSection(document) },
      { id: "inputs", body: inputsSection(document), count: result.evidence.inputs.length },
      { id: "versions", body: versionsSection(document) },
    ];
    const present = sections.filter(({ body }) => body !== null);
    return htmlPage({
      title: document.title,
      skip: phrases.skipToContent,
      style: style + brandStyle(branding),
      script,
      images: logoOf(branding) !== null,
      body: markup`<header class="top">
${brandHeader(branding, result.site.name)}<h1>${document.title}</h1>
<p class="quiet">${phrases.subtitle}</p>
<dl class="meta">
<div><dt>${phrases.fields.window}</dt><dd>${document.window}</dd></div>
<div><dt>${phrases.fields.timeZone}</dt><dd>${result.site.timezone}</dd></div>
<div><dt>${phrases.fields.tool}</dt><dd>${phrases.by(result.tool.name, result.tool.version)}</dd></div>
</dl>
</header>
<div class="columns">
<nav class="contents" aria-labelledby="contents">
<h2 id="contents">${phrases.contents}</h2>
<ul>
${present.map(({ id, count }) => markup`<li><a href="#${id}">${phrases.sections[id]}</a>${count ? markup` <span class="quiet">${count}</span>` : null}</li>\n`)}</ul>
</nav>
<main id="main">
${present.map(({ id, body }) => markup`<section id="${id}" aria-labelledby="${id}-title">\n<h2 id="${id}-title">${phrases.sections[id]}</h2>\n${body}\n</section>\n`)}</main>
</div>
<footer class="end"><p>${document.title} · ${document.window} · ${phrases.by(result.tool.name, result.tool.version)}</p>${brandFooter(branding)}</footer>`,
    });
  },
};

type SectionId = keyof typeof phrases.sections;
