import { z } from "zod";

export const maeOptions = z.strictObject({});
