#!/usr/bin/env node
import { runCommandLine } from "./command.js";
import { processTerminal } from "./terminal.js";

const argv = process.argv.slice(2);

// A reader that has seen enough (head) ends a command that prints, and is no failure of it. A run, and predictions for a file, do more than print: they go on to their end, unread.
const isPrinting = argv[0] !== "run" && !argv.some((one) => one === "--out" || one.startsWith("--out="));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  if (isPrinting) process.exit(0);
});

process.exitCode = await runCommandLine(argv, processTerminal, process.cwd());
