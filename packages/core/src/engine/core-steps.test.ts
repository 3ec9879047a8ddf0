import type { PluginContext } from "../contracts/plugin.js";
import type { Gate, ResolvedModel } from "../contracts/resolved.js";
import type { Step } from "../contracts/step.js";
import { describeStep } from "../testkit/describe-step.js";
import { describeSuites } from "../testkit/describe-suites.js";
import type { StepCase } from "../testkit/step/step-case.js";
import { corePlugin } from "./core-plugin.js";

/** The suite on a step of the core, in its place among the others. */
function describeSteps(step: string, more: Pick<StepCase, "model" | "unstoppable"> = {}): void {
  const { create } = corePlugin.extensions.find(({ name }) => name === step)!;
  describeStep({ name: step, step, create: () => create({}, {} as PluginContext) as Step, ...more });
}

const inParts: Partial<ResolvedModel> = { split: { rule: "random", with: { test: 0.2, parts: 3 } } };
const better: Gate = { metric: "mean-error", part: "test", slice: null, atLeast: null, atMost: 1e9, versus: "baseline", bound: "point" };
const baselines = [{ kind: "trainer", name: "constant", with: { scale: 2 } }] as const;

describeSteps("read");
describeSteps("split");
describeSteps("resplit", { model: inParts });
describeSteps("profile");
describeSteps("check", { model: { check: [{ kind: "check", name: "positive", with: { column: "x" } }] } });
describeSteps("fit", { unstoppable: "It schedules tasks, which stop, and tells no progress of its own." });
describeSteps("train", { model: { evaluate: { metrics: [], slices: [], baselines, confidence: 0.95, gates: [] } } });
describeSteps("after", { model: { after: [{ use: { kind: "transform", name: "target-half", with: {} }, from: ["prediction"], as: null }] }, unstoppable: "This transform learns nothing, so that there is no pass over rows to stop." });
describeSteps("evaluate");
describeSteps("compare", { model: { evaluate: { metrics: [{ kind: "metric", name: "mean-error", with: {} }], slices: [], baselines, confidence: 0.95, gates: [better] } } });
describeSteps("cross-validate", { model: inParts, unstoppable: "It gathers a few numbers, in less time than a stop takes." });
describeSteps("certify");
describeSteps("register", { unstoppable: "It writes one record, after which there is nothing to stop." });

describeSuites(new URL(".", import.meta.url), corePlugin, { "step fold-parts": "It stands in no plan: steps that fold the data schedule its tasks while they run." });
