import { z } from "zod";

export const targetLogOptions = z.strictObject({});
