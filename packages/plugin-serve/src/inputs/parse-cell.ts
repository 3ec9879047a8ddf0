import { widthOf, type Field, type Json } from "@millrace/core";

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
/** Year first, as the readers of files know times. */
const TIME = /^(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?:[ T](\d{1,2}):(\d{2})(:\d{2}(?:\.\d+)?)?\s?(?:(Z)|([+-]\d{2})(?::?(\d{2}))?)?)?$/;
const INFINITY = /^([+-]?)inf(?:inity)?$/i;

/** What a cell of a text file stands for in a column of another type, as the readers of files have it; the text itself where it stands for nothing of the kind. */
export function parseCell(field: Field, text: string): Json {
  const trimmed = text.trim();
  if (trimmed === "") return null;
  if ((field.shape ?? []).length > 0) return parseVector(trimmed, widthOf(field)) ?? text;
  if (field.dtype === "bool") return /^(?:true|t|1)$/i.test(trimmed) ? true : /^(?:false|f|0)$/i.test(trimmed) ? false : text;
  if (field.dtype === "timestamp") return isoTime(trimmed) ?? text;
  if (NUMBER.test(trimmed)) return Number(trimmed);
  if (/^nan$/i.test(trimmed)) return null;
  const infinity = INFINITY.exec(trimmed);
  return infinity === null ? text : infinity[1] === "-" ? -Infinity : Infinity;
}

function isoTime(text: string): string | null {
  const found = TIME.exec(text);
  if (found === null) return null;
  const [, year, , month, day, hour, minute, seconds = "", utc, zone, zoneMinutes = "00"] = found;
  const two = (digits: string): string => digits.padStart(2, "0");
  const date = `${year}-${two(month!)}-${two(day!)}`;
  return hour === undefined ? date : `${date}T${two(hour)}:${minute}${seconds}${utc ?? (zone === undefined ? "Z" : `${zone}:${zoneMinutes}`)}`;
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
