import type { Field } from "@millrace/core";
import type { ModelShape } from "@millrace/core/engine";

/** The declarations of a project's models: columns, names of features, inputs and outputs, as TypeScript. */
export function typesText(project: string, shapes: readonly ModelShape[]): string {
  return `// Written by \`millrace types\`: what the models of "${project}" read and answer. Write it anew when the data or the features change.
import type {} from "millrace";

declare module "millrace" {
  interface ProjectTypes {
${shapes.map((shape) => modelText(project, shape)).join("\n")}
  }
}
`;
}

function modelText(project: string, { model, columns, features, inputs, problem, registered }: ModelShape): string {
  const outputs = registered === null ? outputsBefore(problem) : registered.outputs.map((field) => [field.name, outputType(field, registered.problem?.kind === "regression" ? null : (registered.problem?.classes ?? null))] as const);
  const lines = [
    `${JSON.stringify(`${project}/${model}`)}: {`,
    ...members("columns", columns.map((field) => [field.name, JSON.stringify(field.dtype)])),
    `  features: ${features.length === 0 ? "never" : features.map((name) => JSON.stringify(name)).join(" | ")};`,
    ...members("inputs", (registered?.inputs ?? inputs).map((field) => [field.name, inputType(field)])),
    ...members("outputs", outputs),
    "};",
  ];
  return lines.map((line) => `    ${line}`).join("\n");
}

function members(name: string, all: readonly (readonly [string, string])[]): readonly string[] {
  if (all.length === 0) return [`  ${name}: {};`];
  return [`  ${name}: {`, ...all.map(([key, type]) => `    ${JSON.stringify(key)}: ${type};`), "  };"];
}

/** What a program may give: null is missing. */
function inputType(field: Field): string {
  return field.nullable ? `${valueType(field, "string | number")} | null` : valueType(field, "string | number");
}

/** What a program gets; a label is one of the classes. */
function outputType(field: Field, classes: readonly string[] | null): string {
  if (field.name === "label" && classes !== null) return `${classes.map((name) => JSON.stringify(name)).join(" | ")} | null`;
  if (field.name === "probabilities" && classes !== null) return `[${classes.map(() => "number | null").join(", ")}] | null`;
  return `${valueType(field, "string")} | null`;
}

/** What is known before a version is registered: the classes are not. */
function outputsBefore(problem: ModelShape["problem"]): readonly (readonly [string, string])[] {
  if (problem === null) return [];
  if (problem === "regression") return [["prediction", "number | null"]];
  const both = [["label", "string | null"], ["probabilities", "(number | null)[] | null"]] as const;
  return problem === "binary" ? [...both, ["score", "number | null"]] : both;
}

/** The type of a value in a JSON row; times are ISO 8601 texts, or what `time` says. */
function valueType({ dtype, shape }: Field, time: string): string {
  if (dtype === "sparse") return "Record<string, number>";
  if ((shape ?? []).length > 0) return "(number | null)[]";
  switch (dtype) {
    case "string":
    case "bytes":
      return "string";
    case "bool":
      return "boolean";
    case "timestamp":
      return time;
    default:
      return "number";
  }
}
