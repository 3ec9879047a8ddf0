import { z } from "zod";

export const r2Options = z.strictObject({});
