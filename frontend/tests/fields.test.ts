import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { openPage } from "./browser.ts";
import { readFields, readServed, sameFields, writeFields } from "../programs/drafts/fields.ts";

const FORM = `<form>
  <input type="hidden" name="csrfmiddlewaretoken" value="secret"><input type="hidden" name="revision" value="3">
  <input name="title" value="Chorale"><textarea name="did">Un\nDeux</textarea>
  <input type="radio" name="how" value="a"><input type="radio" name="how" value="b" checked>
  <input type="checkbox" name="who" value="x" checked><input type="checkbox" name="who" value="y">
  <input type="checkbox" name="agreed">
  <select name="trade"><option value="">Choisir</option><option value="t">T</option></select>
  <select name="tools" multiple><option value="1" selected>1</option><option value="2">2</option></select>
  <input name="step" value="un"><input name="step" value="deux">
  <input type="file" name="photo"><input type="password" name="secret" value="no"><button name="go" value="1">ok</button>
</form>`;

let form: HTMLFormElement;
beforeEach(() => {
  form = openPage(FORM).window.document.querySelector("form") as unknown as HTMLFormElement;
});

test("reads answers, and neither proofs, files, passwords nor buttons", () => {
  assert.deepEqual(readFields(form), {
    title: "Chorale",
    did: "Un\nDeux",
    how: "b",
    who: ["x"],
    agreed: [],
    trade: "",
    tools: ["1"],
    step: ["un", "deux"],
  });
});

test("knows what was served after the person has typed", () => {
  const served = readServed(form);
  form.querySelector<HTMLInputElement>("[name=title]")!.value = "Autre";
  form.querySelector<HTMLInputElement>("[value=a]")!.checked = true;
  form.querySelector<HTMLSelectElement>("[name=trade]")!.value = "t";
  assert.deepEqual(readServed(form), served);
  assert.equal(readFields(form)["title"], "Autre");
});

test("writes back everything it has read", () => {
  const wanted = { title: "T", did: "", how: "a", who: ["y"], agreed: ["on"], trade: "t", tools: ["2"], step: ["3", "4"] };
  writeFields(form, wanted);
  assert.deepEqual(readFields(form), wanted);
});

test("leaves alone what it was not given", () => {
  writeFields(form, { title: "T", unknown: "?" });
  assert.equal(readFields(form)["did"], "Un\nDeux");
});

test("line ends and absent empties do not make answers different", () => {
  assert.ok(sameFields({ a: "x\r\ny", b: "" }, { a: "x\ny" }));
  assert.ok(sameFields({ a: [] }, {}));
  assert.ok(!sameFields({ a: "x" }, { a: "y" }));
  assert.ok(!sameFields({ a: ["x"] }, { a: ["x", "y"] }));
});
