import type { ErrorCodes } from "@millrace/core";

/** What only the command throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  CONSOLE_NO_FRAMES: { means: "The console was asked for rows that no run has read.", mend: "Run the project first, or use a name that the message suggests." },
  DATA_MISFIT: { means: "A value of a file does not fit what the model takes.", mend: "Mend it, or let such values pass with --misfits missing or --misfits flag, or by column with server.inputs." },
  INIT_EXISTS: { means: "`millrace init` would write over something.", mend: "Name another folder with --folder, or remove what is there; --force writes over a config." },
  INIT_FEW_ROWS: { means: "The file of `millrace init` has too few rows to learn from and to judge by.", mend: "Give a file with more rows of the kind that the message names." },
  INIT_KIND: { means: "`millrace init plugin` knows no such kind.", mend: "Use one that `millrace init --help` names." },
  INIT_NAME: { means: "A plugin cannot have this name.", mend: "Use lower case letters and digits, words joined by one -, and begin with a letter." },
  INIT_NO_FEATURE: { means: "The file of `millrace init` has no column that the target could be predicted from.", mend: "Give a file with columns that tell rows apart, or name another target with --target." },
  INIT_NO_HEADER: { means: "The first line of the file of `millrace init` holds values, not names.", mend: "Add a first line with a name for each column." },
  INIT_NO_TARGET: { means: "`millrace init` found no column that could be predicted.", mend: "Give a file with a column of classes or numbers to predict." },
  INIT_TARGET: { means: "The column of `millrace init --target` is not there, or cannot be predicted.", mend: "Use one that the message names." },
  INIT_TIME: { means: "The column of `millrace init --time` holds no times.", mend: "Use one that the message names, or none." },
  INIT_WRITE: { means: "`millrace init` cannot write a file.", mend: "Make the folder writable, or name another with --folder." },
  REPORT_NO_RUN: { means: "The run that made a model is no longer in the store, and a report is made from it.", mend: "Run again, and report on that run: `millrace report last`." },
  SERVER_FILE: { means: ".millrace/server.json is no JSON.", mend: "Write it anew with `millrace config --server`." },
  TEST_MODEL: { means: "testRun() runs one model, and it is not clear which.", mend: "Give it { model: ... } with a name of the config." },
  TYPES_OLD: { means: "The file of `millrace types --check` is not what the data and the models are now.", mend: "Write it anew with `millrace types`." },
  USAGE_ACTION: { means: "A command does not have this action.", mend: "Use one that `--help` of the command names." },
  USAGE_ARGUMENT: { means: "An argument or an option of a command is missing, unknown or wrong.", mend: "See `--help` of the command." },
  USAGE_CODE: { means: "No error has this code.", mend: "Use one that `millrace explain` lists." },
  USAGE_COLUMNS: { means: "A file has columns that `millrace predict` would write over.", mend: "Give the predictions' names a prefix with --prefix." },
  USAGE_COMMAND: { means: "There is no such command.", mend: "Use one that `millrace --help` names." },
  USAGE_FORMAT: { means: "The name of a file tells no format.", mend: "Name a file that ends in .csv, .parquet, .json, .jsonl or .ndjson." },
  USAGE_NAME: { means: "No plugin brings anything of this name or kind.", mend: "Use one that `millrace plugins` lists." },
  USAGE_RUN: { means: "There is no such run, or an end of an id fits several.", mend: "Use an id that `millrace runs` lists." },
};
