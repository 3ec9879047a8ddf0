import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { toJSONSchema, type ZodType } from "zod";
import plugin from "./index.js";

const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");

describe.each(plugin().extensions.map(({ name, summary, options }) => ({ name, summary, options: options as ZodType })))("README on $name", ({ name, summary, options }) => {
  const section = readme.split(`### \`${name}\`\n`)[1]?.split("\n##")[0] ?? "";

  it("has its summary", () => {
    expect(section).toContain(summary);
  });

  it("has every option with its default and its description, and no other", () => {
    const properties = Object.entries(toJSONSchema(options, { io: "input" }).properties ?? {});
    const rows = section.split("\n").filter((line) => line.startsWith("| `"));
    expect(rows.map((row) => row.split("`")[1])).toEqual(properties.map(([key]) => key));
    properties.forEach(([, schema], index) => {
      if (typeof schema === "boolean" || schema.description === undefined) throw new Error("an option is without a description");
      const byDefault = schema.default === undefined ? "required" : `\`${JSON.stringify(schema.default)}\``;
      expect(rows[index]).toContain(`| ${byDefault} | ${schema.description} |`);
    });
  });
});
