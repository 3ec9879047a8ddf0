import { seeded } from "../../packages/core/dist/index.js";

/** Bodies of requests by what a model says of its columns, so many of them, each with so many rows. */
export function bodiesOf({ inputs }, count, rows, salt = "bodies") {
  const random = seeded(salt);
  return Array.from({ length: count }, () => JSON.stringify({ rows: Array.from({ length: rows }, () => Object.fromEntries(inputs.map((input) => [input.name, input.shape === undefined ? valueOf(input, random) : Array.from({ length: input.shape[0] }, () => valueOf(input, random))]))) }));
}

function valueOf({ type, categories, minimum = 0, maximum = 1 }, random) {
  if (type === "string") return categories[Math.floor(random() * categories.length)];
  if (type === "timestamp") {
    // The ends of a range of times are told as texts.
    const [first, last] = [new Date(minimum), new Date(maximum)].map(Number);
    return new Date(Math.round(first + random() * (last - first))).toISOString();
  }
  const value = minimum + random() * (maximum - minimum);
  if (type === "float32" || type === "float64") return Number(value.toFixed(6));
  return type === "bool" ? value > 0.5 : Math.round(value);
}
