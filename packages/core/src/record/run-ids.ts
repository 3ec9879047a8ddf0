import { randomInt } from "node:crypto";

const LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";

/** An id for a run that sorts by its start: `20260801T093015123-k3v9x2` (UTC to the millisecond, and 30 random bits). Never in a digest. */
export function newRunId(at: Date = new Date()): string {
  const time = at.toISOString().replaceAll(/[-:.Z]/g, "");
  let random = "";
  for (let i = 0; i < 6; i++) random += LETTERS[randomInt(LETTERS.length)]!;
  return `${time}-${random}`;
}
