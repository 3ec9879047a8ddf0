import { inspect } from "node:util";
import { slice, toRows, type Frame, type Json } from "@millrace/core";
import { count } from "../print/number.js";
import { printable } from "../print/style.js";
import { table } from "../print/table.js";

type Rows = readonly Readonly<Record<string, Json>>[];

const SHOWN_ROWS = 20;
const WIDEST = 40;

/** A value as the console prints it: frames and lists of rows as tables, anything else as Node does. */
export function shown(value: unknown): string {
  if (isFrame(value)) return tableText(toRows(slice(value, 0, Math.min(SHOWN_ROWS, value.length))), value.length);
  if (isRows(value)) return tableText(value.slice(0, SHOWN_ROWS), value.length);
  return inspect(value, { depth: 4, colors: process.stdout.isTTY === true, maxArrayLength: 50 });
}

function tableText(rows: Rows, length: number): string {
  const names = Object.keys(rows[0] ?? {});
  const isNumber = (name: string): boolean => rows.every((row) => row[name] === null || typeof row[name] === "number");
  const body = table(names.map((title) => ({ title, align: isNumber(title) ? "right" : "left" })), rows.map((row) => names.map((name) => cell(row[name]!))));
  return `${body}${count(length)} ${length === 1 ? "row" : "rows"}${length > rows.length ? `, the first ${rows.length} shown` : ""}`;
}

function cell(value: Json): string {
  const text = value === null ? "" : typeof value === "string" ? printable(value) : JSON.stringify(value);
  return text.length > WIDEST ? `${text.slice(0, WIDEST - 3)}...` : text;
}

function isRows(value: unknown): value is Rows {
  return Array.isArray(value) && value.length > 0 && value.every((row) => typeof row === "object" && row !== null && Object.getPrototypeOf(row) === Object.prototype);
}

function isFrame(value: unknown): value is Frame {
  return typeof value === "object" && value !== null && "fields" in value && "column" in value && "length" in value;
}
