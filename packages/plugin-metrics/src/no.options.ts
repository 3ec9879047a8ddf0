import { z } from "zod";

/** Of metrics that have none. */
export const noOptions = z.strictObject({});
