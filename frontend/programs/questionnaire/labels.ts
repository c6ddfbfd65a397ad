// The words of a question, with what the standard allows in them (strong, emphasis, lists, links).
import type { MarkdownNode, TextRange, TextRole } from "@getodk/xforms-engine";
import { make } from "./dom.ts";

const ALLOWED = new Set(["br", "div", "em", "li", "ol", "p", "span", "strong", "u", "ul"]);
// A question is no chapter of the page.
const HEADINGS = /^h[1-6]$/;

interface Loose {
  role: string;
  elementName?: string;
  value?: string;
  url?: string;
  unsafeHtml?: string;
  children?: MarkdownNode[];
}

/** As French is printed: what converts workbooks writes straight apostrophes and plain spaces. */
export const typeset = (text: string): string =>
  text
    .replace(/(\p{L})'(?=\p{L})/gu, "$1’")
    .replace(/ (?=[?!:;»])/g, "\u00a0")
    .replace(/« /g, "«\u00a0");

const drawn = (node: MarkdownNode): Node => {
  const one = node as unknown as Loose;
  if (one.role === "child") return document.createTextNode(typeset(one.value ?? ""));
  if (one.role === "html") return document.createTextNode((one.unsafeHtml ?? "").replace(/<[^>]*>/g, ""));
  if (one.role === "line-break") return document.createElement("br");
  const name = one.elementName ?? "span";
  const children = (one.children ?? []).map(drawn);
  if (name === "a" && /^https?:\/\//.test(one.url ?? "")) {
    return make("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" }, ...children);
  }
  const tag = HEADINGS.test(name) ? "strong" : ALLOWED.has(name) ? name : "span";
  const element = document.createElement(tag);
  element.append(...children);
  return element;
};

// One paragraph alone is the text itself: no block inside a label.
const withoutParagraph = (nodes: readonly MarkdownNode[]): readonly MarkdownNode[] => {
  const [only] = nodes as unknown as Loose[];
  return nodes.length === 1 && only?.role === "parent" && only.elementName === "p" ? (only.children ?? []) : nodes;
};

/** Writes the words into an element again, only when they are others than last time. */
export const labelWriter = (element: HTMLElement): ((range: TextRange<TextRole> | null) => boolean) => {
  let last: string | undefined;
  return (range) => {
    const said = range?.asString ?? "";
    if (said === last) return said !== "";
    last = said;
    element.replaceChildren(...(range ? withoutParagraph(range.formatted).map(drawn) : []));
    return said !== "";
  };
};
