import { printableOutput } from "./print/style.js";

/** Where a command writes. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Both streams are one terminal that can redraw lines. */
  readonly isInteractive: boolean;
  columns(): number;
}

/** What was put together of data cannot steer it. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(printableOutput(text)),
  err: (text) => void process.stderr.write(printableOutput(text)),
  isInteractive: process.stdout.isTTY === true && process.env["TERM"] !== "dumb",
  // A terminal without a size says 0.
  columns: () => process.stdout.columns || 100,
};
