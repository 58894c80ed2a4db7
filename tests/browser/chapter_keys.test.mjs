// The first chapter by keyboard alone: no pointer, nothing focused or filled from outside.
import assert from "node:assert/strict";
import { playChapter } from "./chapter.mjs";
import { WAYS, lab } from "./harness.mjs";
import { keyboardHands } from "./keyboard.mjs";
import { notePointers, pointers } from "./player.mjs";

lab("both lessons of the first chapter are played by keyboard alone", async (page) => {
  await playChapter(page, keyboardHands(page));
  assert.deepEqual(await pointers(page), []);
}, {
  ways: WAYS.filter((way) => way.name === "site"),
  before: notePointers,
  timeout_ms: 120_000,
});
