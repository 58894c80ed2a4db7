// Both languages are first: the page switches at once and remembers; and no key of a text is ever shown instead of it.
import assert from "node:assert/strict";
import { lab } from "./harness.mjs";
import { go, opened, seen } from "./pages.mjs";

lab("the language switches at once and is remembered", async (page) => {
  await opened(page);
  const words = () => seen(page, "nav-query").innerText();
  const english = await words();
  assert.match(english, /[A-Za-z]/);
  await page.getByTestId("language").click();
  await page.locator("html[lang=ko]").waitFor();
  assert.match(await words(), /[가-힣]/);
  await page.reload();
  await opened(page);
  assert.match(await words(), /[가-힣]/);
  await page.getByTestId("language").click();
  await page.locator("html[lang=en]").waitFor();
  assert.equal(await words(), english);
});

lab("a Korean browser gets a Korean page", async (page) => {
  await opened(page);
  assert.equal(await page.locator("html").getAttribute("lang"), "ko");
  for (const name of ["yard", "query", "targets", "learn"]) {
    await go(page, name);
    assert.match(await page.title(), /[가-힣]/);
    assert.match(await page.locator("h1").first().innerText(), /[가-힣]/);
  }
}, { context: { locale: "ko-KR" } });
