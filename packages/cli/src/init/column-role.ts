import { count } from "../print/number.js";
import { dateFormatsOf, type DateFormats } from "./date-formats.js";
import { quantileOf, type ColumnFacts, type NumberFacts } from "./column-facts.js";

/** What a column is good for. `ignored` columns are no feature; `why` says it in words that end a line of a config. */
export type ColumnRole =
  | { readonly kind: "ignored"; readonly what: "empty" | "constant" | "id" | "name" | "personal" | "bytes" | "mostly-missing" | "vector"; readonly why: string }
  | { readonly kind: "time"; readonly why: string; readonly formats: DateFormats | null }
  | { readonly kind: "category"; readonly why: string; readonly isWide: boolean }
  | { readonly kind: "number"; readonly why: string; readonly isSkewed: boolean }
  | { readonly kind: "text"; readonly why: string };

const MOST_MISSING = 0.95;
/** More categories than this are counted only where they are frequent. */
const WIDE = 50;
const FEWEST_ROWS_OF_ID = 20;
/** Ids that recur less than twenty times each teach nothing about the next one; those of places and shops, which recur, are categories. */
const FEW_ROWS_AN_ID = 0.05;

const ID_NAME = /(?:^|[\s_.-])(?:id|ids|uuid|guid|key|index|idx|row ?number|rownum)$|^(?:id|unnamed: ?\d+|column0)$/i;
const CAMEL_ID_NAME = /[a-z](?:Id|ID|Key)$/;
const CODE_NAME = /(?:^|[\s_.-])(?:zip|zipcode|zip code|postcode|postal code|code|cluster|group)$/i;
const PERSONAL_NAME = /(?:^|[\s_.-])(?:e-?mail|phone|telephone|mobile|ssn|social security|iban|passport|first name|last name|surname)(?:$|[\s_.-])/i;
const EMAIL = /^[^\s@]+@[^\s@]+\.[a-z]{2,}$/i;

function isIdName(name: string): boolean {
  return ID_NAME.test(name.trim()) || CAMEL_ID_NAME.test(name.trim());
}

/** What a column is good for beside a target; the first rule that fits wins. */
export function roleOf(facts: ColumnFacts): ColumnRole {
  for (const rule of [unusable, personal, identifier, time, textual, numeric]) {
    const role = rule(facts);
    if (role !== null) return role;
  }
  return { kind: "category", why: "two values", isWide: false };
}

type Rule = (facts: ColumnFacts) => ColumnRole | null;

const ignored = (what: Extract<ColumnRole, { kind: "ignored" }>["what"], why: string): ColumnRole => ({ kind: "ignored", what, why });

const unusable: Rule = ({ dtype, width, rows, missing, distinct, values }) => {
  if (dtype === "bytes") return ignored("bytes", "bytes, which no feature takes");
  if (width !== 1) return ignored("vector", "a list of numbers in each row: make columns of what you need in SQL");
  if (distinct === 0) return ignored("empty", "no value in any row");
  if (missing / rows > MOST_MISSING) return ignored("mostly-missing", `missing in ${percent(missing / rows)} of the rows`);
  if (distinct === 1) return ignored("constant", missing === 0 ? `${quoted(values[0]![0])} in every row` : `${quoted(values[0]![0])} or missing`);
  return null;
};

const personal: Rule = ({ name, texts, distinct }) => {
  if (texts === null || distinct < FEWEST_ROWS_OF_ID) return null;
  const emails = texts.distinctTexts.filter((text) => EMAIL.test(text)).length / distinct;
  if (emails > 0.8) return ignored("personal", "e-mail addresses");
  return PERSONAL_NAME.test(name) ? ignored("personal", "its name says personal data") : null;
};

const identifier: Rule = ({ name, dtype, rows, missing, distinct, numbers, texts }) => {
  const present = rows - missing;
  const share = distinct / present;
  if (dtype === "timestamp" || dtype === "bool" || present < FEWEST_ROWS_OF_ID) return null;
  if (share === 1 && numbers !== null && numbers.areWhole && (isIdName(name) || areCounted(numbers))) return ignored("id", "a number of its own in every row: it names the row");
  if (isIdName(name) && (numbers?.areWhole ?? true) && distinct > WIDE && share > FEW_ROWS_AN_ID) return ignored("id", "an id: a model would learn the rows by heart");
  if (texts !== null && share > 0.9 && texts.meanWords < 6 && dateFormatsOf(texts.distinctTexts) === null) return ignored("name", `${count(distinct)} different texts in ${count(present)} rows: it names the row`);
  return null;
};

/** 1, 2, 3, ...: the number of the row. */
function areCounted({ sorted, areAscending }: NumberFacts): boolean {
  const span = sorted.at(-1)! - sorted[0]!;
  return areAscending && span === sorted.length - 1;
}

const time: Rule = ({ dtype, texts, distinct }) => {
  if (dtype === "timestamp") return { kind: "time", why: "times", formats: null };
  const formats = texts === null || distinct < 3 ? null : dateFormatsOf(texts.distinctTexts);
  return formats === null ? null : { kind: "time", why: `dates as text, written ${formats.formats.join(" or ")}`, formats };
};

const textual: Rule = ({ texts, distinct, rows, missing }) => {
  if (texts === null) return null;
  if (texts.meanWords >= 6 && distinct / (rows - missing) > 0.5) return { kind: "text", why: `free text, ${texts.meanWords.toFixed(0)} words on average` };
  return { kind: "category", why: `${count(distinct)} different texts`, isWide: distinct > WIDE };
};

const numeric: Rule = ({ name, dtype, distinct, numbers }) => {
  if (dtype === "bool" || numbers === null) return null;
  if (numbers.areWhole && (CODE_NAME.test(name) || isIdName(name))) return { kind: "category", why: `numbers that are names: ${count(distinct)} of them`, isWide: distinct > WIDE };
  return { kind: "number", why: "numbers", isSkewed: isSkewed(numbers) };
};

/** A tail so long that its few values would outweigh all others: the furthest value lies more than ten times as far from the median as the middle half is wide (normal values: three times). */
export function isSkewed(numbers: NumberFacts): boolean {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => quantileOf(numbers, share));
  const reach = Math.max(numbers.sorted.at(-1)! - middle!, middle! - numbers.sorted[0]!);
  return numbers.sorted.length >= 100 && reach > 10 * (high! - low!);
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value < 1 || value > 99 ? Number(value.toPrecision(2)) : value.toFixed(0)} %`;
}

/** A value between quotes, cut where it is long. */
export function quoted(value: string): string {
  return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
}
