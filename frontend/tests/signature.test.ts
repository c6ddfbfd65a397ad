import assert from "node:assert/strict";
import { test } from "node:test";
import { LONGEST, Strokes } from "../programs/signature/strokes.ts";

const KEPT = /^(M[0-9]+ [0-9]+(L[0-9]+ [0-9]+)*)+$/;

test("a cross is two strokes of whole numbers inside the frame", () => {
  const drawn = new Strokes();
  drawn.begin(-4, 10.4);
  drawn.move(0.5, 10);
  drawn.move(700, 250);
  drawn.begin(300, 0);
  drawn.move(20, 180);
  assert.equal(drawn.toString(), "M0 10L600 200M300 0L20 180");
  assert.deepEqual([...drawn.lines()].length, 4);
  assert.equal(Strokes.from(drawn.toString()).toString(), drawn.toString());
});

test("points that are nearly the same are left out, and a scribble stops before it is too long", () => {
  const drawn = new Strokes();
  assert.equal(drawn.move(1, 1), false);
  drawn.begin(10, 10);
  assert.equal(drawn.move(11, 11), false);
  for (let turn = 0; turn < 5000; turn += 1) drawn.move((turn * 37) % 600, (turn * 53) % 200);
  assert.ok(drawn.isFull());
  assert.ok(drawn.toString().length <= LONGEST);
  assert.match(drawn.toString(), KEPT);
});

test("nothing drawn is nothing kept", () => {
  const drawn = Strokes.from("");
  assert.ok(drawn.isEmpty());
  drawn.begin(5, 5);
  drawn.clear();
  assert.equal(drawn.toString(), "");
});
