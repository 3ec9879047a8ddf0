/** One JSON document a line, for machines; bigints as texts. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value, (_key, member: unknown) => (typeof member === "bigint" ? String(member) : member))}\n`;
}
