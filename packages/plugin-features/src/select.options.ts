import { z } from "zod";

export const selectOptions = z.strictObject({});
