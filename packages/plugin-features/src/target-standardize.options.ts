import { z } from "zod";

export const targetStandardizeOptions = z.strictObject({});
