import type { Json } from "../contracts/json.js";
import type { IssueSpec } from "./issue.js";
import type { Path } from "./path.js";

function nameOf(value: unknown): string {
  if (typeof value === "number") return String(value);
  return typeof value === "object" && value !== null ? `an instance of ${value.constructor?.name ?? "a class"}` : `a ${typeof value}`;
}

/** What a config says as JSON: members that are undefined are left out, and what JSON cannot hold is reported. */
export function asJson(value: unknown, path: Path, report: (issue: IssueSpec) => void): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean" || (typeof value === "number" && Number.isFinite(value))) return value;
  if (Array.isArray(value)) return value.map((item, index) => asJson(item, [...path, index], report));
  const prototype: unknown = typeof value === "object" ? Object.getPrototypeOf(value) : null;
  // Objects of another realm (a script that jiti ran) have another Object.prototype, whose own prototype is null.
  if (typeof value === "object" && (prototype === null || Object.getPrototypeOf(prototype) === null)) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    return Object.fromEntries(members.map(([key, member]) => [key, asJson(member, [...path, key], report)]));
  }
  report({ path, message: `holds ${nameOf(value)}; a config is plain data.`, mend: typeof value === "function" ? "Name a module and its export instead of a function." : "Write it as text, number, list or object.", hides: path });
  return null;
}
