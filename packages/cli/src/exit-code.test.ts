import { readFileSync } from "node:fs";
import { MillraceError } from "@millrace/core";
import { describe, expect, it } from "vitest";
import { exitCodeOf } from "./exit-code.js";

const DOCUMENTED = [...readFileSync(new URL("../../../docs/errors.md", import.meta.url), "utf8").matchAll(/^\| `([A-Z_0-9]+)` \|.*\| (\d+) \| [^|]+ \|$/gm)].map(([, code, exit]) => [code!, Number(exit)] as const);

function failure(code: string, cause?: unknown): MillraceError {
  return new MillraceError({ code, message: "It failed.", mend: "Mend it.", cause });
}

describe("exit codes", () => {
  it("are documented for all codes", () => {
    expect(DOCUMENTED.length).toBeGreaterThan(100);
  });
  it.each(DOCUMENTED.filter(([code]) => code !== "HOOK_FAILED"))("%s ends with %d, whatever caused it", (code, exit) => {
    for (const cause of [undefined, new TypeError("x"), failure("RUN_INTERRUPTED"), failure("DATA_NO_COLUMN")]) expect(exitCodeOf(failure(code, cause))).toBe(exit);
  });
  it("a failed hook ends with what it carries", () => {
    expect(exitCodeOf(failure("HOOK_FAILED", failure("DATA_NO_COLUMN")))).toBe(3);
    expect(exitCodeOf(failure("HOOK_FAILED", new TypeError("x")))).toBe(1);
    expect(exitCodeOf(new TypeError("x"))).toBe(1);
  });
});
