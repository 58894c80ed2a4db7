// What a learner does with the board, by the names (`data-testid`) that it promises to tests.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { go, until } from "./pages.mjs";

/** The panels in their order: number, title, place. */
export const panels = (page) => page.getByTestId("board-panel").evaluateAll((found) =>
  found.map((panel) => ({
    id: Number(panel.dataset.panel),
    title: panel.querySelector("h2").textContent,
    place: panel.dataset.place,
  })));

/** Waits until the panels stand so: `{number: place}`. */
export const expectPlaces = (page, wanted) =>
  until("the places of the panels", async () => Object.fromEntries((await panels(page)).map(({ id, place }) => [id, place])),
    (found) => JSON.stringify(found) === JSON.stringify(wanted));

export const panel = (page, id) => page.locator(`[data-testid=board-panel][data-panel="${id}"]`);

/** Chooses something in a panel's menu. */
export async function choose(page, id, deed) {
  await panel(page, id).getByTestId("board-menu").click();
  await panel(page, id).getByTestId(`board-${deed}`).click();
}

/** Builds a panel with a query for each of `expressions` and puts it on the board. */
export async function build(page, title, expressions, more = async () => {}) {
  const add = page.getByTestId("board-add");
  await add.click();
  await page.getByTestId("build-title").fill(title);
  for (const [index, expression] of expressions.entries()) {
    if (index > 0) await page.getByTestId("build-query-add").click();
    await page.getByTestId(`build-expr-${"ABCDEFGH"[index]}`).fill(expression);
  }
  await more();
  await page.getByTestId("build-save").click();
  await page.getByTestId("board-builder").waitFor({ state: "detached" });
}

/** Goes to the board and builds a panel for each title. */
export async function boardOf(page, ...titles) {
  await go(page, "board");
  for (const title of titles) await build(page, title, ["up"]);
  await until("the panels", () => panels(page), (found) => found.length === titles.length);
}

/** Takes the board along and gives the file's text. */
export async function exported(page) {
  const download = page.waitForEvent("download");
  await page.getByTestId("board-export").click();
  const file = await download;
  assert.match(file.suggestedFilename(), /\.json$/);
  return readFile(await file.path(), "utf8");
}

/** Opens a board from a file's text. */
export async function imported(page, text) {
  await page.getByTestId("board-import-open").click();
  await page.getByTestId("board-import-file").setInputFiles({
    name: "board.json", mimeType: "application/json", buffer: Buffer.from(text),
  });
}
