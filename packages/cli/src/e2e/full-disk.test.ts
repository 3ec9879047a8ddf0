import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millrace, millraceOk, millraceWith } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();
const RUN = ["run", "--only", "returned/evaluate"] as const;
const fresh = () => project({ "millrace.config.json": shopConfig("returned"), "orders.jsonl": jsonLines(orders()) });

let undisturbed: readonly string[];
beforeAll(async () => {
  const folder = fresh();
  await millraceOk(folder, ...RUN);
  undisturbed = artifactsOf(folder);
});

/** One error that names what lacks space, and what to do. */
function isClear({ code, err }: Awaited<ReturnType<typeof millrace>>): void {
  expect(code).toBe(1);
  expect(err.match(/^error /gm)).toHaveLength(1);
  expect(err).toMatch(/^error (STORE_NO_SPACE|ARTIFACT_NO_SPACE|DISK_FULL): /);
  expect(err).toMatch(/^mend: .*(Free some space|[Ff]ree)/m);
  expect(err).not.toMatch(/^\s+at /m);
}

async function goesOn(folder: string): Promise<void> {
  await millraceOk(folder, ...RUN);
  expect(artifactsOf(folder)).toEqual(undisturbed);
  expect(await millrace(folder, "doctor", "--deep")).toMatchObject({ code: 0 });
}

describe("a disk that is full", () => {
  it.for(["60k", "200k", "340k"])("of %s is one clear error; with space, the same command goes on to the same digests", async (size, context) => {
    const folder = fresh();
    const state = join(folder, ".millrace");
    mkdirSync(state);
    const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", state]);
    if (mounted.status !== 0) context.skip(`a small disk cannot be mounted here: ${String(mounted.stderr ?? mounted.error).trim()}`);
    try {
      isClear(await millrace(folder, ...RUN));
      execFileSync("mount", ["-o", "remount,size=2g", state]);
      await goesOn(folder);
    } finally {
      execFileSync("umount", ["-l", state]);
    }
  });
});

describe("a limit on the size of files", () => {
  it.runIf(process.platform === "linux")("is one clear error too, and without it the same command goes on", async () => {
    const folder = fresh();
    // In KiB: enough to make the store, too little for all records.
    isClear(await millraceWith({ shell: "ulimit -f 130" }, folder, ...RUN));
    await goesOn(folder);
  });
});
