import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { abandonedScratch, removeAbandoned, scratchName } from "./scratch.js";

it("what a process that is gone left behind goes, what a living one uses stays, and what another machine left stays for a day", async () => {
  const folder = mkdtempSync(join(tmpdir(), "millrace-scratch-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const mine = scratchName("draft");
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const killed = mine.replace(`-${process.pid}-`, `-${pid}-`);
  expect(killed).not.toBe(mine);
  for (const name of [mine, killed, "draft-elsewhere-1-0-1", "draft-elsewhere-2-0-1"]) writeFileSync(join(folder, name), "half");
  const killedFolder = killed.replace("draft", "spilled");
  mkdirSync(join(folder, killedFolder, "deep"), { recursive: true });
  const longAgo = new Date(Date.now() - 25 * 3_600_000);
  utimesSync(join(folder, "draft-elsewhere-2-0-1"), longAgo, longAgo);
  expect(await abandonedScratch(folder)).toEqual([killed, "draft-elsewhere-2-0-1", killedFolder].sort().map((name) => join(folder, name)));
  expect(await abandonedScratch(folder, "spilled-")).toEqual([join(folder, killedFolder)]);
  await removeAbandoned(folder);
  expect(readdirSync(folder).sort()).toEqual([mine, "draft-elsewhere-1-0-1"].sort());
  expect(await abandonedScratch(join(folder, "nowhere"))).toEqual([]);
});

it("names are never given twice", () => {
  expect(scratchName("draft")).not.toBe(scratchName("draft"));
});
