import { definePlugin } from "@millrace/core";

export default () => definePlugin({ name: "@millrace/plugin-trees", version: "0.1.0", url: import.meta.url, extensions: [] });
