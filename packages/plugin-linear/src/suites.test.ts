import { describeSuites } from "@millrace/core/testkit";
import plugin from "./index.js";

describeSuites(new URL(".", import.meta.url), plugin(), { "trainer multinomial": "It is `logistic` under another name: the same function with the same options." });
