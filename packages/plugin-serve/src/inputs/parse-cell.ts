import { widthOf, type Field, type Json } from "@millrace/core";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** What a cell of a text file stands for in a column of another type, as the readers of files have it; the text itself where it stands for nothing of the kind. */
export function parseCell(field: Field, text: string): Json {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if ((field.shape ?? []).length > 0) return parseVector(trimmed, widthOf(field)) ?? text;
  if (field.dtype === "bool") return /^true$/i.test(trimmed) ? true : /^false$/i.test(trimmed) ? false : text;
  if (field.dtype === "timestamp") return trimmed;
  if (NUMBER.test(trimmed)) return Number(trimmed);
  if (/^nan$/i.test(trimmed)) return null;
  const infinity = INFINITY.exec(trimmed);
  return infinity === null ? text : infinity[1] === "-" ? -Infinity : Infinity;
}

/** Vectors are JSON in text files. */
function parseVector(text: string, width: number): Json | null {
  try {
    const value = JSON.parse(text) as Json;
    return Array.isArray(value) && value.length === width ? value : null;
  } catch {
    return null;
  }
}
