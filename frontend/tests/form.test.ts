import assert from "node:assert/strict";
import { test } from "node:test";
import { openPage, settle } from "./browser.ts";
import { lookAfterColours } from "../programs/form/colours.ts";
import { lookAfterComboboxes } from "../programs/form/combobox.ts";
import { lengthOf, lookAfterCounts } from "../programs/form/count.ts";
import { lookAfterFragment } from "../programs/form/fragment.ts";
import { lookAfterMenus } from "../programs/form/menu.ts";
import { lookAfterPage } from "../programs/form/page.ts";
import { lookAfterPictures, megabytes } from "../programs/form/picture.ts";
import { lookAfterSummary } from "../programs/form/summary.ts";
import { lookAfterSwaps } from "../programs/form/swaps.ts";
import { clockTime, wordsFor } from "../programs/words.ts";

const words = wordsFor("fr");
const one = <T extends HTMLElement = HTMLElement>(selector: string) => document.querySelector<T>(selector)!;
const key = (element: HTMLElement, name: string) =>
  element.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
const wait = (delay: number) => new Promise((resolve) => setTimeout(resolve, delay));

function open(body: string): void {
  const page = openPage(`${body}<div data-nu-announcer></div>`);
  for (const name of ["location", "localStorage", "Node"] as const) {
    Object.defineProperty(globalThis, name, { value: page.window[name], configurable: true });
  }
  Object.defineProperty(globalThis, "CSS", { value: { escape: (text: string) => text }, configurable: true });
  page.window.HTMLElement.prototype.scrollIntoView = () => undefined;
}

test("times and sentences follow the language", () => {
  const moment = new Date(2026, 10, 21, 9, 5);
  assert.equal(clockTime(moment, wordsFor("fr")), "9 h 05");
  assert.equal(clockTime(moment, wordsFor("en-GB")), "9:05");
  assert.equal(wordsFor("fr").left(1), "Encore 1 caractère");
});

test("characters are counted as the server counts them", () => {
  assert.equal(lengthOf("é😀"), 2);
  assert.equal(lengthOf("a\nb"), 4);
});

test("a text that is too long is not cut, and says by how much", () => {
  open(`<div data-nu-count="5"><textarea maxlength="5">abc</textarea><p data-nu-count-message></p></div>`);
  lookAfterCounts(document, words);
  const text = one<HTMLTextAreaElement>("textarea");
  assert.equal(text.hasAttribute("maxlength"), false);
  assert.equal(one("[data-nu-count-message]").textContent, "Encore 2 caractères");
  text.value = "abcdefg";
  text.dispatchEvent(new Event("input", { bubbles: true }));
  assert.equal(one("[data-nu-count-message]").textContent, "2 caractères de trop");
  assert.ok(one("[data-nu-count-message]").classList.contains("nu-count--over"));
});

test("a code after the # is typed, and leaves the address", () => {
  for (const [hash, typed] of [["#K7QD-9M2X-4TRB", "K7QD-9M2X-4TRB"], ["#menu", ""], ["", ""]] as const) {
    open(`<input data-from-address>`);
    let kept = "";
    const page = {
      location: { hash, pathname: "/carte/", search: "" },
      history: { replaceState: (_state: unknown, _title: string, address: string) => (kept = address) },
    };
    lookAfterFragment(document, page as unknown as Window);
    assert.equal(one<HTMLInputElement>("input").value, typed);
    assert.equal(kept, typed ? "/carte/" : "");
  }
});

test("the summary has the focus and leads to the control", () => {
  open(`<div data-nu-error-summary tabindex="-1"><a href="#id_a">A</a></div><label for="id_a">A</label><input id="id_a">`);
  lookAfterSummary(document);
  assert.equal(document.activeElement, one("[data-nu-error-summary]"));
  one("a").click();
  assert.equal(document.activeElement, one("#id_a"));
});

test("a picture that is too heavy is refused in words and not kept", () => {
  open(`<div data-nu-picture data-nu-picture-limit="20971520"><div data-nu-picture-preview></div>
    <input type="file"><p data-nu-picture-message></p></div>`);
  lookAfterPictures(document, words);
  const input = one<HTMLInputElement>("input");
  const choose = (file: { name: string; type: string; size: number }) => {
    Object.defineProperty(input, "files", { value: [file], configurable: true });
    input.dispatchEvent(new Event("change"));
  };
  choose({ name: "a.jpg", type: "image/jpeg", size: 34 * 1024 * 1024 });
  assert.match(one("[data-nu-picture-message]").textContent!, /^Cette photo fait 34 Mo, la limite est 20 Mo\./);
  choose({ name: "a.svg", type: "image/svg+xml", size: 10 });
  assert.match(one("[data-nu-picture-message]").textContent!, /n’est pas une photo/);
  Object.assign(URL, { createObjectURL: () => "blob:1", revokeObjectURL: () => undefined });
  choose({ name: "a.jpg", type: "image/jpeg", size: 1000 });
  assert.equal(one("[data-nu-picture-message]").textContent, "");
  assert.equal(one("img").getAttribute("alt"), "La photo choisie");
});

test("megabytes never read as the limit when they are above it", () => {
  assert.equal(megabytes(20 * 1024 * 1024 + 1, "fr"), "20,1");
});

