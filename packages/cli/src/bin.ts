#!/usr/bin/env node
import { runCommandLine } from "./command.js";
import { processTerminal } from "./terminal.js";

// A reader that has seen enough (head) ends the command, and is no failure of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal, process.cwd());
