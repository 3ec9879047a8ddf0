import { readFileSync } from "node:fs";
import { join } from "node:path";
import { digestOf, seeded, type Json } from "@millrace/core";
import { beforeAll, describe, expect, it } from "vitest";
import { openInBrowser } from "../../fixtures/browser.js";
import { millrace } from "../../fixtures/captured.js";
import { projectFolders, writeFiles } from "../../fixtures/project-folders.js";
import { jsonLines } from "../../fixtures/shop.js";
import type { Report } from "../report/report.js";

// Names and values that would be markup if anything forgot to escape them.
const ATTACK = `"><img src=x onerror=alert(1)>`;
const KINDS = [`<script>alert("kind")</script>`, `${ATTACK}'&amp;`, "plain"];
const COLUMN = `<b>size</b> ${ATTACK}`;

function rows(): readonly object[] {
  const random = seeded("report");
  return Array.from({ length: 240 }, (_, at) => {
    const kind = Math.floor(random() * KINDS.length);
    const size = kind + random() * 2;
    return { [COLUMN]: at % 17 === 0 ? null : size, "other\nname": random(), kind: KINDS[kind], price: size * 3 + random(), sold: random() < size / 4, at: new Date(Date.UTC(2024, 0, 1 + at)).toISOString() };
  });
}

const model = (target: string, train: string, metrics: readonly string[], more: Readonly<Record<string, Json>> = {}): Json => ({
  source: { use: "json", with: { files: "rows.jsonl" } },
  columns: { target, ignore: ["kind", "price", "sold", "at"].filter((column) => column !== target), rest: "use", ...(target === "sold" ? { positive: true } : {}), types: { at: "timestamp" } },
  check: [],
  split: { use: "random", with: { validation: 0.2, test: 0.3 } },
  features: [{ use: "impute", from: [COLUMN] }],
  train,
  evaluate: { metrics, slices: ["kind"], ...more },
  register: { alias: "champion" },
});

/** Runs in the browser. */
const FAULTS = readFileSync(new URL("../../fixtures/page-faults.mjs", import.meta.url), "utf8");

const project = projectFolders();
let folder = "";
let page = "";
let report: Report;

beforeAll(async () => {
  folder = project({
    "rows.jsonl": jsonLines(rows()),
    "millrace.config.json": {
      schema: 1,
      project: "hostile",
      models: {
        sold: model("sold", "logistic", ["roc-auc", "pr-auc", "ece", "confusion"], { baselines: ["prior"], gates: [{ metric: "roc-auc", atLeast: 0, versus: "baseline" }] }),
        kind: model("kind", "logistic", ["roc-auc", "confusion"]),
        price: model("price", "ridge", ["rmse", "residuals"]),
      },
    },
  });
  const run = await millrace(folder, "run");
  expect(run).toMatchObject({ code: 0, err: "" });
  const written = await millrace(folder, "report", "--out", "all.html");
  expect(written).toMatchObject({ code: 0, out: "all.html\n", err: "" });
  page = readFileSync(join(folder, "all.html"), "utf8");
  report = (await millrace(folder, "report", "--json")).json()[0] as Report;
}, 300_000);

