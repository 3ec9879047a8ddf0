import { z } from "zod";

export const rmseOptions = z.strictObject({});
