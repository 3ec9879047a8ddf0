import type { ArrayExpression, Expression, ObjectExpression, ObjectProperty, SpreadElement } from "oxc-parser";
import type { Place } from "../config-file.js";
import { isTree, type Path, type Tree } from "../path.js";
import { openModule, type Located, type Modules } from "./script-module.js";

/** A constant that is itself has no end. (One that is spread into itself fails when it is loaded, before anybody asks for places.) */
const MOST_STEPS = 100;

/** A member of a literal: where its key or item stands, and what it is set to. */
interface Member {
  readonly place: Place;
  readonly value: Located;
}

/**
 * Where the parts of a script's default export stand: through constants, spreads, calls (`defineConfig({ ... })`), `as` and `satisfies`, and through
 * imports of relative files. What is computed has no place, so that its nearest parent's is used. `value`: what the export is.
 */
export function scriptPlaces(file: string, value: Tree): (path: Path) => Place | null {
  const modules: Modules = new Map();
  const exported = openModule(file, modules)?.exported("default") ?? null;
  return (path) => {
    let [at, inner]: [Located | null, unknown] = [exported, value];
    let place: Place | null = null;
    for (const key of path) {
      const member: Member | null = at === null ? null : memberOf(at, key, inner);
      if (member === null) return null;
      ({ place, value: at } = member);
      inner = isTree(inner) || Array.isArray(inner) ? (inner as Tree)[key] : undefined;
    }
    return place;
  };
}

function memberOf(holder: Located, key: string | number, value: unknown): Member | null {
  const literal = literalOf(holder);
  if (literal?.node.type === "ObjectExpression" && typeof key === "string") return propertyOf(literal as Located & { readonly node: ObjectExpression }, key);
  if (literal?.node.type === "ArrayExpression" && typeof key === "number") return itemOf(literal as Located & { readonly node: ArrayExpression }, key, Array.isArray(value) ? value.length : null);
  return null;
}

/** The literal behind casts, constants, imports and calls. */
function literalOf(located: Located): Located | null {
  let at: Located | null = located;
  for (let steps = 0; at !== null && steps < MOST_STEPS; steps++) {
    if (at.node.type === "ObjectExpression" || at.node.type === "ArrayExpression") return at;
    at = behind(at);
  }
  return null;
}

function behind({ module, node }: Located): Located | null {
  switch (node.type) {
    case "ParenthesizedExpression":
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return { module, node: node.expression };
    case "Identifier":
      return module.binding(node.name);
    case "CallExpression": {
      const made = node.callee.type === "Identifier" ? module.result(node.callee.name) : null;
      if (made !== null) return made;
      // defineConfig({ ... }), defineModel({ ... }): the literal inside is the value.
      const [first] = node.arguments;
      return first === undefined || first.type === "SpreadElement" ? null : { module, node: first };
    }
    case "MemberExpression": {
      const key = node.computed ? (node.property.type === "Literal" ? node.property.value : null) : (node.property as { readonly name: string }).name;
      return typeof key === "string" || typeof key === "number" ? (memberOf({ module, node: node.object }, key, null)?.value ?? null) : null;
    }
    default:
      return null;
  }
}

function keyOf({ key, computed }: ObjectProperty): string | null {
  if (key.type === "Literal") return String(key.value);
  return key.type === "Identifier" && !computed ? key.name : null;
}

/** The last one that says a key wins, as when it runs. */
function propertyOf({ module, node }: Located & { readonly node: ObjectExpression }, key: string): Member | null {
  for (const property of node.properties.toReversed()) {
    if (property.type === "SpreadElement") {
      const spread = memberOf({ module, node: property.argument }, key, null);
      if (spread !== null) return spread;
    } else if (keyOf(property) === key) return { place: module.placeOf(property.key.start), value: { module, node: property.value } };
  }
  return null;
}

/** An item by its number, which counts the items of spread lists; where one spread list is computed, the length of the whole tells how long it is. */
function itemOf({ module, node }: Located & { readonly node: ArrayExpression }, index: number, length: number | null): Member | null {
  const elements = node.elements.map((element) => (element?.type === "SpreadElement" ? spreadOf(module, element) : element === null ? null : [{ module, node: element }]));
  const unknown = elements.filter((items) => items === null).length;
  const known = elements.reduce((sum, items) => sum + (items?.length ?? 0), 0);
  let first = 0;
  for (const items of elements) {
    if (items === null && (unknown > 1 || length === null)) return null;
    const size = items?.length ?? length! - known;
    const item = items?.[index - first];
    if (index < first + size) return item === undefined ? null : { place: item.module.placeOf(item.node.start), value: item };
    first += size;
  }
  return null;
}

/** The items of a list that is spread; null where it is computed. */
function spreadOf(module: Located["module"], { argument }: SpreadElement): readonly Located[] | null {
  const list = literalOf({ module, node: argument });
  if (list?.node.type !== "ArrayExpression") return null;
  const { elements } = list.node;
  return elements.every((element): element is Expression => element !== null && element.type !== "SpreadElement") ? elements.map((node) => ({ module: list.module, node })) : null;
}
