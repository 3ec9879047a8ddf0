import { createFrame, field, numberColumn, textColumn, type Frame } from "@millrace/core";
import { describeCheck } from "@millrace/core/testkit";
import { keysApart } from "./keys-apart.js";

const fields = [field("customer", "int64")];
const PARTS = ["train", "validation", "test", "gap"] as const;

describeCheck({
  name: "keys-apart",
  fields,
  needs: ["customer"],
  create: () => keysApart({ columns: ["customer"], severity: "error" }),
  clean: (rows, random) => {
    const keys = Array.from({ length: rows }, () => (random() < 0.1 ? null : Math.floor(random() * 30)));
    return frame(keys, keys.map((key) => (key === null ? "train" : PARTS[key % 3]!)).map((part) => (random() < 0.1 ? "gap" : part)));
  },
  broken(random) {
    const keys = Array.from({ length: 90 }, () => (random() < 0.1 ? null : Math.floor(random() * 30)));
    const parts = keys.map(() => PARTS[Math.floor(random() * 4)]!);
    const seen = (key: number | null, before: number) => new Set(parts.filter((part, row) => row < before && keys[row] === key && part !== "gap"));
    const shared = keys.map((key) => key !== null && seen(key, 90).size > 1);
    const rows = shared.filter((one, row) => one && parts[row] !== "gap").length;
    const examples = [...keys.keys()].filter((row) => shared[row]! && parts[row] !== "gap" && seen(keys[row]!, row).size === 1 && !seen(keys[row]!, row).has(parts[row]!));
    return { frame: frame(keys, parts), rows, examples };
  },
});

function frame(keys: readonly (number | null)[], parts: readonly string[]): Frame {
  return createFrame([...fields, field("$part", "string")], [numberColumn("int64", keys), textColumn(parts)], keys.length);
}
