import { describeSuites } from "@millrace/core/testkit";
import plugin from "./index.js";

describeSuites(new URL(".", import.meta.url), plugin());
