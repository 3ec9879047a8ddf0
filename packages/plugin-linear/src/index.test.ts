import { expect, it } from "vitest";
import linear from "./index.js";

it("brings these trainers, each with described options", () => {
  const { extensions } = linear();
  expect(extensions.map(({ kind, name }) => `${kind} ${name}`)).toEqual(["trainer logistic", "trainer multinomial", "trainer linear-svm", "trainer ridge", "trainer prior", "trainer mean"]);
  for (const { options } of extensions) for (const option of Object.values(options.shape)) expect(option.description).toMatch(/\.$/);
});
