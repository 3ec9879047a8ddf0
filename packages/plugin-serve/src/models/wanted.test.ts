import type { ModelVersion } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { wantedPointers } from "./wanted.js";

const version = (model: string, number: number, more: Partial<ModelVersion> = {}) => ({ model, version: number, gates: "passed", sample: null, ...more }) as ModelVersion;
const CATALOGUE = {
  versions: [version("delays", 1), version("delays", 2), version("delays", 3), version("delays", 4, { gates: "failed" }), version("delays", 5, { sample: 10 }), version("churn", 1), version("bad", 1, { gates: "failed" })],
  aliases: [{ model: "delays", alias: "champion", version: 2 }, { model: "delays", alias: "challenger", version: 3 }, { model: "churn", alias: "ghost", version: 9 }],
};
const plain = (refs: readonly string[]) =>
  Object.fromEntries([...wantedPointers(refs, CATALOGUE)].map(([model, { main, aliases, versions }]) => [model, { main, aliases: Object.fromEntries(aliases), versions: [...versions].sort() }]));

describe("what is to be served", () => {
  it("is everything where nothing is named: aliases and the newest version that passed", () => {
    expect(plain([])).toEqual({ churn: { main: 1, aliases: {}, versions: [1] }, delays: { main: 2, aliases: { champion: 2, challenger: 3 }, versions: [2, 3] } });
  });

  it("is what is named", () => {
    expect(plain(["delays@challenger"])).toEqual({ delays: { main: 3, aliases: { challenger: 3 }, versions: [3] } });
    expect(plain(["delays@1"])).toEqual({ delays: { main: 1, aliases: {}, versions: [1] } });
    expect(plain(["delays@4"])).toEqual({ delays: { main: 4, aliases: {}, versions: [4] } });
    expect(plain(["delays@challenger", "delays@champion", "delays@1"])).toEqual({ delays: { main: 3, aliases: { challenger: 3, champion: 2 }, versions: [1, 2, 3] } });
  });

  it("leaves out what is not there", () => {
    expect(plain(["delays@9", "absent", "delays@absent", "churn@ghost", "bad"])).toEqual({});
  });
});
