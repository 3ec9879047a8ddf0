import { defineExtension, definePlugin } from "@millrace/core";
import { z } from "zod";
import { lostMoney, lostMoneyOptions } from "./lost-money.js";
import { warmth } from "./warmth.js";
import { worstDays } from "./worst-days.js";

const none = z.strictObject({});

/** What the stall needs beside what Millrace brings. */
export default () =>
  definePlugin({
    name: "stall",
    version: "1.0.0",
    url: import.meta.url,
    extensions: [
      defineExtension("transform", { name: "warmth", summary: "Degrees above the mean, 0 below", options: none, create: () => warmth }),
      defineExtension("metric", { name: "lost-money", summary: "Money lost per day by cups that were missing or left over", options: lostMoneyOptions, create: (options) => lostMoney(options) }),
      defineExtension("step", { name: "worst-days", summary: "Keeps the test days on which the model was farthest off", options: none, create: () => worstDays }),
    ],
  });
