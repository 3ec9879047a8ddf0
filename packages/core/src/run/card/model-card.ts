import type { Field } from "../../contracts/frame.js";
import type { Signature } from "../../contracts/model.js";
import type { Remark } from "../../contracts/remark.js";
import type { Certificate } from "../certify/certificate.js";
import type { FramesManifest } from "../data/frames.js";
import { SIDES, USED_SIDES, type SplitManifest } from "../data/sides.js";
import type { CrossValidation } from "../evaluate/cross-validation.js";
import type { Evaluation } from "../evaluate/evaluation.js";
import type { FeaturesManifest } from "../features/manifest.js";
import type { GateOutcome } from "../register/gates.js";
import type { Lineage } from "../register/lineage.js";
import { count, table } from "./markdown.js";
import { baselineSection, crossValidationSection, importanceSection, metricSection, sliceSection } from "./scores.js";

export interface CardFacts {
  readonly name: string;
  readonly signature: Signature;
  /** Operator sets of the file by domain, `""` being ai.onnx. */
  readonly opsets: ReadonlyMap<string, number>;
  readonly frames: FramesManifest;
  readonly split: SplitManifest;
  readonly features: FeaturesManifest;
  readonly findings: readonly { readonly severity: string; readonly message: string }[];
  readonly remarks: readonly Remark[];
  readonly evaluation: Evaluation;
  readonly crossValidation: CrossValidation | null;
  readonly gates: readonly GateOutcome[];
  readonly certificate: Certificate;
  readonly lineage: Lineage;
  readonly confidence: number;
  readonly pii: readonly string[];
}

