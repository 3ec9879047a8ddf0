import { createHash } from "node:crypto";
import type { Served } from "../models/served.js";
import type { PredictLimits } from "../protocol/predict-limits.js";
import { exampleRow } from "./example-row.js";
import { openApi } from "./open-api.js";

export interface TryPage {
  readonly html: string;
  /** Its Content-Security-Policy: nothing but its own script and style, and requests to this server alone. */
  readonly policy: string;
}

/** A page to try a model with: one file, nothing from elsewhere. */
export function tryPage(served: Served, limits: PredictLimits, version: string): TryPage {
  const { model, number, inputs, signature, pii } = served;
  const body = JSON.stringify({ rows: [exampleRow(inputs, signature.seen, pii)] }, null, 2);
  const rows = inputs.map(({ name, dtype, nullable }) => `<tr><td>${escape(name)}</td><td>${dtype}${nullable ? " or null" : ""}</td><td>${pii.has(name) ? "masked" : escape(seenText(signature.seen[name]))}</td></tr>`).join("");
  const html = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escape(model)}@${number}</title><style>${STYLE}</style></head>
<body>
<main>
<h1>${escape(model)}<small> version ${number}</small></h1>
<p>POST <code>/v1/models/${escape(model)}/versions/${number}/predict</code></p>
<form id="form">
<label for="key">API key, where the server has keys</label><input id="key" type="password" autocomplete="off">
<label for="body">Request</label><textarea id="body" rows="16" spellcheck="false">${escape(body)}</textarea>
<button id="send">Send</button>
</form>
<h2>Answer</h2><pre id="answer" aria-live="polite"></pre>
<h2>Columns</h2><table><thead><tr><th>Column</th><th>Type</th><th>Seen in training</th></tr></thead><tbody>${rows}</tbody></table>
<h2>OpenAPI</h2><details><summary>The document</summary><pre>${escape(JSON.stringify(openApi(served, limits, version), null, 2))}</pre></details>
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
  return { html, policy: `default-src 'none'; script-src '${hashOf(SCRIPT)}'; style-src '${hashOf(STYLE)}'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'` };
}

const STYLE = `body{font:16px/1.5 system-ui,sans-serif;margin:0;background:#fff;color:#1a1a1a}main{max-width:60rem;margin:2rem auto;padding:0 1rem}small{font-weight:400;color:#555}label{display:block;margin:1rem 0 .25rem}input,textarea{width:100%;box-sizing:border-box;font:14px/1.4 ui-monospace,monospace;padding:.5rem;border:1px solid #777;border-radius:4px}button{margin-top:.75rem;font:inherit;padding:.4rem 1.2rem;border:0;border-radius:4px;background:#0b5cad;color:#fff;cursor:pointer}pre{background:#f4f4f4;padding:.75rem;border-radius:4px;overflow:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.3rem .6rem;border-bottom:1px solid #ddd;vertical-align:top}@media(prefers-color-scheme:dark){body{background:#161616;color:#eee}small{color:#aaa}input,textarea{background:#222;color:#eee}pre{background:#222}td,th{border-color:#333}}`;

const SCRIPT = `const by=(id)=>document.getElementById(id);by("form").addEventListener("submit",async(event)=>{event.preventDefault();const headers={"content-type":"application/json"};if(by("key").value!=="")headers.authorization="Bearer "+by("key").value;const answer=by("answer");answer.textContent="";try{const response=await fetch(location.pathname.replace(/\\/try\\/?$/,"/predict"),{method:"POST",headers,body:by("body").value});const text=await response.text();let shown=text;try{shown=JSON.stringify(JSON.parse(text),null,2)}catch{}answer.textContent=response.status+"\\n"+shown}catch(error){answer.textContent=String(error)}});`;

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text, "utf8").digest("base64")}`;
}

function seenText(seen: Served["signature"]["seen"][string] | undefined): string {
  if (seen === undefined) return "";
  return seen.kind === "number" ? `${seen.minimum} to ${seen.maximum}` : `${seen.values.slice(0, 20).join(", ")}${seen.values.length > 20 ? `, and ${seen.values.length - 20} more` : ""}`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
