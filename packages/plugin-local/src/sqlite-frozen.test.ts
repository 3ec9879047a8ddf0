import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "@photostructure/sqlite";
import type { Change } from "@millrace/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { commit } from "./sqlite-commit.js";
import { close, connect } from "./sqlite-connection.js";
import { frozenConnection, isWhole } from "./sqlite-frozen.js";

let home: string;
let path: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "millrace-"));
  // A name that a URL would take for something else.
  path = join(home, "store 100%?.sqlite");
});
afterEach(() => rm(home, { recursive: true }));

const lease = (id: string): Change => ({ entity: "lease", id, expect: null, value: { holder: "me", expiresAt: 0 } });

async function write(...ids: readonly string[]): Promise<void> {
  const connection = await connect(path, 100);
  await commit(connection, ids.map(lease));
  close(connection);
}

test("what was committed is read, and what is committed meanwhile; nothing is written", async () => {
  await write("a", "b");
  const frozen = frozenConnection(path);
  const ids = () => (frozen.statement("select id from record order by id").all() as { id: string }[]).map(({ id }) => id);
  expect(ids()).toEqual(["a", "b"]);
  await write("c");
  // The clock of a file system may be too coarse to tell two writes of one moment apart.
  const later = new Date(Date.now() + 1_000);
  await utimes(path, later, later);
  expect(ids()).toEqual(["a", "b", "c"]);
  await expect(commit(frozen, [lease("d")])).rejects.toMatchObject({ code: "STORE_FAILED" });
  close(frozen);
  expect(frozen.database.isOpen).toBe(false);
});

test("a file of another schema is refused, and said to have commits beside it where it has", async () => {
  await write("a");
  expect(isWhole(path)).toBe(true);
  await writeFile(join(home, "other-wal"), "commits");
  expect(isWhole(join(home, "other"))).toBe(false);
  for (const [version, code] of [[1_000, "STORE_NEWER"], [0, "STORE_OPEN"]] as const) {
    const database = new DatabaseSync(path);
    database.exec(`pragma user_version = ${version}; pragma wal_checkpoint(truncate)`);
    database.close();
    expect(() => frozenConnection(path)).toThrow(expect.objectContaining({ code }));
  }
});
