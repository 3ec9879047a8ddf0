import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  SINK_FIELDS: { means: "The batches of one part have different columns.", mend: "Give all batches of a part the same columns." },
  SINK_ONE_FILE: { means: "A sink of one file was given a second part.", mend: "Give a folder as `path`: each part is then a file in it." },
  SINK_WRITE: { means: "A file cannot be written.", mend: "Make the folder writable, or choose another `path`." },
  SOURCE_BAD_FILE: { means: "A file is damaged, empty, cut off, or not of its format.", mend: "Write the file again, or set `format` to what it is." },
  SOURCE_BAD_ROW: { means: "A line of a file cannot be read; the message names it.", mend: "Mend that line, or declare the column's type or the file's delimiter." },
  SOURCE_COLUMNS: { means: "Two columns have one name, or the files of one source have different columns.", mend: "Give each column its own name, and each file the same columns." },
  SOURCE_FORBIDDEN_PATH: { means: "A query reaches for a file that `files` does not name, or for an extension that is not built in.", mend: "Add the file to `files`, and read it by that name." },
  SOURCE_FORMAT: { means: "A file's extension tells no format.", mend: "Set `format`." },
  SOURCE_INT64_RANGE: { means: "A whole number beyond 2^53 would lose digits.", mend: 'Declare the column as text: types: { <column>: "string" }.' },
  SOURCE_LIST_LENGTH: { means: "The lists of one column have different lengths.", mend: "Give every list one length, or leave the column out." },
  SOURCE_MEMORY: { means: "DuckDB ran out of memory.", mend: "Raise limits.memory, or read fewer columns." },
  SOURCE_NO_FILE: { means: "No file has this name, or matches this pattern.", mend: "Check the path, which starts at the config's folder." },
  SOURCE_SQL: { means: "DuckDB refuses the query, or it is not one SELECT.", mend: "Mend it at the line that the message names." },
  SOURCE_TIME_RANGE: { means: "A time lies beyond 2^53 milliseconds.", mend: "Replace such times in the data, for example by nullif." },
  SOURCE_TYPE: { means: "A column has a type of DuckDB that no column of a model has.", mend: "Cast it in SQL as the message shows, or leave it out." },
  SOURCE_UNREPEATABLE: { means: "A query would give other rows each time: it asks the clock or chance.", mend: "Write the time out, and choose rows by the data or with a seed." },
};
