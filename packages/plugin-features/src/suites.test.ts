import { describeSuites } from "@millrace/core/testkit";
import plugin from "./index.js";

describeSuites(new URL(".", import.meta.url), plugin(), { "transform drop": "It promises no column, and so has no graph to run." });
