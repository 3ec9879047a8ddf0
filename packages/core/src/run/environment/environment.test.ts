import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { digestOf } from "../../fold/digest.js";
import { environmentOf } from "./environment.js";
import { gitCommit } from "./git-commit.js";

const [ONE, TWO] = ["a".repeat(40), "b".repeat(40)];
let folder = "";
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
};
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "millrace-environment-"))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("tells the commit of a branch, loose or packed, and of a detached head, from a folder within", async () => {
  write("deep/in/config", "");
  expect(await gitCommit(join(folder, "deep/in"))).toBeNull();
  write(".git/HEAD", "ref: refs/heads/main\n");
  expect(await gitCommit(join(folder, "deep/in"))).toBeNull();
  write(".git/packed-refs", `# pack-refs with: peeled\n${TWO} refs/heads/maintenance\n${ONE} refs/heads/main\n`);
  expect(await gitCommit(join(folder, "deep/in"))).toBe(ONE);
  write(".git/refs/heads/main", `${TWO}\n`);
  expect(await gitCommit(join(folder, "deep/in"))).toBe(TWO);
  write(".git/HEAD", `${ONE}\n`);
  expect(await gitCommit(folder)).toBe(ONE);
});

it("tells the commit of a linked work tree", async () => {
  write("repository/.git/HEAD", "ref: refs/heads/main\n");
  write("repository/.git/refs/heads/side", `${TWO}\n`);
  write("repository/.git/worktrees/side/HEAD", "ref: refs/heads/side\n");
  write("repository/.git/worktrees/side/commondir", "../..\n");
  write("side/.git", `gitdir: ${join(folder, "repository/.git/worktrees/side")}\n`);
  expect(await gitCommit(join(folder, "side"))).toBe(TWO);
});

it("names the lock file above by name and digest, and no place", async () => {
  write("pnpm-lock.yaml", "lockfileVersion: 9\n");
  write("app/millrace.config.ts", "");
  const found = await environmentOf(join(folder, "app"), "0.1.0");
  expect(found.lock).toEqual({ file: "pnpm-lock.yaml", digest: digestOf("lockfileVersion: 9\n") });
  expect(found).toMatchObject({ node: process.version, commit: null });
  expect(found.cpu.cores).toBeGreaterThan(0);
  expect(JSON.stringify(found)).not.toContain(folder);
});
