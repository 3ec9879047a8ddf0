import type { Path } from "./path.js";
import { formatPath } from "./path.js";

const SPACE = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const NAME = /[\p{ID_Start}$_][\p{ID_Continue}$]*|\d+/uy;
const QUOTED = /"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/y;
/** A slash opens a regular expression only where a value may begin. */
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/\w*/y;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };

/**
 * Where the keys of the config literal of a script stand: by path, the line from 1. It reads object and list literals only, so what is
 * spread, computed or imported has no line, and its nearest parent's is used.
 */
export function scriptLines(source: string): ReadonlyMap<string, number> {
  const lines = new Map<string, number>();
  const start = startOf(source);
  const open = start < 0 ? -1 : source.indexOf("{", start);
  if (open < 0) return lines;
  try {
    new Scanner(source, lines).value(open, []);
  } catch (error) {
    // What was found before the source ended is right.
    if (!(error instanceof RangeError)) throw error;
  }
  return lines;
}

/** Behind `export default`, or behind the `=` of the constant that it names; -1 where there is none. */
function startOf(source: string): number {
  const exported = /^[ \t]*(?:export\s+default\b|module\.exports\s*=)[ \t]*(?:([\w$]+)[ \t]*(?:;|$))?/m.exec(source);
  if (exported === null) return -1;
  const [whole, name] = exported;
  if (name === undefined) return exported.index + whole.length;
  const constant = new RegExp(`^[ \\t]*(?:export\\s+)?(?:const|let|var)\\s+${name.replaceAll("$", "\\$")}\\b[^=]*=`, "m").exec(source);
  return constant === null ? -1 : constant.index + constant[0].length;
}

/** The key that a quoted text names. */
function unquoted(quoted: string): string {
  try {
    return JSON.parse(quoted.startsWith('"') ? quoted : `"${quoted.slice(1, -1).replaceAll("\\'", "'").replaceAll('"', '\\"')}"`) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Reads literals from a position on; each method returns the position behind what it read, and throws RangeError at the end of the source. */
class Scanner {
  readonly #source: string;
  readonly #lines: Map<string, number>;
  readonly #starts: readonly number[];

  constructor(source: string, lines: Map<string, number>) {
    this.#source = source;
    this.#lines = lines;
    this.#starts = [0, ...[...source.matchAll(/\n/g)].map((match) => match.index + 1)];
  }

  value(from: number, path: Path): number {
    const at = this.#space(from);
    const open = this.#source[at];
    if (open === "{") return this.#expression(this.#object(at + 1, path));
    if (open === "[") return this.#expression(this.#list(at + 1, path));
    // defineConfig({ ... }), defineModel({ ... }): the literal inside is the value.
    const call = this.#match(/(?:[\p{ID_Continue}$.]+)\s*\(\s*(?=\{)/uy, at);
    return this.#expression(call === null ? at : this.#brackets(this.value(at + call.length, path), ")"));
  }

  #object(from: number, path: Path): number {
    for (let at = this.#space(from); ; ) {
      if (this.#char(at) === "}") return at + 1;
      at = this.#space(this.#member(at, path));
      if (this.#char(at) === ",") at = this.#space(at + 1);
      else if (this.#char(at) !== "}") throw new RangeError("no object literal");
    }
  }

  #member(at: number, path: Path): number {
    const quoted = this.#match(QUOTED, at);
    const name = quoted ?? this.#match(NAME, at);
    if (name === null) return this.#expression(at);
    const inner = [...path, quoted === null ? name : unquoted(quoted)];
    this.#lines.set(formatPath(inner), this.#lineOf(at));
    const behind = this.#space(at + name.length);
    return this.#char(behind) === ":" ? this.value(behind + 1, inner) : this.#expression(behind);
  }

  #list(from: number, path: Path): number {
    let at = this.#space(from);
    for (let index = 0; this.#char(at) !== "]"; index++) {
      const inner = [...path, index];
      this.#lines.set(formatPath(inner), this.#lineOf(at));
      at = this.#space(this.value(at, inner));
      if (this.#char(at) === ",") at = this.#space(at + 1);
      else if (this.#char(at) !== "]") throw new RangeError("no list literal");
    }
    return at + 1;
  }

  /** Over an expression, up to the comma or bracket that ends it. */
  #expression(from: number): number {
    let valueMayBegin = true;
    for (let at = this.#space(from); ; at = this.#space(at)) {
      const char = this.#char(at);
      if (char === "," || char === "}" || char === "]" || char === ")") return at;
      const token: string | null = this.#match(QUOTED, at) ?? (valueMayBegin ? this.#match(REGEX, at) : null) ?? this.#match(NAME, at);
      valueMayBegin = token === null && !(char in CLOSING) && char !== "`";
      if (token !== null) at += token.length;
      else if (char === "`") at = this.#template(at + 1);
      else if (char in CLOSING) at = this.#brackets(at + 1, CLOSING[char]!);
      else at += 1;
    }
  }

  #brackets(from: number, close: string): number {
    for (let at = this.#expression(from); ; at = this.#expression(at + 1)) if (this.#char(at) === close) return at + 1;
  }

  #template(from: number): number {
    for (let at = from; ; at++) {
      const char = this.#char(at);
      if (char === "`") return at + 1;
      if (char === "\\") at += 1;
      else if (char === "$" && this.#char(at + 1) === "{") at = this.#brackets(at + 2, "}") - 1;
    }
  }

  #space(at: number): number {
    return at + (this.#match(SPACE, at)?.length ?? 0);
  }

  #match(pattern: RegExp, at: number): string | null {
    pattern.lastIndex = at;
    return pattern.exec(this.#source)?.[0] ?? null;
  }

  #char(at: number): string {
    if (at >= this.#source.length) throw new RangeError("the source ends");
    return this.#source[at]!;
  }

  #lineOf(at: number): number {
    let low = 0;
    for (let high = this.#starts.length; high - low > 1; ) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= at) low = middle;
      else high = middle;
    }
    return low + 1;
  }
}
