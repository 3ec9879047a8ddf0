import { describe, expect, it } from "vitest";
import { formatPath, type Tree } from "../path.js";
import { spellOutUses } from "../places.js";
import { loosely } from "./loose-model.js";
import { RULES, ruleIssues } from "./rules.js";

type Case = readonly [rule: string, model: Tree, paths: readonly string[]];

const GATE = { metric: "accuracy", atLeast: 0.5 };
const METRICS = ["accuracy"];
const target = "y";

const BROKEN: readonly Case[] = [
  ["trainingNeedsTarget", { train: "logistic", columns: { time: "t" } }, ["columns.target"]],
  ["positiveNeedsTarget", { columns: { positive: "yes" } }, ["columns.target"]],
  ["positiveOnlyForBinary", { columns: { target, task: "binary" } }, ["columns.positive"]],
  ["positiveOnlyForBinary", { columns: { target, task: "regression", positive: 1 } }, ["columns.positive"]],
  ["timeSplitNeedsTime", { split: "time", columns: { target } }, ["columns.time"]],
  ["horizonNeedsTime", { columns: { target, horizon: "1mo" } }, ["columns.horizon"]],
  ["sharesLeaveTraining", { split: { use: "random", with: { test: 0.9 } } }, ["split.with"]],
  ["sharesLeaveTraining", { split: { use: "hash", with: { test: "0.5", validation: 0.5 } } }, ["split.with"]],
  ["windowsFollowEachOther", { columns: { time: "t" }, split: { use: "time", with: { test: { from: "2024-02-01", to: "2024-01-01" } } } }, ["split.with.test"]],
  ["windowsFollowEachOther", { columns: { time: "t" }, split: { use: "time", with: { validation: { from: "2024-01-01", to: "2024-03-01" }, test: { from: "2024-02-01", to: "2024-04-01" } } } }, ["split.with.validation"]],
  ["windowsFollowEachOther", { columns: { time: "t", horizon: "40d" }, split: { use: "time", with: { validation: { from: "2024-01-01", to: "2024-02-01" }, test: { from: "2024-02-01", to: "2024-04-01" } } } }, ["split.with.validation"]],
  ["groupsHaveNoStrata", { columns: { target, group: "g" }, split: { use: "random", with: { stratify: true } } }, ["split.with.stratify"]],
  ["groupsHaveNoStrata", { columns: { target, group: "g" }, split: { use: "random", with: { stratify: "city" } } }, ["split.with.stratify"]],
  ["gateMetricIsMeasured", { evaluate: { metrics: METRICS, gates: [GATE, { metric: "acuracy", atLeast: 1 }] } }, ["evaluate.gates[1].metric"]],
  ["gateMetricIsMeasured", { evaluate: { metrics: ["f1", "f1"], gates: [{ metric: "f1-3", atLeast: 1 }] } }, ["evaluate.gates[0].metric"]],
  ["gateHasOneBound", { evaluate: { metrics: METRICS, gates: [{ metric: "accuracy" }, { ...GATE, atMost: 1 }] } }, ["evaluate.gates[0]", "evaluate.gates[1]"]],
  ["gateSliceIsSliced", { evaluate: { metrics: METRICS, slices: ["city"], gates: [{ ...GATE, slice: "town=Bern" }, { ...GATE, slice: "city" }] } }, ["evaluate.gates[0].slice", "evaluate.gates[1].slice"]],
  ["gateSliceIsSliced", { columns: { target, pii: ["city"] }, evaluate: { metrics: METRICS, slices: ["city"], gates: [{ ...GATE, slice: "city=Bern" }] } }, ["evaluate.gates[0].slice"]],
  ["gateVersusJudgesParts", { evaluate: { metrics: METRICS, gates: [{ ...GATE, versus: "baseline" }, { ...GATE, versus: "champion" }] } }, ["evaluate.gates[0].versus", "evaluate.gates[1].versus"]],
  ["gateVersusJudgesParts", { evaluate: { metrics: METRICS, slices: ["city"], baselines: ["prior"], gates: [{ ...GATE, versus: "baseline", slice: "city=Bern" }] } }, ["evaluate.gates[0].slice"]],
  ["gateOnCrossValidationNeedsParts", { evaluate: { metrics: METRICS, gates: [{ ...GATE, part: "cross-validation" }] } }, ["evaluate.gates[0].part"]],
  ["gateOnCrossValidationJudgesAll", { split: { use: "hash", with: { parts: 3 } }, evaluate: { metrics: METRICS, slices: ["city"], gates: [{ ...GATE, slice: "city=Bern" }, { ...GATE, part: "cross-validation" }, { ...GATE, part: "cross-validation", slice: "city=Bern" }] } }, ["evaluate.gates[2].slice"]],
  ["gateVersusJudgesParts", { split: { use: "hash", with: { parts: 3 } }, evaluate: { metrics: METRICS, slices: ["city"], baselines: ["prior"], gates: [{ ...GATE, versus: "baseline", part: "cross-validation", slice: "city=Bern" }] } }, ["evaluate.gates[0].slice"]],
  ["gateJudgesRows", { split: { use: "random", with: { test: 0.2, validation: 0 } }, evaluate: { metrics: METRICS, gates: [GATE, { ...GATE, part: "validation" }] } }, ["evaluate.gates[1].part"]],
  ["columnsPlayOneRole", { columns: { target, key: "k", weight: "k" } }, ["columns.weight"]],
  ["ignoredColumnsAreUnused", { columns: { target, weight: "w", ignore: ["w", "a"] }, features: [{ use: "category", from: ["b", "a"] }] }, ["columns.weight", "features[0].from[1]"]],
  ["targetIsNoFeature", { columns: { target }, features: [{ use: "category", from: ["a", "y"] }] }, ["features[0].from[1]"]],
  ["weightIsNoFeature", { columns: { target, weight: "w" }, features: [{ use: "category", from: ["w"] }] }, ["features[0].from[0]"]],
  ["featuresReadAColumnOnce", { columns: { target }, features: [{ use: "category", from: ["a", "b", "a"] }] }, ["features[0].from[2]"]],
];

