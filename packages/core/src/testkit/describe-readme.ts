import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Extension, Plugin } from "../contracts/plugin.js";
import { extensionSchema } from "../plugin/extension-schema.js";

/** A plugin's README has a section `### \`name\`` per extension, with its summary and a table of its options: key, default, description. What it says is what the schemas say. */
export function describeReadme(readme: URL, plugin: Plugin): void {
  const text = readFileSync(readme, "utf8");
  describe.each((plugin.extensions as readonly Extension[]).map((extension) => ({ name: extension.name as string, summary: extension.summary, schema: extensionSchema({ extension, plugin }) })))("README on $name", ({ name, summary, schema }) => {
    const section = text.split(`### \`${name}\`\n`)[1]?.split("\n##")[0] ?? "";

    it("has its summary", () => {
      expect(section).toContain(summary);
    });

    it("has every option with its default and its description, and no other", () => {
      const properties = Object.entries(schema.properties ?? {});
      const rows = section.split("\n").filter((line) => line.startsWith("| `"));
      expect(rows.map((row) => row.split("`")[1])).toEqual(properties.map(([key]) => key));
      properties.forEach(([key, option], index) => {
        const otherwise = schema.required?.includes(key) ? "required" : option.default === undefined ? "none" : `\`${JSON.stringify(option.default)}\``;
        expect(rows[index]).toContain(`| ${otherwise} | ${option.description ?? "(no description)"} |`);
      });
    });
  });
}
