import { z } from "zod";

/** A step is part of every model's life: nobody names it, so it has no options. */
export const templateNameOptions = z.strictObject({});