const SOUND: Tree = {
  train: "logistic",
  columns: { target, time: "t", horizon: "1mo", key: "k", group: "k", weight: "w", positive: "yes", ignore: ["a"] },
  split: { use: "time", with: { validation: { from: "2023-12-01", to: "2024-02-01" }, test: { from: "2024-02-01", to: "2024-03-01" } } },
  features: [{ use: "category", from: ["b", "c"] }],
  evaluate: { metrics: ["accuracy", "accuracy"], slices: ["c"], baselines: ["prior"], gates: [GATE, { ...GATE, metric: "accuracy-2" }, { ...GATE, slice: "c=1" }, { ...GATE, versus: "baseline" }, { ...GATE, part: "validation" }] },
};

const issuesOf = (model: Tree) => ruleIssues(spellOutUses({ models: { m: model } })).map(({ path }) => formatPath(path.slice(2)));

describe("the rules over several keys", () => {
  it.each(BROKEN)("%s", (rule, model, paths) => {
    expect(issuesOf(model)).toEqual(paths);
    const whole = spellOutUses({ models: { m: model } }) as { readonly models: { readonly m: unknown } };
    expect(RULES[rule]!(loosely(whole.models.m))).toHaveLength(paths.length);
  });

  it("are all broken above", () => {
    expect([...new Set(BROKEN.map(([rule]) => rule))].sort()).toEqual(Object.keys(RULES).sort());
  });

  it("have nothing to say to a sound model, nor to one whose shape is wrong", () => {
    expect(issuesOf(SOUND)).toEqual([]);
    for (const wrong of [{}, { columns: 1, features: "x", evaluate: [], split: 3 }, { features: [1, null], evaluate: { gates: [null, 2], metrics: {} } }]) expect(issuesOf(wrong)).toEqual([]);
  });
});
