import { existsSync } from "node:fs";
import { typesModel } from "@millrace/core/testkit";
import { chromium } from "playwright-core";
import { expect, it } from "vitest";
import { runningServer } from "../../fixtures/running-server.js";

const CHROMIUM = "/usr/bin/chromium";
const KEY = "caller-key-0123456789";

it("a page tries a model from a browser, and asks nobody but its own server", async (context) => {
  if (!existsSync(CHROMIUM) && process.env["MILLRACE_REQUIRE_ALL"] !== "1") context.skip(`there is no ${CHROMIUM} (Debian: chromium)`);
  const server = await runningServer({}, { model: "types", bundle: typesModel(), pii: ["city"] });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    const asked: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`${server.url}/v1/models/types/try`);
    await page.fill("#key", KEY);
    await page.click("#send");
    await page.waitForFunction(() => (globalThis as unknown as { document: { getElementById(id: string): { textContent: string } } }).document.getElementById("answer").textContent !== "");
    expect(await page.textContent("#answer")).toMatch(/^200\n[\s\S]+"score"/);
    expect(await page.textContent("table")).toContain("masked");
    await page.fill("#body", "{");
    await page.click("#send");
    await page.waitForFunction(() => (globalThis as unknown as { document: { getElementById(id: string): { textContent: string } } }).document.getElementById("answer").textContent.startsWith("400"));
    // The browser asks for an icon by itself, and tells that there is none.
    expect(asked.filter((url) => !url.endsWith("/favicon.ico")).every((url) => url.startsWith(`${server.url}/v1/models/types/`))).toBe(true);
    expect(complaints.filter((text) => !/404|400/.test(text))).toEqual([]);
  } finally {
    await browser.close();
  }
});
