import type { Extension, Plugin } from "../contracts/plugin.js";
import type { Schema } from "../contracts/schema.js";
import type { Step } from "../contracts/step.js";
import { z } from "zod";
import { CORE } from "../plugin/core-name.js";
import { defineExtension } from "../plugin/extension.js";
import { definePlugin } from "../plugin/plugin.js";
import { afterStep } from "../run/steps/after.js";
import { certifyStep } from "../run/steps/certify.js";
import { checkStep } from "../run/steps/check.js";
import { evaluateStep } from "../run/steps/evaluate.js";
import { fitStep } from "../run/steps/fit.js";
import { foldPartsStep } from "../run/steps/fold-parts.js";
import { compareStep } from "../run/steps/compare.js";
import { crossValidateStep } from "../run/steps/cross-validate.js";
import { profileStep } from "../run/steps/profile.js";
import { readStep } from "../run/steps/read.js";
import { registerStep } from "../run/steps/register.js";
import { resplitStep } from "../run/steps/resplit.js";
import { splitStep } from "../run/steps/split.js";
import { trainStep } from "../run/steps/train.js";

const NO_OPTIONS: Schema = z.strictObject({});

function step<N extends string>(name: N, summary: string, implementation: Step): Extension<"step", N> {
  return defineExtension("step", { name, summary, options: NO_OPTIONS, create: () => implementation });
}

/** The core counts as a plugin: its extensions are the steps, in the order of a model's life. */
export const corePlugin: Plugin<typeof CORE, readonly Extension<"step">[]> = definePlugin({
  name: CORE,
  url: import.meta.url,
  extensions: [
    step("read", "Writes each partition of the source once, as Arrow parts in read order.", readStep),
    step("split", "Puts rows on the training, validation and test side, and finds out what the problem is.", splitStep),
    step("resplit", "Splits the training rows once more, for a part of cross-validation.", resplitStep),
    step("profile", "Sums up what each column holds, for reports.", profileStep),
    step("check", "Holds the data against its expectations.", checkStep),
    step("fit", "Learns the features from the training rows.", fitStep),
    step("fold-parts", "A piece of a step that folds the data: some parts of it.", foldPartsStep),
    step("train", "Learns the model, and its baselines.", trainStep),
    step("after", "Fits what stands behind the model.", afterStep),
    step("evaluate", "Measures metrics on every part and slice, and importance.", evaluateStep),
    step("compare", "Scores the model beside the champion and the baselines on the same rows.", compareStep),
    step("cross-validate", "Gathers the evaluations of the parts of cross-validation.", crossValidateStep),
    step("certify", "Shows that the file gives the same answers wherever and however it runs.", certifyStep),
    step("register", "Makes a model version, and moves the alias where every gate passed.", registerStep),
  ] as const,
});
