import { z } from "zod";

export const dropOptions = z.strictObject({});
