import { z } from "zod";

export const prAucOptions = z.strictObject({});
