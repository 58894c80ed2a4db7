// Writing a query: completion by keyboard and by touch, the signature of a call, and what an input method keeps.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { expectValues, go, jump, opened, pause, until } from "./pages.mjs";

const editor = (page) => page.getByTestId("query-editor");
const offers = (page) => page.getByTestId("query-offer").evaluateAll((items) => items.map((item) => item.children[1].textContent));

async function begin(page) {
  await opened(page);
  await pause(page);
  await jump(page, 1);
  await go(page, "query");
  await editor(page).fill("");
  await editor(page).focus();
}

/** Types and waits until the offer called `wanted` stands at the place. */
async function typed(page, text, wanted, place = 0) {
  await page.keyboard.type(text);
  await until(`an offer for ${text}`, () => offers(page), (found) => found[place] === wanted);
}

lab("a query is written from offers by keyboard", async (page) => {
  await begin(page);
  await typed(page, "sum(ra", "rate");
  assert.equal(await editor(page).getAttribute("aria-expanded"), "true");
  const active = await editor(page).getAttribute("aria-activedescendant");
  assert.equal(await page.locator(`#${active}`).getAttribute("aria-selected"), "true");
  await page.keyboard.press("Enter");
  assert.equal(await editor(page).inputValue(), "sum(rate()");
  await page.getByTestId("query-signature").filter({ hasText: "rate(range vector)" }).waitFor();
  await typed(page, "requests_t", "image_gallery_requests_total");
  await page.keyboard.press("Tab");
  await typed(page, "{co", "code");
  await page.keyboard.press("Enter");
  await typed(page, "=", "200");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Enter");
  await page.keyboard.type("}");
  await typed(page, "[1", "1d");
  await page.keyboard.type("m]");
  const written = 'sum(rate(image_gallery_requests_total{code="200"}[1m])';
  assert.equal(await editor(page).inputValue(), written);
});

lab("Escape closes the offers, Enter then runs, and a finished word runs at once", async (page) => {
  await begin(page);
  await page.getByTestId("tab-table").click();
  await editor(page).focus();
  await typed(page, "vect", "vector");
  await page.keyboard.press("Escape");
  await page.getByTestId("query-offers").waitFor({ state: "detached" });
  assert.equal(await editor(page).getAttribute("aria-expanded"), "false");
  await page.keyboard.type("or(5)");
  await page.keyboard.press("Enter");
  await until("the value", () => page.getByTestId("result-value").allTextContents(), (found) => found.join() === "5");
  // Asked for, the list opens without a begun word.
  await editor(page).fill("");
  await page.keyboard.press("Control+Space");
  await page.getByTestId("query-offers").waitFor();
  await page.keyboard.press("Escape");
  await expectValues(page, "vector(1)", ["1"]);
});

lab("an offer is taken by a press", async (page) => {
  await begin(page);
  await typed(page, "histogram_q", "histogram_quantile");
  assert.ok((await page.getByTestId("query-help").innerText()).length > 40, "help for the function");
  await page.getByTestId("query-offer").first().click();
  assert.equal(await editor(page).inputValue(), "histogram_quantile()");
  await page.keyboard.type("0.9, ");
  const argument = page.getByTestId("query-argument");
  await until("the second argument", () => argument.allTextContents(), (found) => found.join() === "instant vector");
});

lab("while a syllable is composed, keys belong to the input method", async (page) => {
  await begin(page);
  await typed(page, "ra", "rate");
  const session = await page.context().newCDPSession(page);
  await session.send("Input.imeSetComposition", { text: "가", selectionStart: 1, selectionEnd: 1 });
  await page.getByTestId("query-offers").waitFor({ state: "detached" });
  await editor(page).dispatchEvent("keydown", { key: "Enter", isComposing: true });
  assert.equal(await editor(page).inputValue(), "ra가");
  await session.send("Input.insertText", { text: "가" });
  assert.equal(await editor(page).inputValue(), "ra가");
});
