import { describe, expect, it } from "vitest";
import { explained } from "./explained.js";
import { MillraceError } from "./millrace-error.js";

describe("an error, explained", () => {
  it("is a full disk, whatever was written", () => {
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC", syscall: "write", path: "/data/part" });
    expect(explained(full)).toMatchObject({ code: "DISK_FULL", message: "There is no space left for /data/part: ENOSPC.", cause: full });
  });

  it("is the one that came first, where closing failed behind it", async () => {
    const error = new MillraceError({ code: "DATA_EMPTY", message: "No rows.", mend: "Mend the query." });
    const work = async () => {
      await using _one = { [Symbol.asyncDispose]: () => Promise.reject(new Error("closing one")) };
      await using _other = { [Symbol.asyncDispose]: () => Promise.reject(new Error("closing the other")) };
      throw error;
    };
    expect(explained(await work().catch((thrown: unknown) => thrown))).toBe(error);
  });

  it("is any other as it was", () => {
    const error = new Error("boom");
    expect(explained(error)).toBe(error);
    expect(explained("boom")).toBe("boom");
  });
});
