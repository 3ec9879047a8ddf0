import { code, table } from "./markdown.mjs";

/** A few words that say what may be written: `text`, `list of number`, `"a" | "b"`. */
export function typeWords(schema) {
  const inner = schema.anyOf ?? schema.oneOf;
  if (inner !== undefined) return [...new Set(inner.map(typeWords))].join(" | ");
  if (schema.enum !== undefined) return schema.enum.map((one) => JSON.stringify(one)).join(" | ");
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === "array") return `list of ${isSchema(schema.items) ? typeWords(schema.items) : "anything"}`;
  if (schema.type === "object") return isSchema(schema.additionalProperties) ? `{ name: ${typeWords(schema.additionalProperties)} }` : schema.properties?.use === undefined ? "object" : "use";
  const types = [schema.type ?? "anything"].flat();
  return types.map((type) => (type === "string" ? "text" : type === "integer" ? "whole number" : type)).join(" | ");
}

/** A table of an object's members. `defaults` gives defaults that no schema knows, `more` rows for keys that it does not know. */
export function membersTable(schema, { defaults = {}, more = [] } = {}) {
  const rows = Object.entries(schema.properties ?? {}).map(([name, member]) => [code(name), code(typeWords(member)), defaultOf(name, member, schema, defaults), meaningOf(member)]);
  return table(["key", "type", "default", "meaning"], [...rows, ...more]);
}

function defaultOf(name, member, { required = [] }, defaults) {
  if (Object.hasOwn(defaults, name)) return defaults[name];
  if (member.default !== undefined) return code(JSON.stringify(member.default));
  return required.includes(name) ? "required" : "";
}

function meaningOf({ description = "", secret, location }) {
  const marks = [...(secret === true ? ["secret"] : []), ...(location === true ? ["in no key"] : [])];
  return marks.length === 0 ? description : `${description} (${marks.join(", ")})`;
}

function isSchema(value) {
  return typeof value === "object" && value !== null;
}
