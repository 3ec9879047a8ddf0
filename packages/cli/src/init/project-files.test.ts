import { describe, expect, it } from "vitest";
import { projectFiles, slug } from "./project-files.js";

describe("the files beside a config", () => {
  it("are all written into an empty folder", () => {
    const files = projectFiles("shop", "sold", () => null);
    expect([...files.keys()]).toEqual(["package.json", ".npmrc", ".gitignore", "README.md"]);
    expect(JSON.parse(files.get("package.json")!)).toMatchObject({ name: "shop", private: true, type: "module", dependencies: { millrace: expect.stringMatching(/^\^\d/) } });
    expect(files.get(".npmrc")).toMatch(/^# npm warns that it does not know this key\..*\nonnxruntime-node-install=skip\n$/);
    expect(files.get(".gitignore")).toBe("node_modules/\n.millrace/\n");
    expect(files.get("README.md")).toContain("sold@champion");
  });

  it("keep what stands in them, and get only lines that they lack", () => {
    const existing: Readonly<Record<string, string>> = { "package.json": "{}", ".npmrc": "registry=https://npm.example", ".gitignore": "node_modules\n.millrace/\n", "README.md": "# mine" };
    expect([...projectFiles("shop", "sold", (name) => existing[name] ?? null)]).toEqual([[".npmrc", expect.stringMatching(/^registry=https:\/\/npm\.example\n# npm warns .*\nonnxruntime-node-install=skip\n$/)]]);
    expect(projectFiles("shop", "sold", (name) => (name === ".npmrc" ? "onnxruntime-node-install=skip\n" : null)).has(".npmrc")).toBe(false);
  });
});

it.each([
  ["Effect Amount of damage", "effect-amount-of-damage"],
  ["Cost Total $", "cost-total"],
  ["isLate", "is-late"],
  ["2024 Crème", "creme"],
  ["列", "otherwise"],
])("%s is named %s", (name, expected) => {
  expect(slug(name, "otherwise")).toBe(expected);
});
