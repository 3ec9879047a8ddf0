import { expect, it } from "vitest";
import trees from "./index.js";

it("brings one trainer, each option described", () => {
  const { extensions } = trees();
  expect(extensions.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["trainer gradient-boosting"]);
  for (const option of Object.values(extensions[0].options.shape)) expect(option.description).toMatch(/\.$/);
});
