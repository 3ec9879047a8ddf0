import { styleText } from "node:util";

type Style = Parameters<typeof styleText>[0];

/** NO_COLOR and pipes are respected; FORCE_COLOR is too. */
function hasColours(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  return (FORCE_COLOR !== undefined && FORCE_COLOR !== "0") || process.stdout.isTTY === true;
}

export function styled(style: Style, text: string): string {
  return hasColours() ? styleText(style, text) : text;
}

const ESCAPES = new RegExp(String.raw`\u001B\[[0-9;]*m`, "g");

/** Characters on the screen. */
export function widthOf(text: string): number {
  return [...text.replace(ESCAPES, "")].length;
}
