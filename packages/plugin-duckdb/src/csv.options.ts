import * as z from "zod";
import { filesOption, typesOption } from "./file.options.js";

const character = z.string().length(1);

/** How CSV is read, whichever source reads it. */
export const csvReading = z.strictObject({
  delimiter: character.optional().describe("Between values. Default: the one of , ; tab | that the first line holds most of."),
  header: z.boolean().default(true).describe("Whether the first line holds the names; without it they are column0, column1, ..."),
  quote: character.default('"').describe("Round values that hold the delimiter or a line's end."),
  escape: character.optional().describe("Before a quote inside a quoted value. Default: the quote itself, doubled."),
  comment: character.optional().describe("From it to the end of the line is left out, outside quotes; a line with nothing but spaces before it, or in the value before it, is left out whole. Default: none."),
  nulls: z.array(z.string()).default([]).describe('Texts that mean "missing", beside the empty one, for example ["NA", "null"].'),
  maxLineBytes: z.int().positive().optional().describe("How long a line may be, its line ends inside quotes included. Default: 2,097,152 (2 MiB)."),
  sampleRows: z.int().positive().default(20_480).describe("How many rows are looked at to find the types of undeclared columns; a later row that does not fit is an error."),
});

export const csvOptions = csvReading.extend({ files: filesOption, types: typesOption });

export type CsvReading = z.output<typeof csvReading>;
export type CsvOptions = z.output<typeof csvOptions>;
