import { createHash, randomUUID } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { canonicalJson, digestOf, toRows, type Digest, type Json, type Out, type PluginContext, type Sink } from "@millrace/core";
import type { templateNameOptions } from "./template-name.options.js";

/** A file per part, with a JSON object a line; written beside, and renamed into its place when the last row is there. No batch at all leaves what was there. */
export function createTemplateName({ folder: name }: Out<typeof templateNameOptions>, { folder }: Pick<PluginContext, "folder">): Sink {
  const root = resolve(folder, name);
  return {
    async write(part, batches, signal) {
      signal.throwIfAborted();
      await mkdir(root, { recursive: true });
      const draft = join(root, `.${randomUUID()}`);
      const file = await open(draft, "wx");
      const hash = createHash("sha256");
      let rows = 0;
      let hasBatch = false;
      try {
        for await (const batch of batches) {
          signal.throwIfAborted();
          hasBatch = true;
          const text = toRows(batch).map((row) => `${canonicalJson(row as Json)}\n`).join("");
          await file.write(text);
          hash.update(text);
          rows += batch.length;
        }
        signal.throwIfAborted();
        await file.close();
        if (hasBatch) await rename(draft, join(root, fileOf(part)));
        else await rm(draft);
      } catch (error) {
        await file.close().catch(() => {});
        await rm(draft, { force: true });
        throw error;
      }
      return { rows, digest: `sha256:${hash.digest("hex")}` as Digest };
    },
  };
}

/** Parts may have names that no file can have, and names that some file systems take for one. */
function fileOf(part: string): string {
  return `${digestOf(part).slice("sha256:".length)}.jsonl`;
}
