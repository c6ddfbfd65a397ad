// Making elements without any markup in strings.

type Child = Node | string | undefined;
type Attributes = Record<string, string | boolean | undefined>;

export const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(name, "");
    else if (typeof value === "string") element.setAttribute(name, value);
  }
  for (const child of children) if (child !== undefined) element.append(child);
  return element;
};

export const button = (words: string, kind: "" | "quiet" | "plain", act: () => void, more = ""): HTMLButtonElement => {
  const made = make("button", { type: "button", class: `nu-button${kind ? ` nu-button--${kind}` : ""}` }, words);
  if (more) made.append(make("span", { class: "nu-hidden" }, ` : ${more}`));
  made.addEventListener("click", act);
  return made;
};

/** Write a text only when it is another: screen readers are told of changes only. */
export const say = (element: Element, words: string): void => {
  if (element.textContent !== words) element.textContent = words;
};

let rank = 0;
export const newId = (what: string): string => `${what}-${(rank += 1)}`;
