import { z } from "zod";

export const brierOptions = z.strictObject({});
