import { z } from "zod";

export const mapeOptions = z.strictObject({});
