import { existsSync } from "node:fs";
import { typesModel } from "@millrace/core/testkit";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, type TestContext } from "vitest";
import { runningServer, type TestServer } from "../../fixtures/running-server.js";

const CHROMIUM = "/usr/bin/chromium";
const [KEY, READER] = ["caller-key-0123456789", "reader-key-0123456789"];
const isThere = existsSync(CHROMIUM);

let server: TestServer;
let browser: Browser;
beforeAll(async () => {
  server = await runningServer({ auth: { keys: `caller read,infer ${KEY}\nreader read ${READER}` }, inputs: { price: "refuse" } }, { model: "types", bundle: typesModel(), pii: ["city"] });
  if (isThere) browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
});
afterAll(() => browser?.close());

interface Opened {
  readonly page: Page;
  /** What the browser complains of. */
  readonly complaints: readonly string[];
  /** What the page asked for. */
  readonly asked: readonly string[];
  answer(begins: string): Promise<string>;
}

async function open(context: TestContext, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Opened> {
  if (!isThere && process.env["MILLRACE_REQUIRE_ALL"] !== "1") context.skip(`there is no ${CHROMIUM} (Debian: chromium)`);
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const asked: string[] = [];
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("request", (request) => asked.push(request.url()));
  await page.goto(`${server.url}/v1/models/types/aliases/champion/try`);
  return {
    page,
    complaints,
    asked,
    async answer(begins) {
      await page.waitForFunction((text) => (globalThis as unknown as { document: { getElementById(id: string): { textContent: string } } }).document.getElementById("answer").textContent.startsWith(text), begins);
      return (await page.textContent("#answer"))!;
    },
  };
}

describe("the page to try a model", () => {
  it("asks for a key, then shows the model, and tries it; it asks nobody but its own server", async (context) => {
    const { page, complaints, asked, answer } = await open(context);
    expect(await answer("401")).toContain("SERVE_KEY");
    await page.fill("#key", KEY);
    await page.press("#key", "Tab");
    await page.waitForSelector("#columns tr");
    expect(await page.textContent("h1")).toBe("types version 1");
    expect(await page.textContent("#path")).toBe("/v1/models/types/aliases/champion/predict");
    const table = await page.textContent("#columns");
    for (const text of ["Personal data", "0 to 100", "else: refuse", "2020-01-01T00:00:00.000Z to 2024-01-01T00:00:00.000Z"]) expect(table).toContain(text);
    expect(await page.content()).not.toMatch(/Oslo|Rome/);
    await page.click("#send");
    expect(await answer("200")).toMatch(/"score"/);
    await page.fill("#body", "{");
    await page.click("#send");
    await answer("400");
    await page.fill("#key", READER);
    await page.click("#send");
    await answer("403");
    // The browser asks for an icon by itself, and tells that there is none.
    expect(asked.filter((url) => !url.endsWith("/favicon.ico")).every((url) => url.startsWith(`${server.url}/v1/models/types/`))).toBe(true);
    expect(complaints.filter((text) => !/40[0134]/.test(text))).toEqual([]);
  });

  it("fits a small screen", async (context) => {
    const { page } = await open(context, { viewport: { width: 360, height: 700 } });
    await page.fill("#key", KEY);
    await page.press("#key", "Tab");
    await page.waitForSelector("#columns tr");
    const width = "document.documentElement.scrollWidth";
    expect(await page.evaluate(width)).toBeLessThanOrEqual(360);
  });
});
