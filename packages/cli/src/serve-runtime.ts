import type { OpenRuntime } from "@millrace/plugin-serve";
import { openServingRuntime } from "./open-serving.js";

/** How a process that runs one model makes the server's runtime: from the server file of the same project. */
export const openRuntime: OpenRuntime = (project) => openServingRuntime(String(project));
