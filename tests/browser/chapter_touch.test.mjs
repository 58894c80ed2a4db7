// The first chapter by touch alone, on a phone, in Korean: taps, and a soft keyboard in the fields that were tapped.
import assert from "node:assert/strict";
import { playChapter } from "./chapter.mjs";
import { WAYS, lab } from "./harness.mjs";
import { notePointers, pointers } from "./player.mjs";
import { touchHands } from "./touch.mjs";

lab("both lessons of the first chapter are played by touch alone", async (page) => {
  await playChapter(page, touchHands(page));
  assert.deepEqual(await pointers(page), ["touch"]);
}, {
  ways: WAYS.filter((way) => way.name === "site"),
  context: { hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 }, locale: "ko-KR" },
  before: notePointers,
  timeout_ms: 120_000,
});
