import { expect, it } from "vitest";
import { artifactsOf } from "../../fixtures/artifacts-of.js";
import { millrace, millraceWith, type Ended } from "../../fixtures/millrace-process.js";
import { PATIENCE } from "../../fixtures/patience.js";
import { linkPackages, projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders, shopConfig } from "../../fixtures/shop.js";

const project = projectFolders();

it("millrace gc removes nothing beside a run in another process; once that was killed, it is no longer in the way", async () => {
  const folder = linkPackages(project({ "millrace.config.json": { ...shopConfig("returned"), plugins: ["./patience.ts"], retention: { artifacts: "0B" } }, ...PATIENCE, "orders.jsonl": jsonLines(orders()) }));
  const beside: Promise<Ended>[] = [];
  const before: (readonly string[])[] = [];
  const run = await millraceWith(
    {
      onOutput({ out }, child) {
        if (beside.length > 0 || !out.includes("> returned/train")) return;
        before.push(artifactsOf(folder));
        beside.push(millrace(folder, "gc").finally(() => child.kill("SIGKILL")));
      },
    },
    folder, "run", "--set", "models.returned.train=patience",
  );
  expect(run.code).toBeNull();
  const collected = await beside[0]!;
  expect(collected).toMatchObject({ code: 1, out: expect.stringMatching(/retention\.artifacts \(0B\).*Nothing was removed beside a run that is going on: \S+/s) });
  expect(artifactsOf(folder)).toEqual(before[0]);
  expect(before[0]!.length).toBeGreaterThan(0);
  expect(await millrace(folder, "gc")).toMatchObject({ code: 0, out: expect.stringMatching(/freed\. 0 artifacts stay/) });
  expect(artifactsOf(folder)).toEqual([]);
});
