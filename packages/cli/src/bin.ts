#!/usr/bin/env node
import * as nodeModule from "node:module";
import { runCommandLine } from "./command.js";
import { processTerminal } from "./terminal.js";

// Node 22.1 and newer keep compiled code between calls, in a folder of the system's for temporary files; NODE_DISABLE_COMPILE_CACHE=1 says no. What a command needs loads below, after this.
(nodeModule as { readonly enableCompileCache?: () => unknown }).enableCompileCache?.();

const argv = process.argv.slice(2);

// A reader that has seen enough (head) is no failure. Predictions that stream to it end with it; all else goes on to its end, unread.
const isStreaming = argv[0] === "predict" && !argv.some((one) => one === "--out" || one.startsWith("--out="));
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  if (isStreaming) process.exit(0);
});

process.exitCode = await runCommandLine(argv, processTerminal, process.cwd());
