import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { explainFailure } from "./failure.js";
import { openDatabase } from "./open.js";

const NOTHING = { files: [], tables: null };

test.each(["No space left on device", "Disk quota exceeded", "File too large"])("a disk on which there is no room to spill is told: %s", (reason) => {
  const cause = new Error(`IO Error: Could not write file "/disk/.millrace/tmp/duckdb_temp_storage_S192K-0.tmp": ${reason}`);
  expect(explainFailure(cause, NOTHING)).toMatchObject({ code: "DISK_FULL", message: expect.stringContaining(reason), mend: expect.stringContaining("limits.memory"), cause });
});

test.each([
  [`Could not convert string "x y" to 'BIGINT'`, ["x y"]],
  [`Could not convert string "1,2" to 'DECIMAL(18,3)'`, ["1,2"]],
  [`Could not convert string "BIGINT" to 'TIMESTAMP WITH TIME ZONE'`, ["BIGINT"]],
  [`Could not convert string "Ann" to 'Lee" to 'DATE'`, ["Ann\" to 'Lee", "Ann"]],
])("what is quoted of the data is told, and no type is: %s", (message, value) => {
  expect(explainFailure(new Error(`Conversion Error: ${message}`), { files: [], tables: ["t"] })).toMatchObject({ code: "SOURCE_SQL", facts: { value } });
});

test("a small disk is understood as DuckDB tells it", async (context) => {
  const home = mkdtempSync(join(tmpdir(), "millrace-spill-"));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const place = join(home, "tmp");
  mkdirSync(place);
  const mounted = spawnSync("mount", ["-t", "tmpfs", "-o", "size=3m", "tmpfs", place]);
  if (mounted.status !== 0) context.skip(`a small disk cannot be mounted here: ${String(mounted.stderr ?? mounted.error).trim()}`);
  onTestFinished(() => void spawnSync("umount", ["-l", place]));
  const database = await openDatabase({ home, limits: { threads: 1, memoryBytes: 2 ** 27 } }, []);
  const spilling = database.connection.run("SELECT count(*) FROM (SELECT range AS n, md5(range::VARCHAR) AS text FROM range(3000000) ORDER BY text)");
  const error: unknown = await spilling.then(() => null, (cause: unknown) => explainFailure(cause, NOTHING));
  database.close();
  expect(error).toMatchObject({ code: "DISK_FULL", message: expect.stringContaining("failed to offload") });
});
