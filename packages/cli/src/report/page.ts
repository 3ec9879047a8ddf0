import { html, markupOf, trusted, type Html } from "./html.js";
import type { ModelReport, Report } from "./report.js";
import { dataSection } from "./section/data.js";
import { environmentSection } from "./section/environment.js";
import { headline } from "./section/headline.js";
import { importanceSection } from "./section/importance.js";
import { comparisonSection, gateSection } from "./section/judgement.js";
import { ledgerSection } from "./section/ledger.js";
import { metricSection } from "./section/metrics.js";
import { planSection } from "./section/plan.js";
import { certificateSection, lineageSection, signatureSection } from "./section/provenance.js";
import { sectionHtml, type Section } from "./section/section.js";
import { sliceSection } from "./section/slices.js";
import { STYLE } from "./style.js";

/** Nothing is loaded and no script runs, whatever the page holds. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** The report as one file of HTML that needs nothing beside it. A function of the report alone: the same report is the same page. */
export async function reportPage(report: Report): Promise<string> {
  const articles: Html[] = [];
  for (const model of report.models) articles.push(await article(model, report));
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="color-scheme" content="light dark">
<title>${report.title} · ${report.project}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><h1><span>${report.project}</span> Millrace report of ${report.title}</h1></header>
<main>
${articles}${sectionHtml(environmentSection(report))}</main>
<footer>Written by millrace report from run ${report.run.id}.</footer>
</body>
</html>
`;
  return markupOf(page);
}

async function article(model: ModelReport, report: Report): Promise<Html> {
  const all: readonly (Section | null)[] = [
    await planSection(model),
    await metricSection(model),
    gateSection(model),
    comparisonSection(model),
    sliceSection(model),
    importanceSection(model),
    dataSection(model),
    signatureSection(model),
    certificateSection(model),
    lineageSection(model),
    ledgerSection(model),
  ];
  const sections = all.filter((section) => section !== null);
  const links = [...sections, environmentSection(report)].map(({ id, title }) => html`<a href="#${encodeURIComponent(id)}">${title}</a> `);
  return html`<article aria-labelledby="${model.name}">${headline(model, report)}<nav aria-label="Sections of ${model.name}">${links}</nav>${sections.map(sectionHtml)}</article>\n`;
}
