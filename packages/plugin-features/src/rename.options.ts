import { z } from "zod";

export const renameOptions = z.strictObject({
  to: z
    .array(z.string().min(1).regex(/^[^$]/, 'must not begin with "$": such names are reserved'))
    .min(1)
    .refine((names) => new Set(names).size === names.length, { error: "Each name once." })
    .describe("New names, one per column, in order; the old names are gone. None that another column has."),
});