test("suggestions can be walked and chosen from the keyboard", async () => {
  open(`<label for="t">Ville</label><div data-nu-combobox data-nu-combobox-source="/villes/"><input id="t"></div>`);
  let asked = "";
  globalThis.fetch = (async (address: URL) => {
    asked = String(address);
    return new Response(JSON.stringify({ results: [{ value: "Le Mans", label: "Le Mans (72)" }, { value: "Laval", label: "Laval" }] }));
  }) as unknown as typeof fetch;
  lookAfterComboboxes(document, words);
  const input = one<HTMLInputElement>("input");
  assert.equal(input.getAttribute("role"), "combobox");
  input.focus();
  input.value = "le m";
  input.dispatchEvent(new Event("input", { bubbles: true }));
  await wait(250);
  await settle();
  assert.equal(asked, "https://nuserus.test/villes/?q=le+m");
  assert.equal(input.getAttribute("aria-expanded"), "true");
  assert.equal(one("[role=status]").textContent, "2 propositions");
  key(input, "ArrowDown");
  const active = document.getElementById(input.getAttribute("aria-activedescendant")!);
  assert.equal(active?.textContent, "Le Mans (72)");
  assert.equal(active?.getAttribute("aria-selected"), "true");
  key(input, "ArrowUp");
  assert.match(input.getAttribute("aria-activedescendant")!, /-1$/);
  key(input, "ArrowDown");
  key(input, "Enter");
  assert.equal(input.value, "Le Mans");
  assert.equal(input.getAttribute("aria-expanded"), "false");
});

test("Escape closes suggestions without choosing", async () => {
  open(`<div data-nu-combobox data-nu-combobox-source="/villes/"><input aria-label="Ville"></div>`);
  globalThis.fetch = (async () => new Response('{"results": [{"value": "a", "label": "a"}]}')) as typeof fetch;
  lookAfterComboboxes(document, words);
  const input = one<HTMLInputElement>("input");
  input.focus();
  input.value = "aa";
  key(input, "ArrowDown");
  await settle();
  assert.equal(one("ul").hidden, false);
  key(input, "Escape");
  assert.equal(one("ul").hidden, true);
  assert.equal(input.value, "aa");
});

test("the menu closes by Escape and gives the focus back", () => {
  open(`<details data-nu-menu open><summary>Menu</summary><a href="/">x</a></details><button>dehors</button>`);
  lookAfterMenus(document);
  key(one("a"), "Escape");
  assert.equal(one<HTMLDetailsElement>("details").open, false);
  assert.equal(document.activeElement, one("summary"));
  one<HTMLDetailsElement>("details").open = true;
  one("button").click();
  assert.equal(one<HTMLDetailsElement>("details").open, false);
});

test("colours are chosen, marked and remembered", () => {
  open(`<div data-nu-theme hidden><button data-nu-theme-choice="dark">s</button><button data-nu-theme-choice="auto">a</button></div>`);
  lookAfterColours(document);
  assert.equal(one("[data-nu-theme]").hidden, false);
  const [dark, auto] = [...document.querySelectorAll("button")];
  assert.equal(auto!.getAttribute("aria-pressed"), "true");
  dark!.click();
  assert.equal(document.documentElement.dataset["theme"], "dark");
  assert.equal(localStorage.getItem("nu-theme"), "dark");
  auto!.click();
  assert.equal(document.documentElement.dataset["theme"], undefined);
  assert.equal(localStorage.getItem("nu-theme"), null);
});

test("a password is hidden again before it is sent", () => {
  open(`<form method="post"><div data-nu-password><input type="password"><button type="button" data-nu-password-toggle hidden>Montrer</button></div></form>`);
  lookAfterPage(document, words);
  assert.equal(one<HTMLFormElement>("form").noValidate, true);
  one("button").click();
  assert.equal(one<HTMLInputElement>("input").type, "text");
  one("form").dispatchEvent(new Event("submit"));
  assert.equal(one<HTMLInputElement>("input").type, "password");
});

test("after a swap the count is said and a lost focus finds a place", () => {
  open(`<div id="results"><button id="more">Plus</button></div>`);
  let prepared = 0;
  lookAfterSwaps(words, () => (prepared += 1));
  one("#more").focus();
  document.dispatchEvent(new Event("htmx:beforeSwap"));
  one("#results").innerHTML = `<p data-nu-announce>12  fiches</p><h2 data-nu-focus>Résultats</h2>`;
  const settled = new window.CustomEvent("htmx:afterSettle", { detail: { target: one("#results") } });
  document.dispatchEvent(settled);
  assert.equal(prepared, 1);
  assert.equal(one("[data-nu-announcer]").textContent, "12 fiches");
  assert.equal(document.activeElement, one("h2"));
});

test("a swap leaves the focus where it still is", () => {
  open(`<input id="q"><div id="results">vieux</div>`);
  lookAfterSwaps(words, () => undefined);
  one("#q").focus();
  document.dispatchEvent(new Event("htmx:beforeSwap"));
  one("#results").textContent = "neuf";
  document.dispatchEvent(new window.CustomEvent("htmx:afterSettle", { detail: { target: one("#results") } }));
  assert.equal(document.activeElement, one("#q"));
});
