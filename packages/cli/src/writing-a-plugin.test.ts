import { expect, it } from "vitest";
import { createRegistry } from "@millrace/core/engine";
import acme from "../fixtures/acme/acme.js";
// The suites of docs/writing-a-plugin.md, which quotes these files.
import "../fixtures/acme/acme.test.js";

it("brings what the page says", () => {
  const registry = createRegistry([acme()]);
  expect(registry.list().map(({ extension }) => `${extension.kind} ${extension.name}`)).toEqual(["metric within", "transform winsorize"]);
});
