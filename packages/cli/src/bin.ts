#!/usr/bin/env node
import { runCommandLine } from "./command.js";
import { processTerminal } from "./terminal.js";

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal, process.cwd());
