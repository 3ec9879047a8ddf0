import type { ErrorCodes } from "@millrace/core";

/** What only this plugin throws; docs/errors.md is made from this. */
export const ERROR_CODES: ErrorCodes = {
  SERVE_ABORTED: { means: "A client went away before its request had come.", mend: "Send the request again." },
  SERVE_BODY: { means: "The body of a request is not what the path takes.", mend: "Send what the message says; GET /v1/models/{name}/openapi.json describes it." },
  SERVE_BUSY: { means: "The server has as many requests as it can do.", mend: "Try again after the time that the header Retry-After names, or start more servers." },
  SERVE_DEADLINE: { means: "A request's time was up before its answer was there.", mend: "Send fewer rows, send them later, or raise server.limits.deadline." },
  SERVE_ENCODING: { means: "The body of a request is compressed in a way that is not known, or not as it says.", mend: "Send it as it is, or with Content-Encoding gzip or deflate." },
  SERVE_FAILED: { means: "The server failed on a request.", mend: "Look into the server's log for the cause." },
  SERVE_GOLDEN: { means: "A model does not give the answers here that it was certified with.", mend: "Serve it with the runtime that its certificate names, or certify it anew with `millrace run`." },
  SERVE_INPUT: { means: "A row holds a value that its column does not allow.", mend: "Mend the value that the message names, or set a policy for the column in server.inputs." },
  SERVE_KEY: { means: "A request has no valid API key.", mend: "Send it in the header Authorization: Bearer <key>, or X-Api-Key." },
  SERVE_KEYS: { means: "A line of the API keys is none.", mend: "Write a name, scopes with commas between, and a key of 16 characters at least." },
  SERVE_LISTEN: { means: "The server cannot listen at the address that it was given.", mend: "Give a free address and port, such as 127.0.0.1:8080." },
  SERVE_LOAD: { means: "A model cannot be loaded.", mend: "Look into the server's log for the cause." },
  SERVE_METHOD: { means: "A path was asked with a method that it does not take.", mend: "Use the method that the message names." },
  SERVE_NAME: { means: "A path holds a name that no model, version or alias can have.", mend: "Use letters, digits, dots, - and _, at most 128 of them." },
  SERVE_NOT_FOUND: { means: "There is no such path, model, version or alias here.", mend: "See GET /v1/models for what is served." },
  SERVE_NUMBER: { means: "An answer holds NaN or an infinity, and server.numbers refuses them.", mend: 'Set server.numbers to "null" or "text", or ask for binary tensors.' },
  SERVE_OPEN: { means: "The server was to listen beyond loopback without API keys.", mend: "Set server.auth.keys, or listen on 127.0.0.1." },
  SERVE_OUTPUT: { means: "A request asks for an output that the model does not give.", mend: "Ask for one that GET /v1/models/{name} names." },
  SERVE_SCOPE: { means: "An API key lacks the scope of the path, or the path is closed.", mend: "Use a key with the scope that the message names." },
  SERVE_TENSOR: { means: "A request breaks the Open Inference Protocol, or the model's declaration of its tensors.", mend: "See GET /v2/models/{name} for the tensors of the model." },
  SERVE_TOO_LARGE: { means: "The body of a request is too long.", mend: "Send fewer rows at once, or raise server.limits.body." },
  SERVE_TOO_MANY_ROWS: { means: "A request has too many rows.", mend: "Send fewer at once, raise server.limits.rows, or predict a file with `millrace predict`." },
  SERVE_UNAVAILABLE: { means: "A model cannot answer at the moment.", mend: "Try again later; the server's log has the cause." },
  SERVE_UNCERTIFIED: { means: "A version's file, certificate and golden rows do not belong together.", mend: "Train and register it again with `millrace run`." },
};
