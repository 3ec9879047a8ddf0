import { z } from "zod";

export const meanOptions = z.strictObject({});
