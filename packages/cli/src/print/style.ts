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

const COLOUR = String.raw`\u001B\[[0-9;]*m`;
const ESCAPES = new RegExp(COLOUR, "g");
const CONTROLS = String.raw`[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]`;
const CONTROL = new RegExp(CONTROLS, "g");
/** Colours, and what redraws progress, stand as they are. */
const ALLOWED_OR_CONTROL = new RegExp(String.raw`${COLOUR}|\u001B\[\d+A\u001B\[0J|\r\u001B\[K|${CONTROLS}`, "g");

/** A text of somebody else's, a value of the data above all, so that it cannot steer the terminal: control characters, and those that turn the direction of writing, as `\u001b`. */
export function printable(text: string): string {
  return text.replace(CONTROL, escaped);
}

/** The same for what a command has put together, whose colours stay. */
export function printableOutput(text: string): string {
  return text.replace(ALLOWED_OR_CONTROL, (found) => (found.length > 1 ? found : escaped(found)));
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

/** Characters on the screen. */
export function widthOf(text: string): number {
  return [...text.replace(ESCAPES, "")].length;
}
