import { describe, expect, it } from "vitest";
import { formatBytes, parseBytes } from "./bytes.js";
import { before, durationMs, parseDuration } from "./duration.js";
import { formatPath, parsePath } from "./path.js";

describe("durations", () => {
  it.each([
    ["200ms", 200],
    ["15m", 900_000],
    ["2h", 7_200_000],
    ["1w", 604_800_000],
  ])("%s", (text, ms) => expect(durationMs(text)).toBe(ms));
  it.each(["1 d", "d", "-1d", "1.5h", "1M", ""])("refuse %j", (text) => expect(() => parseDuration(text)).toThrow(expect.objectContaining({ code: "CONFIG_DURATION" })));
  it("in months have no milliseconds", () => expect(() => durationMs("1mo")).toThrow(/calendar/));
  it.each([
    ["2001-07-01T00:00:00Z", "1mo", "2001-06-01T00:00:00Z"],
    ["2024-03-31T12:00:00Z", "1mo", "2024-02-29T12:00:00Z"],
    ["2024-02-29T00:00:00Z", "1y", "2023-02-28T00:00:00Z"],
    ["2024-01-15T00:00:00Z", "13mo", "2022-12-15T00:00:00Z"],
    ["2024-01-02T00:00:00Z", "2d", "2023-12-31T00:00:00Z"],
  ])("count back from %s by %s to %s", (from, by, to) => expect(before(Date.parse(from), by)).toBe(Date.parse(to)));
});

describe("sizes", () => {
  it.each([
    ["3GiB", 3 * 2 ** 30],
    ["500MB", 5e8],
    ["1.5KiB", 1536],
    ["7 B", 7],
  ])("%s", (text, bytes) => expect(parseBytes(text)).toBe(bytes));
  it.each(["3", "3gb", "GiB"])("refuse %j", (text) => expect(() => parseBytes(text)).toThrow(expect.objectContaining({ code: "CONFIG_BYTES" })));
  it("are printed for people", () => expect([0, 1023, 1536, 3 * 2 ** 30].map(formatBytes)).toEqual(["0 B", "1023 B", "1.5 KiB", "3.0 GiB"]));
});

describe("paths", () => {
  it.each([[["models", "m", "features", 0, "with", "a b"]], [["a", 'quo"te']], [["x"]]])("of %j read back", (path) => expect(parsePath(formatPath(path))).toEqual(path));
  it("take numbers between dots for positions", () => expect(parsePath("a.0.b")).toEqual(["a", 0, "b"]));
  it.each(["", "a..b", "a[", ".a b"])("are not %j", (text) => expect(parsePath(text)).toBeNull());
});
