import { defineExtension, definePlugin } from "@millrace/core/plugin";
import { inSetOptions } from "./in-set.options.js";
import { keysApartOptions } from "./keys-apart.options.js";
import { leakageOptions } from "./leakage.options.js";
import { notNullOptions } from "./not-null.options.js";
import { patternOptions } from "./pattern.options.js";
import { rangeOptions } from "./range.options.js";
import { rowCountOptions } from "./row-count.options.js";
import { uniqueOptions } from "./unique.options.js";

/** Expectations of the data, and target leakage. An implementation loads when it is created. */
export default () => definePlugin({ name: "@millrace/plugin-checks", url: import.meta.url, extensions: checks });

const checks = [
  defineExtension("check", { name: "in-set", summary: "Values of a list", options: inSetOptions, create: async (options) => (await import("./in-set.js")).inSet(options) }),
  defineExtension("check", { name: "keys-apart", summary: "Keys that lie on one part only", options: keysApartOptions, create: async (options) => (await import("./keys-apart.js")).keysApart(options) }),
  defineExtension("check", { name: "leakage", summary: "No column that alone tells the target", options: leakageOptions, create: async (options) => (await import("./leakage.js")).leakage(options) }),
  defineExtension("check", { name: "not-null", summary: "A value in every row", options: notNullOptions, create: async (options) => (await import("./not-null.js")).notNull(options) }),
  defineExtension("check", { name: "pattern", summary: "Texts that match a regular expression", options: patternOptions, create: async (options) => (await import("./pattern.js")).pattern(options) }),
  defineExtension("check", { name: "range", summary: "Numbers and times between two bounds", options: rangeOptions, create: async (options) => (await import("./range.js")).range(options) }),
  defineExtension("check", { name: "row-count", summary: "A number of rows", options: rowCountOptions, create: async (options) => (await import("./row-count.js")).rowCount(options) }),
  defineExtension("check", { name: "unique", summary: "No value twice", options: uniqueOptions, create: async (options) => (await import("./unique.js")).unique(options) }),
];
