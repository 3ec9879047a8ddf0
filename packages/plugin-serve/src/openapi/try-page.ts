import { createHash } from "node:crypto";

export interface TryPage {
  readonly html: string;
  /** Its Content-Security-Policy: nothing but its own script and style, and requests to this server alone. */
  readonly policy: string;
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}main{max-width:60rem;margin:2rem auto;padding:0 1rem}small{font-weight:400;color:#555}label{display:block;margin:1rem 0 .25rem}input,textarea{width:100%;box-sizing:border-box;font:14px/1.4 ui-monospace,monospace;padding:.5rem;border:1px solid #777;border-radius:4px}button{margin-top:.75rem;font:inherit;padding:.4rem 1.2rem;border:0;border-radius:4px;background:#0b5cad;color:#fff;cursor:pointer}pre{background:#f4f4f4;padding:.75rem;border-radius:4px;overflow:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}.wide{overflow-x:auto}td{min-width:6rem}code{overflow-wrap:anywhere}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}small{color:#aaa}input,textarea{background:#222;color:#eee}pre{background:#222}td,th{border-color:#333}}`;

/** Reads the document of the model beside the page, shows it, and sends what is in the form. Whatever comes is put in as text. */
const SCRIPT = `
const by = (id) => document.getElementById(id);
const base = location.pathname.replace(/\\/try\\/?$/, "");
const headers = () => (by("key").value === "" ? {} : { authorization: "Bearer " + by("key").value });
const cell = (text) => Object.assign(document.createElement("td"), { textContent: text });
const list = (texts) => texts.slice(0, 20).join(", ") + (texts.length > 20 ? ", and " + (texts.length - 20) + " more" : "");
const seen = (column) => column["x-seen-categories"] ? list(column["x-seen-categories"]) : "x-seen-minimum" in column ? column["x-seen-minimum"] + " to " + column["x-seen-maximum"] : (column.description ?? "");
const allowed = (column) => seen(column) + (column["x-policy"] ? "; else: " + column["x-policy"] : "");
function show(api) {
  const [[path, { post }]] = Object.entries(api.paths);
  document.title = api.info.title + "@" + api.info.version;
  by("title").replaceChildren(api.info.title, Object.assign(document.createElement("small"), { textContent: " version " + api.info.version }));
  by("path").textContent = path;
  if (by("body").value === "") by("body").value = JSON.stringify(post.requestBody.content["application/json"].example, null, 2);
  by("columns").replaceChildren(...Object.entries(api.components.schemas.Row.properties).map(([name, column]) => {
    const row = document.createElement("tr");
    row.append(cell(name), cell([column.type].flat().join(" or ")), cell(allowed(column)));
    return row;
  }));
  by("openapi").textContent = JSON.stringify(api, null, 2);
}
/** What came of loading the model gives way to what came of sending, whichever is there first. */
function say(text, from) {
  const answer = by("answer");
  if (from === "load" && answer.dataset.from === "send") return;
  answer.textContent = text;
  answer.dataset.from = from;
}
async function load() {
  try {
    const response = await fetch(base + "/openapi.json", { headers: headers() });
    const api = await response.json();
    say(response.ok ? "" : response.status + "\\n" + JSON.stringify(api, null, 2), "load");
    if (response.ok) show(api);
  } catch (error) {
    say(String(error), "load");
  }
}
by("key").addEventListener("change", load);
by("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  say("", "send");
  try {
    const response = await fetch(base + "/predict", { method: "POST", headers: { "content-type": "application/json", ...headers() }, body: by("body").value });
    const text = await response.text();
    let shown = text;
    try {
      shown = JSON.stringify(JSON.parse(text), null, 2);
    } catch {}
    say(response.status + "\\n" + shown, "send");
  } catch (error) {
    say(String(error), "send");
  }
});
load();
`;

const HTML = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Try a model</title><style>${STYLE}</style></head>
<body>
<main>
<h1 id="title">Try a model</h1>
<p>POST <code id="path"></code></p>
<form id="form">
<label for="key">API key, where the server has keys</label><input id="key" type="password" autocomplete="off">
<label for="body">Request</label><textarea id="body" rows="16" spellcheck="false"></textarea>
<button id="send">Send</button>
</form>
<h2>Answer</h2><pre id="answer" aria-live="polite"></pre>
<h2>Columns</h2><div class="wide"><table><thead><tr><th>Column</th><th>Type</th><th>Seen in training</th></tr></thead><tbody id="columns"></tbody></table></div>
<h2>OpenAPI</h2><details><summary>The document</summary><pre id="openapi"></pre></details>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;

/**
 * A page to try a model with: one file, nothing from elsewhere. It is the same for every model and holds nothing of any: a browser cannot
 * send a key with the address of a page, so that the page comes without one, and asks for it before it asks for the model.
 */
export const TRY_PAGE: TryPage = {
  html: HTML,
  policy: `default-src 'none'; script-src '${hashOf(SCRIPT)}'; style-src '${hashOf(STYLE)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
};

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}
