import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { packageVersion } from "./package-version.js";
import { definePlugin } from "./plugin.js";

function urlBelow(manifest: object | null): string {
  const folder = mkdtempSync(join(tmpdir(), "millrace-version-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "dist"));
  if (manifest !== null) writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  return pathToFileURL(join(folder, "dist", "index.js")).href;
}

it("is that of the package.json above a module, which a plugin has unless it says another", () => {
  const url = urlBelow({ version: "3.1.4" });
  expect(packageVersion(url)).toBe("3.1.4");
  expect(definePlugin({ name: "acme", url }).version).toBe("3.1.4");
  expect(definePlugin({ name: "acme", version: "1.0.0", url }).version).toBe("1.0.0");
});

it("is 0.0.0 where nothing says one", () => {
  expect([packageVersion(urlBelow({})), packageVersion(urlBelow(null)), packageVersion("data:text/javascript,0")]).toEqual(["0.0.0", "0.0.0", "0.0.0"]);
});
