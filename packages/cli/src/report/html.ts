const MARKUP: unique symbol = Symbol("markup");

/** Markup that is safe as it is. Made by `html` and `trusted` only: no data can pass for it. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What may stand in a template: text is escaped, lists are put one after another, null and false are nothing. */
export type Piece = Html | string | number | null | false | readonly Piece[];

/** The one way from text to markup: every `${...}` is escaped, for elements and for attributes in double quotes. */
export function html(template: TemplateStringsArray, ...pieces: readonly Piece[]): Html {
  return trusted(template.reduce((markup, text, index) => `${markup}${text}${index < pieces.length ? markupOf(pieces[index]!) : ""}`, ""));
}

/** Markup of a library that escapes by itself. */
export function trusted(markup: string): Html {
  return { [MARKUP]: markup };
}

export function markupOf(piece: Piece): string {
  if (piece === null || piece === false) return "";
  if (typeof piece === "number") return String(piece);
  if (typeof piece === "string") return escaped(piece);
  return MARKUP in piece ? piece[MARKUP] : piece.map(markupOf).join("");
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Control characters, which HTML forbids, are shown as U+FFFD. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!).replace(CONTROLS, "\uFFFD");
}

const CONTROLS = new RegExp(String.raw`[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]`, "g");
