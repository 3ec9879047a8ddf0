import { describeReadme } from "@millrace/core/testkit";
import plugin from "./index.js";

describeReadme(new URL("../README.md", import.meta.url), plugin());
