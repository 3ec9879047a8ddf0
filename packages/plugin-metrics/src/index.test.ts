import { expect, it } from "vitest";
import { z } from "zod";
import metrics from "./index.js";

/** Options that have no default. */
const REQUIRED: Readonly<Record<string, object>> = { cost: { falsePositive: 1, falseNegative: 4 } };

it("describes every option, and creates each metric from its defaults", async () => {
  for (const extension of metrics().extensions) {
    const schema = z.toJSONSchema(extension.options as z.ZodType, { io: "input" });
    for (const [name, option] of Object.entries(schema.properties ?? {})) expect((option as { description?: string }).description, `${extension.name}.${name}`).toBeTruthy();
    const metric = await extension.create((extension.options as z.ZodType).parse(REQUIRED[extension.name] ?? {}) as never, null as never);
    expect(["maximize", "minimize"]).toContain(metric.direction);
  }
});

it("refuses unknown options", () => {
  for (const extension of metrics().extensions) expect((extension.options as z.ZodType).safeParse({ wrong: 1 }).success, extension.name).toBe(false);
});
