import { z } from "zod";

export const mseOptions = z.strictObject({});