describe("a report", () => {
  it("holds plan, metrics, plots, gates, comparison, slices, importance, data, certificate, lineage, ledger and environment", () => {
    for (const id of ["plan", "metrics", "gates", "comparison", "slices", "importance", "data", "signature", "certificate", "lineage", "ledger"]) expect(page.includes(`<h3 id="sold-${id}">`), id).toBe(true);
    expect(page.includes(`<h3 id="environment">`)).toBe(true);
    expect(page.match(/<figure class="plot"><figcaption>[^<]+/g)!.map((match) => match.slice(33))).toEqual(["ROC curve (roc-auc)", "Precision and recall (pr-auc)", "Calibration (ece)", "ROC curve of each class (roc-auc)", "Residuals (residuals)"]);
    expect(page.match(/<table class="confusion">/g)).toHaveLength(2);
    for (const task of report.models[0]!.tasks) expect(page.includes(`<title>${task.task}: ran.`), task.task).toBe(true);
    expect(page.includes(process.version)).toBe(true);
  });

  it("is one file without scripts, images or anything else from elsewhere", () => {
    // Tags with their attributes' names, without any text or value.
    const tags = new Set(page.replaceAll(/"[^"]*"/g, '""').match(/<[a-z][^>]*>/g));
    const loading = [...tags].filter((tag) => /^<(script|link|img|iframe|object|embed|base|image|use)\b|\s(src|srcset|data|xlink:href|on\w+)=/.test(tag));
    expect(loading).toEqual([]);
    expect([...page.matchAll(/ href="([^"]*)"/g)].filter(([, target]) => !target!.startsWith("#"))).toEqual([]);
    expect(/@import|url\(/.test(page)).toBe(false);
  });

  it("shows names and values as they are, and none of them as markup", () => {
    const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;").replaceAll("'", "&#39;");
    for (const text of [...KINDS, COLUMN]) expect(page.includes(escaped(text)), text).toBe(true);
    for (const markup of ["<b>size", "<img", "<script"]) expect(page.includes(markup), markup).toBe(false);
  });

  for (const scheme of ["light", "dark"] as const)
    it(`opens in Chromium (${scheme}) without a complaint or a request, and reads well`, async (context) => {
      const { complaints, answer } = await openInBrowser(context, join(folder, "all.html"), scheme, (browser) => browser.evaluate(FAULTS));
      expect(complaints).toEqual([]);
      expect(answer).toEqual({ unnamed: [], twice: [], images: 0, overflow: 0, skipped: [], pale: [] });
    });

  it("is printed dark on light, whatever the screen is", async (context) => {
    const { answer } = await openInBrowser(context, join(folder, "all.html"), "dark", async (browser) => {
      await browser.emulateMedia({ media: "print", colorScheme: "dark" });
      return browser.evaluate(`[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector("nav")).display]`);
    });
    expect(answer).toEqual(["rgb(255, 255, 255)", "none"]);
  });

  it("fits a narrow screen: what is wide scrolls by itself", async (context) => {
    const { answer } = await openInBrowser(context, join(folder, "all.html"), "light", async (browser) => {
      await browser.setViewportSize({ width: 380, height: 700 });
      return browser.evaluate(`[document.documentElement.scrollWidth, ...[...document.querySelectorAll("svg.plan")].map((plan) => plan.getBoundingClientRect().width / plan.viewBox.baseVal.width >= 0.74)]`);
    });
    // The plans' texts of 12 pixels are not shrunk below 9.
    expect(answer).toEqual([380, true, true, true]);
  });

  it("tells a model as it tells its run, and writes where nothing else is said into the project's home", async () => {
    const written = await millrace(folder, "report", "price@champion");
    expect(written.out).toBe(".millrace/reports/price-1.html\n");
    const one = readFileSync(join(folder, ".millrace/reports/price-1.html"), "utf8");
    expect(one.match(/<h2 .*?<\/h2>/g)).toEqual([`<h2 id="price">price@1</h2>`]);
    expect((await millrace(folder, "report", "price", "--json")).json()[0]).toMatchObject({ title: "price@1", models: [{ name: "price", version: { version: 1 }, aliases: ["champion"], problem: { kind: "regression" } }] });
  });

  it("is the same page for the same run, and a function of its data", async () => {
    await millrace(folder, "report", "last", "--out", "again.html");
    expect(readFileSync(join(folder, "again.html"), "utf8") === page).toBe(true);
  });

  it("tells where its run was made, which no key depends on, and which tasks were reused", async () => {
    const commit = "c0ffee".padEnd(40, "0");
    writeFiles(folder, { ".git/HEAD": `${commit}\n`, "package-lock.json": "{}" });
    expect((await millrace(folder, "run")).out).toContain("0 ran,");
    await millrace(folder, "report", "--out", "reused.html");
    const reused = readFileSync(join(folder, "reused.html"), "utf8");
    expect(reused.match(/<g class="task reused"/g)).toHaveLength(report.models.reduce((sum, { tasks }) => sum + tasks.length, 0));
    for (const text of [commit, digestOf("{}"), "package-lock.json", `${report.models[0]!.tasks.length} reused`]) expect(reused.includes(text), text).toBe(true);
  });

  it("refuses what is neither a model nor a run, and shows of a failed run what there is", async () => {
    expect((await millrace(folder, "report", "nope")).err).toContain("USAGE_RUN");
    expect((await millrace(folder, "report", "sold@9")).err).toContain("MODEL_NOT_FOUND");
    expect(await millrace(folder, "run", "sold", "--set", 'models.sold.check=[{"use":"unique","with":{"columns":["kind"]}}]')).toMatchObject({ code: 3 });
    const failed = await millrace(folder, "report", "--json");
    const [sold] = (failed.json()[0] as Report).models;
    expect(sold).toMatchObject({ version: null, evaluation: null, split: { rule: "random" } });
    await millrace(folder, "report", "--out", "failed.html");
    const shown = readFileSync(join(folder, "failed.html"), "utf8");
    for (const text of ["<strong>sold/check</strong>", ">not started<"]) expect(shown.includes(text), text).toBe(true);
  });
});
