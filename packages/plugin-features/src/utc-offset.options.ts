import { z } from "zod";

/** Shared by the transforms that read the parts of times. */
export const utcOffset = z
  .string()
  .regex(/^[+-](0\d|1[0-4]):[0-5]\d$/, 'must be hours and minutes such as "+02:00" or "-09:30"')
  .default("+00:00")
  .describe("Offset of the clock whose parts are taken, the same all year; a zone with summer time needs the source's SQL.");
