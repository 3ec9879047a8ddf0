import { z } from "zod";

export const residualsOptions = z.strictObject({});
