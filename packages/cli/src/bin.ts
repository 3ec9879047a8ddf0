#!/usr/bin/env node
import { runCommandLine } from "./command.js";
import { processTerminal } from "./terminal.js";

const argv = process.argv.slice(2);

// A reader that has seen enough (head) is no failure. Predictions that stream to it end with it; all else goes on to its end, unread.
const isStreaming = argv[0] === "predict" && !argv.some((one) => one === "--out" || one.startsWith("--out="));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  if (isStreaming) process.exit(0);
});

process.exitCode = await runCommandLine(argv, processTerminal, process.cwd());
