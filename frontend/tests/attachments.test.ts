import assert from "node:assert/strict";
import { test } from "node:test";
import { attachmentsFrom, renewed } from "../programs/questionnaire/attachments.ts";

const NAME = "participants.csv";
const kept = [{ name: NAME, sha256: "1", text: "name,label\na,Nour\n" }];
const offered = (sha256: string) => [{ name: NAME, url: "/liste", sha256 }];
const silent = (): Promise<string> => Promise.reject(new Error("cut"));

test("a form is given the list that is kept, and nobody when there is none", async () => {
  const address = new URL(`jr://file-csv/${NAME}`);
  assert.equal(await (await attachmentsFrom(kept)(address)).text(), kept[0]?.text);
  assert.equal(await (await attachmentsFrom([])(address)).text(), "name,label\n");
});

test("a list is fetched when it is another, and stays when it does not come", async () => {
  assert.deepEqual(await renewed(offered("1"), kept, silent), kept);
  assert.deepEqual(await renewed(offered("2"), kept, silent), kept);
  assert.deepEqual(await renewed(offered("2"), [], silent), []);
  const other = await renewed(offered("2"), kept, async () => "name,label\n");
  assert.deepEqual(other, [{ name: NAME, sha256: "2", text: "name,label\n" }]);
  assert.deepEqual(await renewed([], kept, silent), []);
});
