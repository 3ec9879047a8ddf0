import { expect, it } from "vitest";
import { z } from "zod";
import checks from "./index.js";

it("describes every option, and refuses unknown ones", () => {
  for (const { name, options } of checks().extensions) {
    const schema = z.toJSONSchema(options as z.ZodType, { io: "input" });
    for (const [option, { description }] of Object.entries(schema.properties as Record<string, { description?: string }>)) expect(description, `${name}.${option}`).toBeTruthy();
    expect((options as z.ZodType).safeParse({ columns: ["a"], values: ["a"], pattern: "a", minimum: 1, wrong: 1 }).success, name).toBe(false);
  }
});
