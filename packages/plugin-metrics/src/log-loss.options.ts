import { z } from "zod";

export const logLossOptions = z.strictObject({});
