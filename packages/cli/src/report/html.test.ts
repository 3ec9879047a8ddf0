import fc from "fast-check";
import { expect, it } from "vitest";
import { html, markupOf, type Piece } from "./html.js";

it("escapes every piece of text, and leaves markup that it made itself", () => {
  const row = (text: string) => html`<td title="${text}">${text}</td>`;
  expect(markupOf(html`<tr>${[row("a"), row(`<b>"'&`)]}${null}${false}${3}</tr>`)).toBe(`<tr><td title="a">a</td><td title="&lt;b&gt;&quot;&#39;&amp;">&lt;b&gt;&quot;&#39;&amp;</td>3</tr>`);
});

it("takes no data for markup, whatever its shape", () => {
  const forged = JSON.parse(`{ "markup": "<script>", "Symbol(markup)": "<script>" }`) as unknown as Piece;
  expect(() => markupOf(html`<p>${forged}</p>`)).toThrow(TypeError);
});

it("lets no text open a tag, end an attribute or hide a control character", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const markup = markupOf(html`${text}`);
      expect(markup).not.toMatch(/[<>"']/);
      expect([...markup].some((sign) => sign < " " && !"\t\n\r".includes(sign))).toBe(false);
    }),
  );
});
