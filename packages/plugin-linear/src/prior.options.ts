import { z } from "zod";

export const priorOptions = z.strictObject({});
