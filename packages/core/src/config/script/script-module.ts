import { existsSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, resolve } from "node:path";
import type { Expression, FunctionBody, Program } from "oxc-parser";
import type { Place } from "../config-file.js";

type Parser = typeof import("oxc-parser");

/** A script as it is written, for looking up where things stand in it. */
export interface ScriptModule {
  readonly file: string;
  readonly program: Program;
  /** Where an offset lies. */
  placeOf(offset: number): Place;
  /** The value of a constant of the module, or what an import brings; null where neither is to be read. */
  binding(name: string): Located | null;
  /** What a function of the module, or one that it imports, returns; null where it does not only return. */
  result(name: string): Located | null;
  /** What the module exports by a name. */
  exported(name: string): Located | null;
}

/** An expression and the module that it stands in. */
export interface Located {
  readonly module: ScriptModule;
  readonly node: Expression;
}

/** Modules by file, each parsed once. */
export type Modules = Map<string, ScriptModule | null>;

// In TypeScript an import of "./model.js" may mean model.ts.
const SPELLINGS = ["", ".ts", ".mts", ".js", ".mjs", "/index.ts", "/index.js"] as const;

function fileOf(from: string, specifier: string): string | null {
  if (!specifier.startsWith(".")) return null;
  const path = resolve(dirname(from), specifier);
  const paths = [...SPELLINGS.map((ending) => path + ending), path.replace(/\.js$/, ".ts"), path.replace(/\.mjs$/, ".mts")];
  return paths.find((one) => existsSync(one) && statSync(one).isFile()) ?? null;
}

/** The parser is native code: it loads with the first mistake that has to be placed. */
function parse(file: string, source: string): Program {
  const { parseSync } = createRequire(import.meta.url)("oxc-parser") as Parser;
  return parseSync(file, source).program;
}

/** Reads a module and, when they are asked for, those that it imports by relative paths; null where a file cannot be read or parsed. */
export function openModule(file: string, modules: Modules): ScriptModule | null {
  const known = modules.get(file);
  if (known !== undefined) return known;
  let opened: ScriptModule | null = null;
  try {
    opened = moduleOf(file, readFileSync(file, "utf8"), modules);
  } catch {
    // Whatever is wrong with it was told when it was imported.
  }
  modules.set(file, opened);
  return opened;
}

function moduleOf(file: string, source: string, modules: Modules): ScriptModule {
  const program = parse(file, source);
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const imported = (specifier: string, name: string): Located | null => {
    const path = fileOf(file, specifier);
    return path === null ? null : (openModule(path, modules)?.exported(name) ?? null);
  };
  const module: ScriptModule = {
    file,
    program,
    placeOf(offset) {
      const line = starts.findLastIndex((start) => start <= offset);
      return { file, line: line + 1, column: offset - starts[line]! + 1 };
    },
    binding(name) {
      const constant = constants(program).get(name);
      if (constant !== undefined) return { module, node: constant };
      const found = imports(program).get(name);
      return found === undefined ? null : imported(found.from, found.name);
    },
    result(name) {
      const made = module.binding(name);
      return made === null ? null : returned(made);
    },
    exported: (name) => exportOf(module, name, imported),
  };
  return module;
}

/** The constants of a module's top level, with what they are set to, and its functions. */
function constants({ body }: Program): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression>();
  for (const statement of body) {
    const declaration = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (declaration?.type === "FunctionDeclaration" && declaration.id !== null) found.set(declaration.id.name, declaration as unknown as Expression);
    if (declaration?.type !== "VariableDeclaration") continue;
    for (const { id, init } of declaration.declarations) if (id.type === "Identifier" && init !== null) found.set(id.name, init);
  }
  return found;
}

/** The expression that a function is: behind its arrow, or in the only statement of its body. */
function returned({ module, node }: Located): Located | null {
  if (!/^Arrow|^Function/.test(node.type)) return null;
  const { body } = node as { readonly body: Expression | FunctionBody | null };
  if (body === null || body.type !== "BlockStatement") return body === null ? null : { module, node: body };
  const [only, ...more] = body.body;
  return only?.type === "ReturnStatement" && only.argument !== null && more.length === 0 ? { module, node: only.argument } : null;
}

function imports({ body }: Program): ReadonlyMap<string, { readonly from: string; readonly name: string }> {
  const found = new Map<string, { readonly from: string; readonly name: string }>();
  for (const statement of body) {
    if (statement.type !== "ImportDeclaration") continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type === "ImportNamespaceSpecifier") continue;
      const name = specifier.type === "ImportDefaultSpecifier" ? "default" : nameOf(specifier.imported);
      found.set(specifier.local.name, { from: statement.source.value, name });
    }
  }
  return found;
}

function nameOf(name: { readonly type: "Identifier"; readonly name: string } | { readonly type: "Literal"; readonly value: string }): string {
  return name.type === "Identifier" ? name.name : name.value;
}

function exportOf(module: ScriptModule, name: string, imported: (specifier: string, name: string) => Located | null): Located | null {
  for (const statement of module.program.body) {
    if (name === "default" && statement.type === "ExportDefaultDeclaration") return { module, node: statement.declaration as Expression };
    if (name === "default" && statement.type === "ExpressionStatement" && statement.expression.type === "AssignmentExpression") {
      const { left, right } = statement.expression;
      if (left.type === "MemberExpression" && left.object.type === "Identifier" && left.object.name === "module") return { module, node: right };
    }
    if (statement.type !== "ExportNamedDeclaration") continue;
    const specifier = statement.specifiers.find(({ exported }) => nameOf(exported) === name);
    if (specifier !== undefined) return statement.source === null ? module.binding(nameOf(specifier.local)) : imported(statement.source.value, nameOf(specifier.local));
    if (constants({ ...module.program, body: [statement] }).has(name)) return module.binding(name);
  }
  return null;
}
