import { z } from "zod";

export const maxAbsOptions = z.strictObject({});
