import { expect, it } from "vitest";
import { millrace, millraceOk } from "../../fixtures/millrace-process.js";
import { projectFolders } from "../../fixtures/project-folders.js";
import { jsonLines, orders } from "../../fixtures/shop.js";

// No `check` in the config: leakage is looked for in every model.
const project = projectFolders();
const CONFIG = {
  schema: 1,
  project: "shop",
  models: { returned: { source: { use: "json", with: { files: "rows.jsonl" } }, columns: { target: "returned", positive: true, ignore: ["id", "ordered", "spend"] }, split: "random", train: "logistic" } },
};

function leaking(plant: (order: { readonly returned: boolean }, at: number) => object, more: object = {}): string {
  return project({ "millrace.config.json": { ...CONFIG, models: { returned: { ...CONFIG.models.returned, ...more } } }, "rows.jsonl": jsonLines(orders(300).map((order, at) => ({ ...order, ...plant(order, at) }))) });
}

it.each([
  ["a number that follows from the target", ({ returned }: { readonly returned: boolean }, at: number) => ({ refund: returned ? 20 + (at % 7) : at % 7 })],
  ["a text that says the target", ({ returned }: { readonly returned: boolean }) => ({ refund: returned ? "paid back" : "kept" })],
  ["a column that is empty unless the target is true", ({ returned }: { readonly returned: boolean }, at: number) => ({ refund: returned ? at % 50 : null })],
] as const)("%s stops the run", async (_, plant) => {
  const { code, out, err } = await millrace(leaking(plant), "run");
  expect(code).toBe(3);
  expect(err).toMatch(/^error CHECK_FAILED: /);
  expect(err).toContain('"refund"');
  for (const innocent of ["city", "price", "member", "channel"]) expect(err).not.toContain(`"${innocent}"`);
  expect(out).toMatch(/✗ returned\/check/);
  expect(out).not.toContain("> returned/train");
});

it("a column that is ignored is no leak, and a model without one goes on", async () => {
  const folder = leaking(({ returned }) => ({ refund: returned ? 1 : 0 }), { columns: { ...CONFIG.models.returned.columns, ignore: ["id", "ordered", "spend", "refund"] } });
  await millraceOk(folder, "run", "--only", "returned/check");
});
