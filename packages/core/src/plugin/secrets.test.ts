import { describe, expect, it } from "vitest";
import { MillraceError } from "../errors/millrace-error.js";
import { hideSecrets, hideSecretsIn, hidingLog, revealSecret } from "./secrets.js";

const scope = { folder: "/", env: (name: string) => ({ URL: "https://me:p%40ss-word@db/x", KEY: 'a"b\\key', PIN: "123" })[name], names: () => [] };

describe("secrets", () => {
  it("are hidden wherever they come out once they were revealed: whole, as the password of an address, as JSON and in addresses", () => {
    expect(hideSecrets("p@ss-word")).toBe("p@ss-word");
    expect(revealSecret("${env:URL}", scope)).toBe("https://me:p%40ss-word@db/x");
    revealSecret("${env:KEY}", scope);
    for (const text of ["https://me:p%40ss-word@db/x", "p%40ss-word", "p@ss-word", 'a"b\\key', JSON.stringify('a"b\\key').slice(1, -1), encodeURIComponent('a"b\\key')]) expect(hideSecrets(`so ${text}!`)).toBe("so ***!");
  });

  it("that are too short to be told from other text stay", () => {
    revealSecret("${env:PIN}", scope);
    expect(hideSecrets("123 rows")).toBe("123 rows");
  });

  it("are hidden in values, errors with their causes and stacks, and logs", () => {
    const error = new MillraceError({ code: "X", message: "with p@ss-word", mend: "m", cause: new Error("p@ss-word"), facts: { url: ["p@ss-word"] } });
    const hidden = hideSecretsIn({ error, rows: 3 });
    expect(hidden.error).toMatchObject({ code: "X", message: "with ***", facts: { url: ["***"] }, cause: { message: "***" } });
    expect(hidden.error.stack).not.toContain("p@ss-word");
    const lines: unknown[] = [];
    const at = (facts: object, message: string): void => void lines.push([facts, message]);
    hidingLog({ debug: at, info: at, warn: at, error: at }).warn({ by: "p@ss-word" }, "asked by p@ss-word");
    expect(lines).toEqual([[{ by: "***" }, "asked by ***"]]);
  });
});