/** A model card (Mitchell et al. 2019) in Markdown, a pure function of what the run found: the same model has the same card everywhere. */
export function modelCard(facts: CardFacts): string {
  const sections = [
    `# Model card: ${facts.name}`,
    intendedUse(facts),
    data(facts),
    split(facts),
    features(facts),
    metricSection(facts.evaluation, facts.confidence),
    crossValidationSection(facts.crossValidation, facts.evaluation, facts.confidence),
    baselineSection(facts.evaluation, facts.confidence),
    gates(facts),
    sliceSection(facts.evaluation, facts.confidence, facts.pii),
    importanceSection(facts.evaluation, facts.remarks),
    limits(facts),
    certificate(facts),
    lineage(facts),
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

function intendedUse({ name, signature: { problem, inputs, outputs } }: CardFacts): string {
  const what =
    problem?.kind === "binary"
      ? `the probability that the class is \`${problem.positive}\` (the other is \`${problem.classes.find((one) => one !== problem.positive)}\`)`
      : problem?.kind === "multiclass"
        ? `which of ${problem.classes.length} classes a row belongs to: ${problem.classes.slice(0, 20).map((one) => `\`${one}\``).join(", ")}${problem.classes.length > 20 ? ", ..." : ""}`
        : "a number";
  return [
    "## Intended use",
    `\`${name}\` predicts ${what}, for rows of the kind that it was trained on, from these raw columns:`,
    table(["input", "type", "missing"], inputs.map((field) => [`\`${field.name}\``, field.dtype, field.dtype === "string" ? "empty text or null" : "NaN or null"])),
    `It answers with ${outputs.map(({ name: output }) => `\`${output}\``).join(", ")}. It is not meant for decisions about people without a review of the slices below, nor for rows from another population or time than its data.`,
  ].join("\n\n");
}

function data({ frames, lineage: { sample }, findings }: CardFacts): string {
  const lines = [`${count(frames.rows)} rows, ${frames.fields.length} columns${sample === null ? "" : `, **a sample of at most ${count(sample)} rows**`}.`];
  if (findings.length > 0) lines.push(`Warnings of the checks:\n\n${findings.map(({ message }) => `- ${message}`).join("\n")}`);
  return ["## Data", ...lines].join("\n\n");
}

function split({ split: { rule, rows, facts, problem, classRows } }: CardFacts): string {
  const known = facts.map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`);
  const sides = SIDES.filter((side) => rows[side] > 0 || USED_SIDES.includes(side as never)).map((side) => [side, count(rows[side])]);
  const classes = classRows === null || problem === null || problem.kind === "regression" ? "" : `Classes among the training rows: ${problem.classes.map((name, index) => `\`${name}\` ${count(classRows[index]!)}`).slice(0, 20).join(", ")}.`;
  return ["## Split", `By ${rule}: ${known.join("; ")}.`, table(["part", "rows"], sides), classes].filter((line) => line !== "").join("\n\n");
}

function features({ features: { outputs, unused, cross } }: CardFacts): string {
  const rows = outputs.map((field) => [`\`${field.name}\``, kindOf(field)]);
  const notes = [cross === null ? "" : "Features that learn from the target are cross-fitted in training: each row gets the state of the other parts.", unused.length === 0 ? "" : `Not used: ${unused.map((name) => `\`${name}\``).join(", ")}.`];
  return ["## Features", table(["feature", "kind"], rows), ...notes].filter((line) => line !== "").join("\n\n");
}

function kindOf({ categories, dtype, shape }: Field): string {
  if (categories !== null) return `category of ${count(categories.length)}`;
  return shape?.length ? `${dtype === "sparse" ? "sparse " : ""}vector of ${count(shape[0]!)} numbers` : "number";
}

function gates({ gates: outcomes }: CardFacts): string {
  if (outcomes.length === 0) return "";
  return ["## Gates", table(["gate", "outcome"], outcomes.map(({ message, passed }) => [message, passed ? "passed" : "**failed**"]))].join("\n\n");
}

function limits({ evaluation, features: { inputs }, frames, remarks, opsets, signature: { decision } }: CardFacts): string {
  const lines = [
    "Metrics hold for rows like those of the test part; intervals are normal approximations and know nothing of drift.",
    "Unseen categories count as no evidence; missing values take what training put in their place.",
    "Numbers enter the model as float64 and its answers leave as float32.",
  ];
  lines.push(...remarks.filter(({ about }) => about !== "importance").map(({ sentence }) => sentence));
  if (decision !== undefined) lines.push(`Metrics of decisions without a threshold of their own judge \`${decision}\`, and not the label, which is the likelier class.`);
  else if (evaluation.problem.kind === "binary") lines.push("The label is the likelier class; where errors cost differently, choose a threshold on the score.");
  if (inputs.some(({ dtype }) => dtype === "timestamp")) lines.push("Times are UTC.");
  const opset = opsets.get("") ?? 17;
  if (opset > 17) lines.push(`The file needs operator set ${opset} of ONNX, which other models do not: onnxruntime 1.17 or later.`);
  if (frames.rows < 1_000) lines.push(`It was made from ${count(frames.rows)} rows only: expect other data to give another model.`);
  return ["## Limits", lines.map((line) => `- ${line}`).join("\n")].join("\n\n");
}

function certificate({ certificate: { goldenRows, randomRows, batchSizes, witnesses } }: CardFacts): string {
  const rows = witnesses.map(({ runtime, how, golden, random }) => [`${runtime.name} ${runtime.version}`, runtime.provider, how, `${golden.different} of ${count(golden.rows)}`, `${random.different} of ${count(random.rows)}`, String(Math.max(golden.maximumUlp, random.maximumUlp))]);
  return [
    "## Certificate",
    `The file alone was run on ${goldenRows} golden and ${count(randomRows)} random rows, in batches of ${batchSizes.map(count).join(", ")}, and compared with the whole graph in one batch.`,
    table(["runtime", "provider", "graph", "answers to golden rows that differ", "answers to random rows that differ", "greatest difference, ulp"], rows),
  ].join("\n\n");
}

function lineage({ lineage: { source, artifacts } }: CardFacts): string {
  const partitions = Object.entries(source.partitions);
  const rows = [...partitions.slice(0, 20).map(([id, digest]) => [`partition ${id}`, `\`${digest}\``]), ...Object.entries(artifacts).map(([name, digest]) => [name, `\`${digest}\``])];
  return ["## Lineage", `Source \`${source.use}\`, ${count(partitions.length)} partition${partitions.length === 1 ? "" : "s"}.`, table(["what", "digest"], rows)].join("\n\n");
}
