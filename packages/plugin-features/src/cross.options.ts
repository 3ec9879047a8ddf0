import { z } from "zod";
import { categoryLimits } from "./category.options.js";

export const crossOptions = z.strictObject(categoryLimits);
